using CampusCare.Domain.Remedies;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Tests.Orders;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using static CampusCare.Domain.Tests.Tickets.TicketSteps;

namespace CampusCare.Domain.Tests.Tickets;

/// <summary>A ticket's remedies: who decides, who approves, how often is paid, and what the customer hears.</summary>
public sealed class RemedyTicketRulesTests
{
    private const string Id = "t1";

    [Fact]
    public void What_policy_gives_is_paid_at_once_and_the_key_says_at_which_seq_it_was_decided()
    {
        var ticket = Waiting();
        var decided = Grant(ticket, RemedyAuthority.Automatic);
        decided.Events.ShouldHaveSingleItem("the pages show it themselves").ShouldBe(new RemedyDecided(new RemedyGift($"t1-{ticket.Seq + 1}", RemedyKind.Coupon, 300), "D1001", "late", 7));
        var paying = Must(ticket, decided);
        paying.Remedies.Single().ShouldSatisfyAllConditions(r => r.State.ShouldBe(RemedyState.Paying), r => r.DueAt.ShouldBe(Start), r => r.GrantedBy.ShouldBeNull(), r => r.Counts.ShouldBeTrue());
        paying.Clocks.Running(ClockKind.Payment)!.DueAt.ShouldBe(Start, "a ticket that is forgotten is woken by its clock");
        TicketRules.ClocksDue(paying, new NextTier(null, [], null, false), Start.AddHours(1)).Events.ShouldBeEmpty("it is no promise of time");

        var paid = Must(paying, Tried(paying, RemedyEnd.Paid), Start.AddSeconds(1));
        (paid.Remedies.Single().State, paid.Remedies.Single().PaidAt, paid.Clocks.Running(ClockKind.Payment)).ShouldBe((RemedyState.Paid, Start.AddSeconds(1), null));
        Tried(paid, RemedyEnd.Later).Events.ShouldBeEmpty("an attempt that is heard of late changes nothing");
    }

    [Fact]
    public void A_ticket_that_went_on_meanwhile_is_asked_again_and_nothing_above_the_limit_is_given_without_a_person()
    {
        var ticket = Waiting();
        var late = new RemedyGrant(new RemedyGift(TicketRules.RemedyKey(Id, ticket.Seq), RemedyKind.Coupon, 300), "D1001", "late", 7, RemedyAuthority.Automatic, null);
        TicketRules.DecideRemedy(ticket, Id, late).No.ShouldBe(RefusalCode.PreconditionFailed);
        Grant(ticket, RemedyAuthority.Agent).No.ShouldBe(RefusalCode.NoRemedy);
        Grant(ticket, RemedyAuthority.Supervisor).No.ShouldBe(RefusalCode.NoRemedy);
    }

    [Fact]
    public void An_agent_grants_on_the_own_ticket_only_and_not_without_an_order()
    {
        Grant(Waiting(), RemedyAuthority.Agent, "a1").No.ShouldBe(RefusalCode.NotYourTicket);
        Grant(Assigned(), RemedyAuthority.Agent, "a2").No.ShouldBe(RefusalCode.NotYourTicket);
        Grant(Assigned() with { Order = null }, RemedyAuthority.Agent, "a1").No.ShouldBe(RefusalCode.NoRemedy);
        Grant(Assigned() with { ErasedAt = Start }, RemedyAuthority.Agent, "a1").No.ShouldBe(RefusalCode.TicketClosed);
        Must(Assigned(), Grant(Assigned(), RemedyAuthority.Agent, "a1")).Remedies.Single().GrantedBy.ShouldBe("a1");
    }

    [Fact]
    public void What_only_a_supervisor_may_give_waits_for_a_second_person()
    {
        var asked = Must(Assigned(), Grant(Assigned(), RemedyAuthority.Supervisor, "a1"));
        var key = asked.Remedies.Single().Gift.Key;
        (asked.Remedies.Single().State, asked.Clocks.Running(ClockKind.Payment)).ShouldBe((RemedyState.Asked, null));
        TicketRules.ApproveRemedy(asked, key, "a1").No.ShouldBe(RefusalCode.SecondPerson);
        TicketRules.ApproveRemedy(asked, "t1-99", "boss").No.ShouldBe(RefusalCode.NotFound);

        var approved = Must(asked, TicketRules.ApproveRemedy(asked, key, "boss"));
        (approved.Remedies.Single().State, approved.Remedies.Single().ApprovedBy).ShouldBe((RemedyState.Paying, "boss"));
        approved.Clocks.Running(ClockKind.Payment).ShouldNotBeNull();
        TicketRules.ApproveRemedy(approved, key, "boss").Events.ShouldBeEmpty("repeating it is harmless");
        TicketRules.ApproveRemedy(approved, key, "boss2").No.ShouldBe(RefusalCode.RemedySettled);
        TicketRules.TakeRemedyBack(approved, key, Author.Supervisor, "boss").No.ShouldBe(RefusalCode.RemedySettled, "the provider may have paid");
    }

