using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Grains.Tests;

public sealed class RoutingTests
{
    private const string Poisoned = "吃完上吐下泻，饭里有蟑螂，食物中毒了";

    [Fact]
    public async Task After_a_ring_a_lower_level_is_enough_and_the_decision_says_so()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with { Rings = [new RingSettings(1, LowerLevelsBy: 2)] });
        await campus.Agent("novice", level: 2);
        var receipt = (await campus.Ask("c1", Poisoned)).Value!;

        var offer = await campus.Gateway.Offer();

        var why = offer.Reservation.Explanation!;
        why.Ring.ShouldBe(1);
        why.Best[0].AgentId.ShouldBe("novice");
        why.Best[0].Levels.ShouldBe([new SkillNeed("safety", 2)]);
        var journaled = (await campus.Ticket(receipt.Ticket.TicketId).History(0)).Value!.Events.Single(e => e.Type == TicketEventTypes.Offered);
        journaled.Explanation!.Ring.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_ring_a_sibling_queue_helps_and_only_one_agent_gets_the_ticket()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with
        {
            Rings = queue.Queue == "delivery" ? [new RingSettings(1) { Without = ["delivery"], Queues = ["general"] }] : [],
        });
        var helper = await campus.Agent("helper", queues: "general");
        var receipt = (await campus.Ask("c1")).Value!;
        receipt.Ticket.Queue.ShouldBe("delivery");

        var offer = await campus.Gateway.Offer();
        offer.Reservation.AgentId.ShouldBe("helper");
        (await campus.Ticket(receipt.Ticket.TicketId).Accept(new AnswerOffer("helper", offer.Reservation.ReservationId))).Refusal.ShouldBeNull();

        (await campus.Grains.Queue(CampusHost.Campus, "delivery").Figures()).Waiting.ShouldBe(0);
        (await campus.Grains.Queue(CampusHost.Campus, "general").Figures()).ShouldSatisfyAllConditions(
            figures => figures.Waiting.ShouldBe(0),
            figures => figures.Offered.ShouldBe(0));
        (await helper.Desk()).Value!.Tickets.Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_agent_who_knows_the_customer_gets_the_next_ticket_although_another_is_idle_longer()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with { StickySeconds = 60, Strategy = StrategyName.LongestIdle });
        await campus.Agent("a1");
        var first = (await campus.Ask("c1")).Value!;
        var offer = await campus.Gateway.Offer();
        await campus.Ticket(first.Ticket.TicketId).Accept(new AnswerOffer("a1", offer.Reservation.ReservationId));
        await campus.Agent("a2");
        await campus.Ticket(first.Ticket.TicketId).Resolve(new ResolveTicket("a1", "solved"));

        var second = (await campus.Ask("c2", "又迟到了，一个多小时还没送到")).Value!;

        (await campus.Gateway.Offer(o => o.Ticket.TicketId == second.Ticket.TicketId)).Reservation.AgentId.ShouldBe("a1");
    }

    [Fact]
    public async Task Where_the_queue_accepts_in_the_agents_name_one_commit_does_both()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with { AutoAccept = true });
        await campus.Agent("a1");
        var receipt = (await campus.Ask("c1")).Value!;

        var news = await campus.Gateway.First<AgentNews>(n => n.Desk.Tickets.Length == 1);

        news.Desk.Tickets[0].TicketId.ShouldBe(receipt.Ticket.TicketId);
        news.Desk.Tickets[0].Phase.ShouldBe(TicketPhase.Assigned);
    }

    [Fact]
    public async Task Rings_changed_while_tickets_wait_hold_at_once()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("novice", level: 2);
        await campus.Ask("c1", Poisoned);
        var settings = (await campus.Grains.Campus(CampusHost.Campus).Settings())!;

        await campus.Grains.Campus(CampusHost.Campus).Configure(settings with
        {
            Queues = [.. settings.Queues.Select(queue => queue with { Rings = [new RingSettings(1, LowerLevelsBy: 4)] })],
        });

        (await campus.Gateway.Offer()).Reservation.AgentId.ShouldBe("novice");
    }

    [Fact]
    public async Task What_an_agent_learned_survives_a_restart_and_decides()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");
        for (var i = 0; i < 3; i++)
        {
            var ticket = campus.Ticket((await campus.Ask($"c{i}", customer: $"s{i}")).Value!.Ticket.TicketId);
            var offer = await campus.Gateway.Offer(o => o.Ticket.Customer.Id == $"s{i}");
            await ticket.Accept(new AnswerOffer("a1", offer.Reservation.ReservationId));
            await ticket.Resolve(new ResolveTicket("a1", "solved"));
        }
        await campus.Restart();
        await campus.Agent("a1");

        await campus.Ask("c9", customer: "s9");

        (await campus.Gateway.Offer(o => o.Ticket.Customer.Id == "s9")).Reservation.Explanation!.Best[0].Merit.ShouldBeGreaterThan(0.05);
    }
}
