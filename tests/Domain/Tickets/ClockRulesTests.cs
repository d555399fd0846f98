using CampusCare.Domain.Routing;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using static CampusCare.Domain.Tests.Tickets.TicketSteps;

namespace CampusCare.Domain.Tests.Tickets;

public sealed class ClockRulesTests
{
    private static readonly NextTier Experts = new("experts", [new SkillLevel("experts", 3)], Start.AddMinutes(30), ToProduct: true);
    private static readonly NextTier Nobody = new(null, [], null, ToProduct: true);

    [Fact]
    public void A_clock_fires_once_and_not_before_its_time()
    {
        var ticket = Waiting(new Clock(ClockKind.FirstResponse, Start.AddSeconds(15)));
        TicketRules.ClocksDue(ticket, Nobody, Start.AddSeconds(14)).Events.ShouldBeEmpty();
        ticket = Must(ticket, TicketRules.ClocksDue(ticket, Nobody, Start.AddSeconds(15)));
        ticket.Clocks.Single().State.ShouldBe(ClockState.Missed);
        TicketRules.ClocksDue(ticket, Nobody, Start.AddDays(1)).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Who_missed_a_clock_goes_before_all_that_come_later_and_before_the_usual_ones_that_wait()
    {
        var now = Start.AddSeconds(15);
        var missed = Must(Waiting(new Clock(ClockKind.FirstResponse, now)), TicketRules.ClocksDue(Waiting(new Clock(ClockKind.FirstResponse, now)), Nobody, now));
        missed.PriorityKey.ShouldBeLessThan(Waiting().PriorityKey);
        missed.PriorityKey.ShouldBeLessThanOrEqualTo(Priority.Key(now, new PriorityFactors(Urgency.Critical, Category.FoodSafety, Sentiment.Negative, CustomerTier.Vip, true)));
    }

    [Fact]
    public void A_waiting_ticket_whose_line_had_its_time_moves_and_one_with_an_agent_stays()
    {
        var due = Start.AddMinutes(15);
        var waiting = Waiting(new Clock(ClockKind.Tier, due));
        var moved = Must(waiting, TicketRules.ClocksDue(waiting, Experts, due), due);
        moved.ShouldSatisfyAllConditions(
            t => t.Queue.ShouldBe("experts"),
            t => t.Requirements.ShouldBe([new SkillLevel("experts", 3)]),
            t => t.WaitingSince.ShouldBe(waiting.WaitingSince),
            t => t.Clocks.Running(ClockKind.Tier)!.DueAt.ShouldBe(Start.AddMinutes(30)));

        var assigned = Assigned(waiting);
        var stays = Must(assigned, TicketRules.ClocksDue(assigned, Experts, due), due);
        (stays.Phase, stays.AgentId, stays.Escalations, stays.Queue).ShouldBe((TicketPhase.Assigned, "a1", 1, "delivery"));
    }

    [Fact]
    public void An_offer_under_way_is_let_end_before_the_next_line_is_asked()
    {
        var due = Start.AddMinutes(15);
        var offered = Must(Waiting(new Clock(ClockKind.Tier, due)), TicketRules.Offer(Waiting(new Clock(ClockKind.Tier, due)), new Offer("r", "a1", "阿哲", due.AddSeconds(5), "")));
        TicketRules.ClocksDue(offered, Experts, due).Events.ShouldBeEmpty();
        var again = Must(offered, TicketRules.EndOffer(offered, null, "r", ReservationState.TimedOut, null));
        TicketRules.ClocksDue(again, Experts, due).Events.Single().ShouldBeOfType<Escalated>().Moves.ShouldBeTrue();
    }

    [Fact]
    public void After_the_last_line_the_product_team_is_told_with_growing_pauses_until_it_takes_it_or_is_given_up_on()
    {
        var due = Start.AddMinutes(15);
        var ticket = Must(Waiting(new Clock(ClockKind.Tier, due)), TicketRules.ClocksDue(Waiting(new Clock(ClockKind.Tier, due)), Nobody, due), due);
        var pauses = new List<TimeSpan>();
        for (var now = due; ticket.Clocks.Running(ClockKind.Product) is { } clock; now = clock.DueAt > now ? clock.DueAt : now)
        {
            var before = now;
            ticket = Must(ticket, TicketRules.TellProduct(ticket, taken: false, now), now);
            if (ticket.Clocks.Running(ClockKind.Product) is { } next) pauses.Add(next.DueAt - before);
        }
        ticket.ProductAttempts.ShouldBe(TicketRules.MaximumProductAttempts);
        pauses.ShouldBe(pauses.Order());
        ticket.Clocks.Single(clock => clock.Kind == ClockKind.Product).State.ShouldBe(ClockState.Missed);
        TicketRules.TellProduct(ticket, taken: true, due).Events.ShouldBeEmpty();
    }

    [Fact]
    public void Lines_that_hand_to_each_other_in_a_circle_end_at_the_product_team()
    {
        var ticket = Waiting(new Clock(ClockKind.Tier, Start));
        var now = Start;
        for (var i = 0; i < 20 && ticket.Clocks.Running(ClockKind.Tier) is not null; i++)
        {
            now = now.AddMinutes(1);
            ticket = Must(ticket, TicketRules.ClocksDue(ticket, Experts with { Queue = i % 2 == 0 ? "experts" : "delivery", NextDueAt = now }, now), now);
        }
        ticket.Escalations.ShouldBe(TicketRules.MaximumEscalations + 1);
        ticket.Clocks.Running(ClockKind.Product).ShouldNotBeNull();
    }

    [Fact]
    public void The_next_response_runs_from_the_first_word_that_waits_for_an_answer()
    {
        var ticket = Assigned(Waiting());
        ticket = Must(ticket, TicketRules.Post(ticket, "m1", Author.Customer, "s1", "在吗", new Promises(Start.AddMinutes(2), []), Start));
        ticket = Must(ticket, TicketRules.Post(ticket, "m2", Author.Customer, "s1", "人呢", new Promises(Start.AddMinutes(3), []), Start));
        ticket.Clocks.Running(ClockKind.NextResponse)!.DueAt.ShouldBe(Start.AddMinutes(2));
        ticket = Must(ticket, TicketRules.Post(ticket, "m3", Author.Agent, "a1", "在的", Promises.None, Start));
        ticket.Clocks.Single(clock => clock.Kind == ClockKind.NextResponse).State.ShouldBe(ClockState.Hit);
    }

    [Fact]
    public void The_next_word_keeps_a_promise_and_a_promise_is_for_a_time_to_come()
    {
        var ticket = Assigned(Waiting());
        TicketRules.Promise(ticket, "a1", Start, null, Start).No.ShouldBe(RefusalCode.Invalid);
        TicketRules.Promise(ticket, "a2", Start.AddHours(1), null, Start).No.ShouldBe(RefusalCode.NotYourTicket);
        ticket = Must(ticket, TicketRules.Promise(ticket, "a1", Start.AddHours(1), "18:40 前回复", Start));
        ticket = Must(ticket, TicketRules.Post(ticket, "m1", Author.Agent, "a1", "查到了", Promises.None, Start));
        ticket.Clocks.Single(clock => clock.Kind == ClockKind.Promise).State.ShouldBe(ClockState.Hit);
    }

    [Fact]
    public void Who_returns_goes_to_the_head_and_is_offered_to_anybody()
    {
        var ticket = Assigned(Waiting());
        TicketRules.Return(ticket, "a1", "another reservation", Start).Events.ShouldBeEmpty();
        ticket = Must(ticket, TicketRules.Return(ticket, "a1", "r-a1", Start.AddMinutes(3)), Start.AddMinutes(3));
        ticket.ShouldSatisfyAllConditions(
            t => t.Phase.ShouldBe(TicketPhase.Waiting),
            t => t.LastAgent.ShouldBeNull(),
            t => t.Slot.ShouldBeNull(),
            t => t.ResponsibleAgent.ShouldBe("a1"),
            t => t.PriorityKey.ShouldBeLessThanOrEqualTo(Priority.HeadKey(Start.AddMinutes(3))));
    }

    private static Ticket Waiting(params Clock[] clocks) => Must(
        Ticket.None,
        TicketRules.Open(
            Ticket.None,
            new Contact("c1", "s1", "小林", CustomerRole.Student, null, Channel.Web, "外卖还没到", null),
            new TriageResult(Category.LateDelivery, 0.9, [Category.LateDelivery], [], Urgency.Normal, Sentiment.Neutral, 0, []),
            new Route("delivery", [new SkillLevel("delivery", 1)]) { Clocks = [.. clocks] },
            Start));

    private static Ticket Assigned(Ticket waiting)
    {
        var offered = Must(waiting, TicketRules.Offer(waiting, new Offer("r-a1", "a1", "阿哲", Start.AddSeconds(20), "", Slot: "chat-0")));
        return Must(offered, TicketRules.Accept(offered, "a1", "r-a1"));
    }
}