    [Fact]
    public void What_waits_for_approval_may_be_taken_back_by_who_granted_it_or_a_supervisor()
    {
        var asked = Must(Assigned(), Grant(Assigned(), RemedyAuthority.Supervisor, "a1"));
        var key = asked.Remedies.Single().Gift.Key;
        TicketRules.TakeRemedyBack(asked, key, Author.Agent, "a2").No.ShouldBe(RefusalCode.NotYourTicket);
        foreach (var (by, id) in new[] { (Author.Agent, "a1"), (Author.Supervisor, "boss") })
        {
            var back = Must(asked, TicketRules.TakeRemedyBack(asked, key, by, id));
            (back.Remedies.Single().State, back.Remedies.Single().Counts).ShouldBe((RemedyState.TakenBack, false));
            TicketRules.TakeRemedyBack(back, key, by, id).Events.ShouldBeEmpty();
            TicketRules.ApproveRemedy(back, key, "boss").No.ShouldBe(RefusalCode.RemedySettled);
        }
    }

    [Fact]
    public void Attempts_pause_longer_each_time_and_end_and_what_may_have_been_paid_goes_on_counting()
    {
        var ticket = Must(Waiting(), Grant(Waiting(), RemedyAuthority.Automatic));
        var (now, pauses) = (Start, new List<double>());
        while (ticket.Clocks.Running(ClockKind.Payment) is not null)
        {
            var decision = Tried(ticket, RemedyEnd.Later, now);
            if (decision.Events[0] is RemedyDelayed delayed)
            {
                pauses.Add((delayed.NextAt - now).TotalSeconds);
                now = delayed.NextAt;
            }
            ticket = Must(ticket, decision, now);
        }
        pauses.Take(3).ShouldBe([2, 4, 8]);
        (pauses.Count + 1).ShouldBe(TicketRules.MaximumPaymentAttempts);
        (ticket.Remedies.Single().State, ticket.Remedies.Single().Fault, ticket.Remedies.Single().Counts).ShouldBe((RemedyState.Failed, RemedyFault.NoAnswer, true));
    }

    [Theory]
    [InlineData(RemedyEnd.Refused, RemedyFault.Refused)]
    [InlineData(RemedyEnd.Lapsed, RemedyFault.Lapsed)]
    public void What_the_provider_or_the_account_refuses_is_not_given(RemedyEnd end, RemedyFault fault)
    {
        var ticket = Must(Waiting(), Grant(Waiting(), RemedyAuthority.Automatic));
        var failed = Must(ticket, Tried(ticket, end));
        (failed.Remedies.Single().Fault, failed.Remedies.Single().Counts, failed.Clocks.Running(ClockKind.Payment)).ShouldBe((fault, false, null));
    }

    [Fact]
    public void What_was_promised_is_paid_though_the_ticket_closes_or_is_erased()
    {
        var ticket = Must(Waiting(), Grant(Waiting(), RemedyAuthority.Automatic));
        var closed = Must(ticket, TicketRules.Close(ticket, "s1"));
        var erased = Must(closed, TicketRules.Erase(closed, ErasureReason.Request));
        erased.Clocks.Running(ClockKind.Payment).ShouldNotBeNull();
        Must(erased, Tried(erased, RemedyEnd.Paid)).Remedies.Single().State.ShouldBe(RemedyState.Paid);
        TicketRules.DecideRemedy(closed, Id, new RemedyGrant(new RemedyGift(TicketRules.RemedyKey(Id, closed.Seq + 1), RemedyKind.Coupon, 1), "D1001", "late", 7, RemedyAuthority.Automatic, null))
            .No.ShouldBe(RefusalCode.NoRemedy);
    }

