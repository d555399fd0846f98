using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.ServiceLevels;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Grains.Tests;

/// <summary>Clocks that run out, in real time: each waits for the word that says so.</summary>
public sealed class ClockTests
{
    [Fact]
    public async Task A_first_response_that_does_not_come_in_time_goes_to_supervisors_and_to_the_head_of_the_line()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with { Targets = new ServiceTargetSettings(FirstResponseSeconds: 1) });
        var queue = campus.Grains.Queue(CampusHost.Campus, "delivery");
        await queue.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        var id = (await campus.Ask("c1", "你们送餐员送得挺快，就是想问下能不能改备注", customer: "s1")).Value!.Ticket;
        var before = (await campus.Rows.Find(CampusHost.Campus, id.TicketId))!;

        var alert = await campus.Gateway.First<ClockAlert>(alert => alert.TicketId == id.TicketId);

        alert.Kind.ShouldBe(ClockKind.FirstResponse);
        (alert.DueAt - id.OpenedAt).ShouldBe(TimeSpan.FromSeconds(1), tolerance: TimeSpan.FromSeconds(1));
        var after = (await campus.Rows.Find(CampusHost.Campus, id.TicketId))!;
        after.PriorityKey.ShouldBeLessThan(before.PriorityKey);
        var missed = (await campus.Ticket(id.TicketId).History(0)).Value!;
        missed.Events.Count(happened => happened.Type == TicketEventTypes.ClockMissed).ShouldBe(1);
        missed.Ticket.Clocks.Single(clock => clock.Kind == ClockKind.FirstResponse).State.ShouldBe(ClockState.Missed);
    }

    [Fact]
    public async Task An_answer_in_time_stops_the_clock()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with { Targets = new ServiceTargetSettings(600, 600, 1200) });
        await campus.Agent("a1");
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        var offer = await campus.Gateway.Offer();
        var ticket = campus.Ticket(id);
        await ticket.Accept(new AnswerOffer("a1", offer.Reservation.ReservationId));

        (await ticket.Post(new PostMessage("m1", Author.Agent, "a1", "马上查"))).Value!.Clocks.Select(clock => (clock.Kind, clock.State))
            .ShouldBe([(ClockKind.FirstResponse, ClockState.Hit), (ClockKind.Resolution, ClockState.Active)], ignoreOrder: true);
        (await ticket.Post(new PostMessage("m2", Author.Customer, "s1", "多久？"))).Value!.Clocks
            .Single(clock => clock.Kind == ClockKind.NextResponse).State.ShouldBe(ClockState.Active);
        (await ticket.Resolve(new ResolveTicket("a1", "solved"))).Value!.Clocks.ShouldAllBe(clock => clock.State == ClockState.Hit);
        (await campus.Rows.Find(CampusHost.Campus, id))!.NextDueAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_promise_that_is_not_kept_is_told_to_supervisors()
    {
        await using var campus = await CampusHost.Start();
        await campus.Agent("a1");
        await campus.Grains.Queue(CampusHost.Campus, "delivery").Follow(RecordingGateway.Id, campus.Gateway.Reference);
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        var offer = await campus.Gateway.Offer();
        await campus.Ticket(id).Accept(new AnswerOffer("a1", offer.Reservation.ReservationId));
        var by = DateTimeOffset.UtcNow.AddSeconds(1);

        (await campus.Ticket(id).Promise(new MakePromise("a1", by, "一分钟内回复您"))).Refusal.ShouldBeNull();

        var alert = await campus.Gateway.First<ClockAlert>(_ => true);
        (alert.TicketId, alert.Kind, alert.AgentId).ShouldBe((id, ClockKind.Promise, "a1"));
    }

    [Fact]
    public async Task A_line_that_had_its_time_hands_over_to_the_next_and_at_the_end_the_product_team_is_told_until_it_listens()
    {
        var product = new DeafTwice();
        await using var campus = await CampusHost.Start(
            services: services => services.AddSingleton<IProductTeam>(product),
            queues: queue => queue with { EscalateAfterSeconds = 1, EscalateTo = queue.Queue == "delivery" ? "safety" : null });
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        var ticket = campus.Ticket(id);
        await ticket.Follow(RecordingGateway.Id, campus.Gateway.Reference);

        var moved = await campus.Gateway.First<TicketNews>(news => news.Ticket.Escalations == 1);
        moved.Ticket.ShouldSatisfyAllConditions(view => view.Queue.ShouldBe("safety"), view => view.Phase.ShouldBe(TicketPhase.Waiting));
        await ticket.Get(); // it has told its queues by then
        (await campus.Grains.Queue(CampusHost.Campus, "safety").PlacesOf([id]))[0].Position.ShouldBe(1);

        await campus.Gateway.First<TicketNews>(news => news.Events.Any(happened => happened.Type == TicketEventTypes.ProductTold));
        product.Told.ShouldBe(3);
        (await ticket.Get()).Value!.Clocks.Single(clock => clock.Kind == ClockKind.Product).State.ShouldBe(ClockState.Hit);
    }

    [Fact]
    public async Task An_agent_who_has_the_ticket_keeps_it_and_the_next_line_is_asked_to_help()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue.Queue == "delivery" ? queue with { EscalateAfterSeconds = 1, EscalateTo = "safety" } : queue);
        await campus.Agent("a1", queues: "delivery");
        await campus.Agent("expert", queues: "safety");
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        var offer = await campus.Gateway.Offer();
        await campus.Ticket(id).Accept(new AnswerOffer("a1", offer.Reservation.ReservationId));

        var help = await campus.Gateway.Offer(offer => offer.Reservation.AgentId == "expert");

        help.Ticket.ConsultationOf.ShouldBe(id);
        (await campus.Ticket(id).Get()).Value!.ShouldSatisfyAllConditions(
            view => view.AgentId.ShouldBe("a1"),
            view => view.Escalations.ShouldBe(1));
    }

    [Fact]
    public async Task A_clock_that_ran_out_while_nobody_was_there_is_noticed_after_a_restart()
    {
        await using var campus = await CampusHost.Start(queues: queue => queue with { Targets = new ServiceTargetSettings(FirstResponseSeconds: 1) });
        var id = (await campus.Ask("c1")).Value!.Ticket.TicketId;
        await campus.Restart();

        await campus.Ticket(id).Follow(RecordingGateway.Id, campus.Gateway.Reference);
        await campus.Grains.Queue(CampusHost.Campus, "delivery").Figures(); // somebody looks at the queue

        await campus.Gateway.First<TicketNews>(news => news.Events.Any(happened => happened.Type == TicketEventTypes.ClockMissed));
    }

    private sealed class DeafTwice : IProductTeam
    {
        public int Told { get; private set; }

        public bool IsThere => true;

        public Task<bool> Tell(ProductEscalation escalation)
        {
            escalation.Attempt.ShouldBe(++Told);
            return Task.FromResult(Told > 2);
        }
    }
}
