using CampusCare.Domain.Routing;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using static CampusCare.Domain.Tests.Tickets.TicketSteps;

namespace CampusCare.Domain.Tests.Tickets;

public sealed class TicketRulesTests
{
    private static readonly TriageResult Late = new(Category.LateDelivery, 0.9, [Category.LateDelivery], [], Urgency.High, Sentiment.Negative, -0.7, []);
    private static readonly Route Delivery = new("delivery", [new SkillLevel("delivery", 1)]);

    [Fact]
    public void A_ticket_goes_from_the_question_to_the_stars()
    {
        var ticket = Opened();
        ticket.Phase.ShouldBe(TicketPhase.Waiting);
        ticket = Must(ticket, TicketRules.Offer(ticket, OfferTo("a1")));
        ticket = Must(ticket, TicketRules.Accept(ticket, "a1", "r-a1"));
        ticket = Must(ticket, TicketRules.Post(ticket, "m1", Author.Agent, "a1", "马上帮您查", Promises.None, Start));
        ticket = Must(ticket, TicketRules.Resolve(ticket, "a1", null, "called the rider"));
        ticket.WrapUpOpen.ShouldBeTrue();
        ticket = Must(ticket, TicketRules.WrapUp(ticket, "a1", "solved", null));
        ticket = Must(ticket, TicketRules.Rate(ticket, "s1", 5, "谢谢"));
        ticket.Phase.ShouldBe(TicketPhase.Closed);
        ticket.Stars.ShouldBe(5);
        ticket.Seq.ShouldBe(9);
    }

    [Theory]
    [InlineData("", "c", "text")]
    [InlineData("   \n", "c", "text")]
    [InlineData("hi", "", "contactId")]
    [InlineData("hi", "has space", "contactId")]
    public void A_bad_contact_is_refused_by_the_name_of_its_field(string text, string contactId, string field)
    {
        var decision = TicketRules.Open(Ticket.None, Contact(text, contactId), Late, Delivery, Start);
        decision.No.ShouldBe(RefusalCode.Invalid);
        decision.Field.ShouldBe(field);
    }

    [Fact]
    public void The_longest_text_is_taken_and_one_more_is_not()
    {
        TicketRules.Open(Ticket.None, Contact(new string('好', TicketRules.MaximumText)), Late, Delivery, Start).No.ShouldBeNull();
        var decision = TicketRules.Open(Ticket.None, Contact(new string('好', TicketRules.MaximumText + 1)), Late, Delivery, Start);
        decision.Field.ShouldBe("text");
        decision.Detail.ShouldContain("4001");
    }

    [Fact]
    public void A_contact_id_with_another_text_is_refused_and_with_the_same_is_harmless()
    {
        var ticket = Opened();
        TicketRules.Open(ticket, Contact("外卖还没到"), Late, Delivery, Start).ShouldBe(Decision.Nothing);
        TicketRules.Open(ticket, Contact("别的事"), Late, Delivery, Start).No.ShouldBe(RefusalCode.ContactIdReused);
    }

    [Fact]
    public void An_answer_to_an_offer_that_ended_is_refused()
    {
        var ticket = Opened();
        ticket = Must(ticket, TicketRules.Offer(ticket, OfferTo("a1")));
        ticket = Must(ticket, TicketRules.EndOffer(ticket, null, "r-a1", ReservationState.TimedOut, null));
        TicketRules.Accept(ticket, "a1", "r-a1").No.ShouldBe(RefusalCode.OfferGone);
        ticket.DeclinedBy.ShouldBe(["a1"]);
    }

    [Fact]
    public void What_an_agent_says_when_declining_can_be_erased_and_what_the_system_says_stays()
    {
        var ticket = Opened();
        ticket = Must(ticket, TicketRules.Offer(ticket, OfferTo("a1")));
        var declined = (OfferEnded)TicketRules.EndOffer(ticket, "a1", "r-a1", ReservationState.Rejected, "小林上次骂我").Events.Single();
        (declined.Reason, declined.Personal?.Text).ShouldBe((null, "小林上次骂我"));
        TicketRules.EndOffer(ticket, "a1", "r-a1", ReservationState.Rejected, " ").Events.Single().Personal.ShouldBeNull();
        var taken = (OfferEnded)TicketRules.EndOffer(ticket, null, "r-a1", ReservationState.Rescinded, "noRoom").Events.Single();
        (taken.Reason, taken.Personal).ShouldBe(("noRoom", null));
    }

