using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Remedies;
using CampusCare.Domain;
using CampusCare.Domain.Remedies;
using CampusCare.Grains.Orders;
using CampusCare.Storage;
using Orleans.Placement;

namespace CampusCare.Grains.Remedies;

/// <summary>What one customer was given, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("RemedyAccountState")]
public sealed record RemedyAccountState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public ImmutableArray<RemedyEntryState> Entries { get; init; } = [];

    /// <summary>Where the customer counts in the campus's norm; null: nowhere yet.</summary>
    [Id(1)] public NormPlaceView? Place { get; init; }

    /// <summary>The places of the customer's numbers and addresses.</summary>
    [Id(2)] public ImmutableArray<string> Links { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What supervisors looked at and found nothing in.</summary>
    [Id(3)] public ImmutableArray<ClearedDoubtState> Cleared { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>What a supervisor looked at and found nothing in, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("ClearedDoubtState")]
public sealed record ClearedDoubtState([property: Id(0)] DoubtView Doubt, [property: Id(1)] DateTimeOffset At);

/// <summary>Something that a customer was given, as it is stored; see <see cref="RemedyEntry"/>.</summary>
[GenerateSerializer, Immutable, Alias("RemedyEntryState")]
public sealed record RemedyEntryState(
    [property: Id(0)] string Key,
    [property: Id(1)] string Order,
    [property: Id(2)] RemedyKind Kind,
    [property: Id(3)] long Fen,
    [property: Id(4)] string TicketId,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] DateOnly Day,
    [property: Id(7)] bool IsJournaled);

/// <inheritdoc cref="IRemedyAccountGrain"/>
[HashBasedPlacement]
public sealed partial class RemedyAccountGrain(
    [PersistentState("remedyAccount", StateStores.Main)] IPersistentState<RemedyAccountState> state, IRemedyProvider provider, ITicketReadModel tickets, TimeProvider time) : Grain, IRemedyAccountGrain
{
    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Campus;

    private string Customer => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    private IRemedyBudgetGrain BudgetOf(DateOnly day) => GrainFactory.RemedyBudget(Campus, day);

    public async Task<RemedyAnswer> Ask(RemedyQuestion question)
    {
        var settings = await GrainFactory.Campus(Campus).Settings();
        if (settings?.Policy() is not { } policy || !provider.IsThere) return new RemedyAnswer(RemedyReason.Off);
        var (now, offset) = (time.GetUtcNow(), TimeSpan.FromMinutes(settings.Remedies!.UtcOffsetMinutes));
        var day = RemedyAccount.DayOf(now, offset);
        var account = Account().Known(question.TicketId, question.Journaled, now);
        var use = account.UseFor(question.Order.Number, question.TicketId, await BudgetOf(day).Spent(question.Key), offset, now);
        var matter = new RemedyCase(question.Role, Customer, question.Category, question.Pictures, question.Order.Facts(), now);
        var (decision, doubts) = await Doubt(RemedyRules.Decide(policy, matter, use), question, use, policy, day);
        var answer = new RemedyAnswer(decision.Reason, decision.Rule?.Id, decision.Rule?.Kind ?? default, decision.Fen, decision.Needs, policy.Version, use.CustomerTimes) { Doubts = doubts.View() };
        if (!decision.IsGiven || decision.Needs > question.MayGrant || (question.Rule ?? answer.Rule) != answer.Rule) return answer;
        if (!account.HasRoom(now)) return new RemedyAnswer(RemedyReason.CustomerOften);
        answer = await Count(answer, question, policy, day);
        if (!answer.IsCounted) return answer;
        await Save(account.With(new RemedyEntry(question.Key, question.Order.Number, answer.Kind, answer.Fen, question.TicketId, now)), question.Key, day);
        await LeaveAtLinks(use.CustomerTimes + 1, use.CustomerDayFen + answer.Fen, day, now);
        return answer;
    }

    public async Task<bool> Confirm(string key, string ticketId)
    {
        if (state.State.Entries.FirstOrDefault(entry => entry.Key == key && entry.TicketId == ticketId) is not { } known) return false;
        if (known.IsJournaled) return true;
        if (known.At <= time.GetUtcNow() - RemedyAccount.JournalTime) return false;
        await BudgetOf(known.Day).Confirm(key);
        await Save(Account().Journaled(key, ticketId));
        return true;
    }

    public async Task Release(string key, string ticketId)
    {
        if (state.State.Entries.FirstOrDefault(entry => entry.Key == key && entry.TicketId == ticketId) is not { } known) return;
        await BudgetOf(known.Day).Release(key);
        await Save(Account().Without(key, ticketId));
    }

    // The budget counts before the account does, so that nothing that the account knows is missing there.
    private async Task<RemedyAnswer> Count(RemedyAnswer answer, RemedyQuestion question, RemedyPolicy policy, DateOnly day)
    {
        if (answer.Needs < RemedyAuthority.Supervisor)
        {
            if (await BudgetOf(day).Reserve(question.Key, answer.Fen, policy.CampusDayFen)) return answer with { IsCounted = true };
            answer = answer with { Needs = RemedyAuthority.Supervisor, Reason = RemedyReason.CampusDay };
            if (question.MayGrant < RemedyAuthority.Supervisor) return answer;
        }
        return answer with { IsCounted = await BudgetOf(day).Reserve(question.Key, answer.Fen, long.MaxValue) };
    }

    private RemedyAccount Account() => new(
        [.. state.State.Entries.Select(static entry => new RemedyEntry(entry.Key, entry.Order, entry.Kind, entry.Fen, entry.TicketId, entry.At) { IsJournaled = entry.IsJournaled })]);

    private Task Save(RemedyAccount account, string? newKey = null, DateOnly newDay = default)
    {
        var days = state.State.Entries.ToDictionary(static entry => entry.Key, static entry => entry.Day);
        if (newKey is not null) days[newKey] = newDay;
        return state.Save(state.State with
        {
            Entries = [.. account.Entries.Select(entry => new RemedyEntryState(entry.Key, entry.Order, entry.Kind, entry.Fen, entry.TicketId, entry.At, days[entry.Key], entry.IsJournaled))],
        });
    }
}
