using CampusCare.Contracts;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Orders;
using CampusCare.Grains.Remedies;
using Microsoft.Extensions.Logging;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>
/// What the customer is given. The customer's account counts it, the journal decides it, and then the provider is asked, under
/// one key, until it answers: the clock of the payment wakes a ticket that was forgotten in between.
/// </summary>
public sealed partial class TicketGrain
{
    /// <summary>How long an attempt to pay may take before another is made.</summary>
    public static readonly TimeSpan PaymentTime = TimeSpan.FromSeconds(30);

    /// <summary>How old an order's facts may be when something is given by them.</summary>
    public static readonly TimeSpan FactsTime = TimeSpan.FromSeconds(30);

    private (string? Key, DateTimeOffset At) _paying;

    private IRemedyAccountGrain Account => GrainFactory.RemedyAccount(_campus, _ticket.State.CustomerId);

    public async Task ConsiderRemedy()
    {
        await Read();
        if (!TicketRules.MayBeGiven(_ticket.State) || _ticket.State.Role != CustomerRole.Student) return;
        var policy = (await GrainFactory.Campus(_campus).Settings())?.Policy();
        if (policy?.Rules.Any(rule => rule.Categories.Contains(_ticket.State.Category)) != true || await FreshOrder() is not { } order) return;
        // What failed once is not given again without a person who looks at it.
        var onlyLook = _ticket.State.Remedies.Any(static remedy => remedy.State == RemedyState.Failed);
        var question = Question(order, RemedyAuthority.Automatic, onlyLook ? Nothing : null);
        var answer = await Account.Ask(question);
        if (answer.IsCounted) await DecideRemedy(question, answer, agentId: null);
        else if (answer.Rule is not null) await Propose(order.Number, answer);
    }

    public async Task<Outcome<TicketView>> GrantRemedy(GrantRemedy command)
    {
        await Read();
        var state = _ticket.State;
        if (state.Phase == TicketPhase.New) return Unknown;
        if (state.Remedies.Any(remedy => remedy.Counts && remedy.Rule == command.Rule && remedy.Order == state.Order?.Number && remedy.GrantedBy == command.AgentId)) return _ticket.View;
        if (TicketRules.BadGrant(state, command.AgentId) is { } bad) return Refused(bad);
        var question = Question(await FreshOrder() ?? state.Order!, RemedyAuthority.Supervisor, command.Rule);
        var answer = await Account.Ask(question);
        if (!answer.IsCounted) return Refused(TicketRules.NoRemedy(answer.Rule is null ? answer.Reason : RemedyReason.NoRule));
        return await DecideRemedy(question, answer, command.AgentId) is { } no ? no : _ticket.View;
    }

    public Task<Outcome<TicketView>> ApproveRemedy(ApproveRemedy command) =>
        Supervise(command.Supervisor, (ticket, by) => TicketRules.ApproveRemedy(ticket, command.RemedyId, by.Id));

    public async Task<Outcome<TicketView>> TakeRemedyBack(TakeRemedyBack command)
    {
        var answer = command.Supervisor is { } supervisor
            ? await Supervise(supervisor, (ticket, by) => TicketRules.TakeRemedyBack(ticket, command.RemedyId, Author.Supervisor, by.Id))
            : await Answer(ticket => TicketRules.TakeRemedyBack(ticket, command.RemedyId, Author.Agent, command.AgentId ?? ""));
        if (answer.Refusal is null) await Account.Release(command.RemedyId, _id);
        return answer;
    }

    public async Task RemedyTried(RemedyTried attempt)
    {
        _paying = default;
        await Hear(ticket => TicketRules.RemedyTried(ticket, attempt.RemedyId, attempt.End, time.GetUtcNow()));
        if (_ticket.State.Remedies.Of(attempt.RemedyId) is { State: RemedyState.Failed, Counts: false }) await Account.Release(attempt.RemedyId, _id);
    }

    private const string Nothing = "";

    private RemedyQuestion Question(OrderFacts order, RemedyAuthority mayGrant, string? rule)
    {
        var state = _ticket.State;
        return new RemedyQuestion(_id, TicketRules.RemedyKey(_id, state.Seq + 1), state.Role, state.Category, state.Evidence.Length, order.View(), mayGrant, rule)
        {
            Journaled = state.Remedies.Counting,
            Sketches = state.Sketches,
            Links = Links(state),
        };
    }

    // What the account counted and the journal refused is released; what nobody knows of is found out with the next question.
    private async Task<Refusal?> DecideRemedy(RemedyQuestion question, RemedyAnswer answer, string? agentId)
    {
        var grant = new RemedyGrant(new RemedyGift(question.Key, answer.Kind, answer.Fen), question.Order.Number, answer.Rule!, answer.PolicyVersion, answer.Needs, agentId);
        var no = await Do(ticket => TicketRules.DecideRemedy(ticket, _id, grant));
        if (no is null) await Account.Confirm(question.Key, _id);
        else if (no.Code != RefusalCode.OutcomeUnknown) await Account.Release(question.Key, _id);
        return no;
    }

    // Nothing is given by facts that may be over: the order system is asked again, and what it says is taken down. Null: it
    // can't be asked now, and only a person may go by what was so before.
    private async Task<OrderFacts?> FreshOrder()
    {
        var state = _ticket.State;
        if (state.Order is not { } known || time.GetUtcNow() - known.ReadAt < FactsTime) return state.Order;
        var order = await InTime(orders.Find(new OrderQuestion(_campus, state.CustomerId, state.Role, known.Number)), state.Role, state.CustomerId);
        if (order is not null) await Do(ticket => TicketRules.SeeOrder(ticket, order));
        return order;
    }

    private void ConsiderLater(Ticket before)
    {
        var state = _ticket.State;
        if (!remedies.IsThere || state.Order is null || !TicketRules.MayBeGiven(state)) return;
        var isNews = !ReferenceEquals(before.Order, state.Order) || before.Evidence.Length != state.Evidence.Length || (before.UnansweredSince is null && state.UnansweredSince is not null) || before.Category != state.Category;
        if (isNews) _ = GrainFactory.Ticket(_campus, _id).ConsiderRemedy();
    }

    private void PayRemedy()
    {
        var (state, now) = (_ticket.State, time.GetUtcNow());
        if (state.Remedies.NextToPay is not { } next || next.DueAt > now) return;
        if (_paying.Key == next.Gift.Key && now - _paying.At < PaymentTime) return;
        _paying = (next.Gift.Key, now);
        _ = Pay(Account, new RemedyPayment(_campus, state.CustomerId, next.Order, next.Gift.Key, next.Gift.Kind, next.Gift.Fen));
    }

    // Outside of the ticket's turn: a slow provider keeps nobody waiting. What the account gave up as lost is not paid.
    private async Task Pay(IRemedyAccountGrain account, RemedyPayment payment)
    {
        var end = RemedyEnd.Later;
        try
        {
            end = await account.Confirm(payment.Key, _id) ? await remedies.Pay(payment) : RemedyEnd.Lapsed;
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NotPaid(error, _campus, _id);
        }
        _ = GrainFactory.Ticket(_campus, _id).RemedyTried(new RemedyTried(payment.Key, end));
    }

    private static Refusal Refused(Decision decision) => new(decision.No!.Value, decision.Detail, decision.Field);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was given on {Campus}/{Ticket} can't be paid now; it is tried again.")]
    private partial void NotPaid(Exception error, string campus, string ticket);
}