    [Fact]
    public void Only_one_agent_can_hold_an_offer()
    {
        var ticket = Opened();
        ticket = Must(ticket, TicketRules.Offer(ticket, OfferTo("a1")));
        TicketRules.Offer(ticket, OfferTo("a2")).No.ShouldBe(RefusalCode.NotWaiting);
        TicketRules.Accept(ticket, "a2", "r-a1").No.ShouldBe(RefusalCode.OfferGone);
    }

    [Fact]
    public void A_slot_of_a_medium_that_the_ticket_no_longer_waits_for_is_not_taken()
    {
        var ticket = Opened();
        TicketRules.Offer(ticket, OfferTo("a1"), medium: Medium.Call).No.ShouldBe(RefusalCode.NotWaiting);
        Must(ticket, TicketRules.Offer(ticket, OfferTo("a1"), medium: Media.Of(ticket.Channel))).Phase.ShouldBe(TicketPhase.Offered);
    }

    [Fact]
    public void A_customer_who_writes_after_the_solution_waits_again_before_equals_who_come_then()
    {
        var ticket = Assigned();
        ticket = Must(ticket, TicketRules.Resolve(ticket, "a1", "solved", null));
        var later = Start.AddMinutes(20);
        ticket = Must(ticket, TicketRules.Post(ticket, "m9", Author.Customer, "s1", "还是没到", Promises.None, later), later);
        ticket.Phase.ShouldBe(TicketPhase.Waiting);
        ticket.WaitingSince.ShouldBe(later);
        ticket.PriorityKey.ShouldBeLessThan(Priority.Key(later, new PriorityFactors(Urgency.High, Category.LateDelivery, Sentiment.Negative)));
    }

    [Fact]
    public void A_closed_ticket_takes_no_message()
    {
        var ticket = Opened();
        ticket = Must(ticket, TicketRules.Close(ticket, "s1"));
        TicketRules.Post(ticket, "m1", Author.Customer, "s1", "喂", Promises.None, Start).No.ShouldBe(RefusalCode.TicketClosed);
    }

    [Fact]
    public void A_strangers_hand_changes_nothing()
    {
        var ticket = Assigned();
        TicketRules.Post(ticket, "m", Author.Customer, "s2", "hi", Promises.None, Start).No.ShouldBe(RefusalCode.NotFound);
        TicketRules.Post(ticket, "m", Author.Agent, "a2", "hi", Promises.None, Start).No.ShouldBe(RefusalCode.NotYourTicket);
        TicketRules.Resolve(ticket, "a2", "solved", null).No.ShouldBe(RefusalCode.NotYourTicket);
        TicketRules.Close(ticket, "s2").No.ShouldBe(RefusalCode.NotFound);
        TicketRules.Rate(ticket, "s2", 5, null).No.ShouldBe(RefusalCode.NotFound);
    }

    [Fact]
    public void A_wrap_up_that_the_customer_cuts_short_is_ended_not_left_hanging()
    {
        var ticket = Assigned();
        ticket = Must(ticket, TicketRules.Resolve(ticket, "a1", null, null));
        ticket = Must(ticket, TicketRules.Rate(ticket, "s1", 4, null));
        ticket.WrapUpOpen.ShouldBeFalse();
        ticket.Phase.ShouldBe(TicketPhase.Closed);
    }

