using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Remedies;

namespace CampusCare.Grains.Tests;

/// <summary>From a contact to the money: given by policy or by people, once, whatever crashes in between.</summary>
public sealed class RemedyTests
{
    private const string Number = "20260302000001";

    private static readonly SupervisorRef Boss = new(CampusHost.Campus, "boss", "王主管");

    private readonly Orders _orders = new();
    private readonly Payments _payments = new();

    private Task<CampusHost> Start() => _payments.Campus(_orders);

    // The order becomes known after the ticket is followed, so that nothing of what comes of it is missed.
    private async Task<ITicketGrain> Contact(CampusHost campus, OrderFacts order, string contact = "c1", string customer = "s1")
    {
        var later = _orders.Keep(Number);
        var ticket = campus.Ticket((await campus.Ask(contact, order: Number, customer: customer)).Value!.Ticket.TicketId);
        await ticket.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        _orders.Say(Number, order);
        later.SetResult(order);
        return ticket;
    }

    private static async Task<ITicketGrain> Accepted(CampusHost campus, ITicketGrain ticket)
    {
        await campus.Agent("a1");
        var offer = await campus.Gateway.Offer(offer => offer.Ticket.TicketId == TicketIdOf(ticket));
        (await ticket.Accept(new AnswerOffer("a1", offer.Reservation.ReservationId))).Refusal.ShouldBeNull();
        return ticket;
    }

    private static string TicketIdOf(ITicketGrain ticket) => GrainKeys.Split(ticket.GetPrimaryKeyString()).Id;

    private static Task<TicketNews> In(CampusHost campus, RemedyState state) => campus.Gateway.First<TicketNews>(news => news.Ticket.Remedies.Any(remedy => remedy.State == state));

    private static Task<TicketNews> Proposed(CampusHost campus) => campus.Gateway.First<TicketNews>(news => !news.Ticket.ProposedRemedies.IsEmpty);

    private static OrderFacts Canceled(long paid = 3_200) => Orders.Of("s1", 70, OrderState.Canceled) with { PaidFen = paid };

