using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Triage;

namespace CampusCare.Grains.Tests;

/// <summary>Two campuses of one region: north asks, south lends.</summary>
public sealed class LendingTests
{
    private const string South = "south";

    [Fact]
    public async Task An_idle_campus_lends_an_agent_who_works_on_the_ticket_as_if_at_home()
    {
        await using var campus = await TwoCampuses(lends: true);
        var lent = await SouthAgent(campus, "a5", chats: 5);
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        var ticket = campus.Ticket(id);

        var offer = await campus.Gateway.Offer();

        offer.Reservation.ShouldSatisfyAllConditions(
            reservation => reservation.AgentId.ShouldBe("south/a5"),
            reservation => reservation.Home.ShouldBe(CampusHost.Campus));
        (await ticket.Accept(new AnswerOffer("a5", offer.Reservation.ReservationId))).Refusal!.Code.ShouldBe(RefusalCode.OfferGone); // the name is campus and id
        (await ticket.Accept(new AnswerOffer("south/a5", offer.Reservation.ReservationId))).Value!.AgentId.ShouldBe("south/a5");
        (await lent.Desk()).Value!.Tickets.Single().ShouldSatisfyAllConditions(
            held => held.TicketId.ShouldBe(id),
            held => held.Campus.ShouldBe(CampusHost.Campus));
        (await campus.Rows.OpenOf("south/a5")).Single().Campus.ShouldBe(CampusHost.Campus);

        await campus.Restart(); // who holds what is read from the journal, whichever campus the ticket is of
        lent = campus.Grains.Agent(South, "a5");
        (await lent.Desk()).Value!.Tickets.Single().TicketId.ShouldBe(id);
        (await campus.Ticket(id).Resolve(new ResolveTicket("south/a5", "solved"))).Refusal.ShouldBeNull();
        (await lent.Desk()).Value!.Tickets.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_campus_whose_own_customers_wait_lends_nobody()
    {
        await using var campus = await TwoCampuses(lends: true);
        await SouthAgent(campus, "a5", chats: 2);
        for (var i = 0; i < 3; i++)
            await campus.Grains.Customer(South, $"s{i}").Contact(new OpenTicket("c", new CustomerRef($"s{i}", "同学", CustomerRole.Student), Channel.Web, "我的外卖一个小时了还没到"));
        await campus.Gateway.First<AgentNews>(news => news.Desk.Offers.Length == 2);

        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;

        // What south's line does after north's guest came: its own third customer is served when a slot gets free, not the guest.
        var own = (await campus.Grains.Agent(South, "a5").Desk()).Value!.Offers[0];
        await campus.Grains.Ticket(South, own.Ticket.TicketId).Accept(new AnswerOffer("a5", own.Reservation.ReservationId));
        await campus.Grains.Ticket(South, own.Ticket.TicketId).Resolve(new ResolveTicket("a5", "solved"));
        var next = await campus.Gateway.First<AgentNews>(news => news.Offered is { } offer && offer.Ticket.TicketId != own.Ticket.TicketId && news.Desk.Offers.Length == 2 && news.Desk.Offers.All(o => o.Ticket.TicketId != own.Ticket.TicketId));
        next.Offered!.Ticket.Campus.ShouldBe(South);
        (await campus.Ticket(id).Get()).Value!.Phase.ShouldBe(TicketPhase.Waiting);
    }

    [Fact]
    public async Task What_was_offered_to_another_campus_is_taken_back_when_the_own_customers_need_it()
    {
        await using var campus = await TwoCampuses(lends: true);
        await SouthAgent(campus, "a5", chats: 2);
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        var lent = await campus.Gateway.Offer(offer => offer.Ticket.TicketId == id);
        await campus.Ticket(id).Follow(RecordingGateway.Id, campus.Gateway.Reference);

        for (var i = 0; i < 3; i++)
            await campus.Grains.Customer(South, $"s{i}").Contact(new OpenTicket("c", new CustomerRef($"s{i}", "同学", CustomerRole.Student), Channel.Web, "我的外卖一个小时了还没到"));

        await campus.Gateway.First<TicketNews>(news => news.Ticket.TicketId == id && news.Events.Any(happened => happened.Type == TicketEventTypes.OfferRescinded));
        (await campus.Ticket(id).Accept(new AnswerOffer("south/a5", lent.Reservation.ReservationId))).Refusal!.Code.ShouldBe(RefusalCode.OfferGone);
        var desk = await campus.Gateway.First<AgentNews>(news => news.Desk.Offers.Length == 2 && news.Desk.Offers.All(offer => offer.Ticket.Campus == South));
        desk.Desk.Status.ShouldBe(AgentStatus.Available); // a recall is nobody's miss
    }

    [Fact]
    public async Task A_campus_that_does_not_lend_is_not_asked()
    {
        await using var campus = await TwoCampuses(lends: false);
        (await campus.Grains.Region("east").LendersOf("delivery")).ShouldBeEmpty();
    }

    private static async Task<CampusHost> TwoCampuses(bool lends)
    {
        var campus = await CampusHost.Start();
        await campus.Grains.Campus(South).Configure(new CampusSettings(South, "南苑校区", "South", "east",
            [new QueueSettings("delivery", "配送", "Delivery", [Category.LateDelivery, Category.Other]) { Lends = lends }]));
        var north = (await campus.Grains.Campus(CampusHost.Campus).Settings())!;
        await campus.Grains.Campus(CampusHost.Campus).Configure(north with
        {
            Queues = [.. north.Queues.Select(queue => queue with { Rings = [new RingSettings(1) { Region = true }] })],
        });
        return campus;
    }

    private static async Task<IAgentGrain> SouthAgent(CampusHost campus, string id, int chats)
    {
        await campus.Grains.Campus(South).Enroll(new AgentProfile(id, "小南", ["delivery"], [new SkillNeed("delivery", 5)], chats));
        var agent = campus.Grains.Agent(South, id);
        await agent.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        await agent.SetStatus(new SetStatus(AgentStatus.Available));
        return agent;
    }
}