    [Fact]
    public void Two_remedies_are_paid_one_after_the_other()
    {
        var ticket = Must(Waiting(), Grant(Waiting(), RemedyAuthority.Automatic));
        ticket = Must(ticket, Grant(ticket, RemedyAuthority.Automatic), Start.AddSeconds(5));
        ticket.Remedies.NextToPay!.At.ShouldBe(Start);
        ticket = Must(ticket, Tried(ticket, RemedyEnd.Paid));
        ticket.Clocks.Running(ClockKind.Payment)!.DueAt.ShouldBe(Start.AddSeconds(5));
    }

    [Fact]
    public void A_proposal_is_told_once_and_ends_with_the_decision()
    {
        var proposal = new RemedyProposed("D1001", RemedyKind.Refund, 5_000, "money-back", 7, RemedyAuthority.Agent, RemedyReason.AboveAutomatic, 2);
        var ticket = Must(Assigned(), TicketRules.Propose(Assigned(), proposal, null, Start));
        ticket.ProposedRemedy.ShouldBe(proposal);
        TicketRules.Propose(ticket, proposal, null, Start).Events.ShouldBeEmpty();
        TicketRules.Propose(Assigned() with { Order = null }, proposal, null, Start).Events.ShouldBeEmpty();
        Must(ticket, Grant(ticket, RemedyAuthority.Agent, "a1")).ProposedRemedy.ShouldBeNull();
    }

    [Theory]
    [InlineData("外卖还没到", "为您补偿一张 3 元优惠券", "3 元优惠券已发放", "没有发放成功")]
    [InlineData("my order never came and nobody answers", "A coupon of ¥3 is on its way", "Your coupon of ¥3", "could not give you")]
    public void Who_can_t_see_the_pages_hears_of_it_in_the_own_language(string text, string decided, string paid, string failed)
    {
        var waiting = Waiting(text, new ReplyAddress("openid"));
        Said(Grant(waiting, RemedyAuthority.Automatic)).ShouldContain(decided);
        var ticket = Must(waiting, Grant(waiting, RemedyAuthority.Automatic));
        Said(Tried(ticket, RemedyEnd.Paid)).ShouldContain(paid);
        Said(Tried(ticket, RemedyEnd.Refused)).ShouldContain(failed);

        static string Said(Decision decision) => decision.Events[^1].ShouldBeOfType<MessagePosted>().Personal!.Text!;
    }

    [Theory]
    [InlineData("zh", 350, "3.50 元退款已原路退回")]
    [InlineData("en", 3_200, "We paid ¥32 back")]
    public void Amounts_are_said_in_yuan(string language, long fen, string words) => SystemWords.RemedyPaid(language, RemedyKind.Refund, fen).ShouldContain(words);

    private static Decision Grant(Ticket ticket, RemedyAuthority needs, string? agent = null) => TicketRules.DecideRemedy(
        ticket, Id, new RemedyGrant(new RemedyGift(TicketRules.RemedyKey(Id, ticket.Seq + 1), RemedyKind.Coupon, 300), "D1001", "late", 7, needs, agent));

    private static Decision Tried(Ticket ticket, RemedyEnd end, DateTimeOffset? now = null) =>
        TicketRules.RemedyTried(ticket, (ticket.Remedies.NextToPay ?? ticket.Remedies[^1]).Gift.Key, end, now ?? Start);

    private static Ticket Waiting(string text = "外卖还没到", ReplyAddress? replyTo = null)
    {
        var contact = new Contact("c1", "s1", "小林", CustomerRole.Student, null, replyTo is null ? Channel.Web : Channel.Sms, text, null, ReplyTo: replyTo);
        var meaning = new TriageResult(Category.LateDelivery, 0.9, [Category.LateDelivery], [], Urgency.Normal, Sentiment.Neutral, 0, []);
        return Must(Ticket.None, TicketRules.Open(Ticket.None, contact, meaning, new Route("delivery", []), Start, order: OrderFactsTests.Order()));
    }

    private static Ticket Assigned()
    {
        var offered = Must(Waiting(), TicketRules.Offer(Waiting(), new Offer("r-a1", "a1", "阿哲", Start.AddSeconds(20), "")));
        return Must(offered, TicketRules.Accept(offered, "a1", "r-a1"));
    }
}