    // Any commands in any order: whatever is decided can be applied, keeps the ticket whole, and repeating it changes nothing.
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Whatever_is_asked_the_ticket_stays_whole_and_a_repeated_command_changes_nothing(int seed)
    {
        var random = new Random(seed);
        var phases = new HashSet<TicketPhase>();
        for (var run = 0; run < 300; run++)
        {
            var ticket = Opened();
            var now = Start;
            for (var step = 0; step < 25; step++)
            {
                now = now.AddSeconds(random.Next(1, 300));
                var at = now;
                var command = AnyCommand(random, step, ticket, at);
                var decision = command(ticket);
                if (decision.No is null)
                {
                    var next = Apply(ticket, decision, at);
                    next.Seq.ShouldBe(ticket.Seq + decision.Events.Length);
                    command(next).Events.ShouldBeEmpty();
                    ticket = next;
                }
                phases.Add(ticket.Phase);
                (ticket.Offer is not null).ShouldBe(ticket.Phase == TicketPhase.Offered);
                if (ticket.Phase == TicketPhase.Assigned) ticket.AgentId.ShouldNotBeNull();
                if (ticket.Phase == TicketPhase.Closed) ticket.Clocks.ShouldAllBe(clock => clock.State != ClockState.Active);
                ticket.Clocks.Select(clock => clock.Kind).ShouldBeUnique();
                if (ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered) ticket.ReservationId.ShouldBeNull();
                if (ticket.WrapUpOpen) ticket.Phase.ShouldBe(TicketPhase.Resolved);
                (ticket.ClosedAt is not null).ShouldBe(ticket.Phase == TicketPhase.Closed);
            }
        }
        phases.Count.ShouldBe(5);
    }

    private static Func<Ticket, Decision> AnyCommand(Random random, int step, Ticket ticket, DateTimeOffset now)
    {
        var agent = $"a{random.Next(1, 3)}";
        var reservation = random.Next(3) > 0 ? ticket.Offer?.ReservationId ?? $"r{step}" : $"r{step}";
        var givesUp = random.Next(4) == 0;
        var colleague = random.Next(3) > 0 ? null : $"a{random.Next(1, 4)}";
        var due = now.AddSeconds(random.Next(1, 600));
        return random.Next(17) switch
        {
            9 => t => TicketRules.Transfer(t, agent, new Route("safety", [], colleague), null, now),
            10 => t => TicketRules.Return(t, agent, t.ReservationId ?? "", now),
            11 or 12 => t => TicketRules.ClocksDue(t, new NextTier(step % 2 == 0 ? "experts" : null, [], step % 3 == 0 ? due : null, ToProduct: true), now),
            13 => t => TicketRules.KeepPlace(t, "s1", step % 2 == 0 ? Channel.Phone : Channel.Web, "139"),
            14 => t => TicketRules.Promise(t, agent, due, null, now),
            15 => t => TicketRules.Consult(t, agent, $"q{step}", "要赔吗", $"t{step}", "safety", colleague),
            16 => t => ticket.OpenConsults.IsEmpty ? Decision.Nothing : TicketRules.AnswerConsult(t, ticket.OpenConsults[0], "expert", "小梅", "要"),
            0 or 1 => t => TicketRules.Offer(t, new Offer($"r{step}-{agent}", agent, agent, now.AddSeconds(20), "")),
            2 => t => TicketRules.Accept(t, agent, reservation),
            3 => t => TicketRules.EndOffer(t, agent, reservation, ReservationState.Rejected, null),
            4 => t => TicketRules.Post(t, $"m{step}", Author.Customer, "s1", "然后呢", new Promises(due, [new Clock(ClockKind.Resolution, due)]), now),
            5 => t => TicketRules.Post(t, $"m{step}", Author.Agent, agent, "好的", Promises.None, now),
            6 => t => TicketRules.Resolve(t, agent, step % 2 == 0 ? "solved" : null, null),
            7 => t => TicketRules.WrapUp(t, agent, "solved", null),
            _ => t => givesUp ? TicketRules.Close(t, "s1") : TicketRules.Post(t, $"m{step}", Author.Agent, agent, "好的", Promises.None, now),
        };
    }

    private static Contact Contact(string text, string contactId = "c1") =>
        new(contactId, "s1", "小林", CustomerRole.Student, null, Channel.Web, text, null);

    private static Ticket Opened() => Must(Ticket.None, TicketRules.Open(Ticket.None, Contact("外卖还没到"), Late, Delivery, Start));

    private static Ticket Assigned()
    {
        var ticket = Opened();
        ticket = Must(ticket, TicketRules.Offer(ticket, OfferTo("a1")));
        return Must(ticket, TicketRules.Accept(ticket, "a1", "r-a1"));
    }

    private static Offer OfferTo(string agent) => new($"r-{agent}", agent, agent, Start.AddSeconds(20), "best of 1");
}