    [Fact]
    public async Task What_policy_gives_is_decided_paid_and_told_at_once_and_once()
    {
        await using var campus = await Start();
        var ticket = await Contact(campus, Orders.Of("s1", 70));
        var paid = (await In(campus, RemedyState.Paid)).Ticket.Remedies.Single();
        (paid.Kind, paid.Fen, paid.Rule, paid.GrantedBy, paid.Order).ShouldBe((RemedyKind.Coupon, 300L, "late", null, Number));
        var events = (await ticket.History(0)).Value!.Events;
        events.Select(static e => e.Type).ShouldBe(["opened", "queued", "orderSeen", "remedyDecided", "remedyPaid"]);
        _payments.Asked.ShouldHaveSingleItem().ShouldBe(new RemedyPayment(CampusHost.Campus, "s1", Number, $"{TicketIdOf(ticket)}-4", RemedyKind.Coupon, 300));

        await ticket.ConsiderRemedy();
        (await campus.Ask("c2", "还要等多久", customer: "s1")).Refusal.ShouldBeNull();
        (await ticket.Get()).Value!.Remedies.Length.ShouldBe(1);
        _payments.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_crash_between_decision_and_payment_is_healed_by_the_queues_sweep_under_the_same_key()
    {
        await using var campus = await Start();
        _payments.SayNothing();
        await Contact(campus, Orders.Of("s1", 70));
        await In(campus, RemedyState.Paying);
        await campus.Restart();

        var ticket = campus.Ticket(TicketIds.For(CampusHost.Campus, "s1", "c1"));
        await ticket.Follow(RecordingGateway.Id, campus.Gateway.Reference);
        await campus.Agent("a9", queues: ["delivery"]);
        (await In(campus, RemedyState.Paid)).Ticket.Remedies.Length.ShouldBe(1);
        _payments.Asked.Select(static payment => payment.Key).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_provider_that_gives_no_answer_is_asked_again_by_the_tickets_clock()
    {
        await using var campus = await Start();
        _payments.Say(RemedyEnd.Later);
        var ticket = await Contact(campus, Orders.Of("s1", 70));
        await In(campus, RemedyState.Paid);
        (await ticket.History(3)).Value!.Events.Select(static e => e.Type).ShouldBe(["remedyDecided", "remedyDelayed", "remedyPaid"]);
        _payments.Asked.Select(static payment => payment.Key).Distinct().Count().ShouldBe(1);
        (await ticket.Get()).Value!.Clocks.ShouldAllBe(static clock => clock.Kind != Domain.ServiceLevels.ClockKind.Payment);
    }

    [Fact]
    public async Task What_the_provider_refuses_counts_nowhere_and_is_not_given_again_without_a_person()
    {
        await using var campus = await Start();
        _payments.Say(RemedyEnd.Refused);
        var ticket = await Contact(campus, Orders.Of("s1", 70));
        (await In(campus, RemedyState.Failed)).Ticket.Remedies.Single().Fault.ShouldBe(RemedyFault.Refused);
        await ticket.ConsiderRemedy();
        (await Proposed(campus)).Ticket.ProposedRemedies.Single().Rule.ShouldBe("late");
        _payments.Asked.Count.ShouldBe(1);
        await Accepted(campus, ticket);
        (await ticket.GrantRemedy(new GrantRemedy("a1", "late"))).Refusal.ShouldBeNull();
        await In(campus, RemedyState.Paid);
    }

    [Fact]
    public async Task What_needs_an_agent_is_proposed_and_granted_with_one_call()
    {
        await using var campus = await Start();
        var ticket = await Contact(campus, Canceled());
        var proposed = (await Proposed(campus)).Ticket.ProposedRemedies.Single();
        (proposed.Rule, proposed.Fen, proposed.Needs, proposed.Reason).ShouldBe(("money-back", 3_200L, RemedyAuthority.Agent, RemedyReason.AboveAutomatic));
        (await ticket.GrantRemedy(new GrantRemedy("a1", "money-back"))).Refusal!.Code.ShouldBe(RefusalCode.NotYourTicket);

        await Accepted(campus, ticket);
        (await ticket.GrantRemedy(new GrantRemedy("a1", "late"))).Refusal!.Code.ShouldBe(RefusalCode.NoRemedy);
        var granted = (await ticket.GrantRemedy(new GrantRemedy("a1", "money-back"))).Value!;
        (granted.Remedies.Single().GrantedBy, granted.ProposedRemedies.IsEmpty).ShouldBe(("a1", true));
        (await ticket.GrantRemedy(new GrantRemedy("a1", "money-back"))).Value!.Remedies.Length.ShouldBe(1, "repeating it is harmless");
        (await In(campus, RemedyState.Paid)).Ticket.Remedies.Single().Fen.ShouldBe(3_200);
        _payments.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_agent_gives_nothing_by_what_the_order_system_no_longer_says()
    {
        await using var campus = await Start();
        var ticket = await Contact(campus, Canceled() with { ReadAt = DateTimeOffset.UtcNow.AddMinutes(-5) });
        await Proposed(campus);
        await Accepted(campus, ticket);
        _orders.Say(Number, Canceled() with { Money = OrderMoney.Refunded });
        (await ticket.GrantRemedy(new GrantRemedy("a1", "money-back"))).Refusal!.Code.ShouldBe(RefusalCode.NoRemedy);
        _payments.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_only_a_supervisor_may_give_is_paid_when_a_second_person_approved()
    {
        await using var campus = await Start();
        var ticket = await Accepted(campus, await Contact(campus, Canceled(5_000)));
        var asked = (await ticket.GrantRemedy(new GrantRemedy("a1", "money-back"))).Value!.Remedies.Single();
        asked.State.ShouldBe(RemedyState.Asked);
        (await ticket.ApproveRemedy(new ApproveRemedy(new SupervisorRef(CampusHost.Campus, "a1", "自己"), asked.RemedyId))).Refusal!.Code.ShouldBe(RefusalCode.SecondPerson);
        (await ticket.ApproveRemedy(new ApproveRemedy(new SupervisorRef("south", "boss", "别人"), asked.RemedyId))).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        _payments.Asked.ShouldBeEmpty();

        (await ticket.ApproveRemedy(new ApproveRemedy(Boss, asked.RemedyId))).Refusal.ShouldBeNull();
        (await In(campus, RemedyState.Paid)).Ticket.Remedies.Single().ApprovedBy.ShouldBe("boss");
        (await ticket.TakeRemedyBack(new TakeRemedyBack(asked.RemedyId, null, Boss))).Refusal!.Code.ShouldBe(RefusalCode.RemedySettled);
    }

    [Fact]
    public async Task What_was_taken_back_counts_nowhere()
    {
        await using var campus = await Start();
        var ticket = await Accepted(campus, await Contact(campus, Canceled(5_000)));
        var asked = (await ticket.GrantRemedy(new GrantRemedy("a1", "money-back"))).Value!.Remedies.Single();
        (await ticket.TakeRemedyBack(new TakeRemedyBack(asked.RemedyId, "a2"))).Refusal!.Code.ShouldBe(RefusalCode.NotYourTicket);
        (await ticket.TakeRemedyBack(new TakeRemedyBack(asked.RemedyId, "a1"))).Value!.Remedies.Single().State.ShouldBe(RemedyState.TakenBack);
        (await ticket.TakeRemedyBack(new TakeRemedyBack(asked.RemedyId, "a1"))).Refusal.ShouldBeNull();
        (await ticket.GrantRemedy(new GrantRemedy("a1", "money-back"))).Value!.Remedies.Length.ShouldBe(2, "it may be granted anew");
        _payments.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_did_not_pay_is_given_nothing()
    {
        await using var campus = await Start();
        var ticket = await Accepted(campus, await Contact(campus, Canceled() with { Money = OrderMoney.Unpaid }));
        (await ticket.GrantRemedy(new GrantRemedy("a1", "money-back"))).Refusal!.Detail.ShouldContain("nothingLeft");
        (await ticket.Get()).Value!.ShouldSatisfyAllConditions(t => t.Remedies.ShouldBeEmpty(), t => t.ProposedRemedies.ShouldBeEmpty());
    }
}
