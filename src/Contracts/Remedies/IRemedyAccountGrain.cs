using System.Collections.Immutable;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Triage;

namespace CampusCare.Contracts.Remedies;

/// <summary>
/// What one customer was given. It asks policy, and counts what policy gives before a ticket decides it: whoever crashes in
/// between leaves something that counts for a while, never something that doesn't.
/// </summary>
[Alias("RemedyAccount")]
public interface IRemedyAccountGrain : IGrainWithStringKey
{
    /// <summary>What policy gives; counted at once, if who asks may grant it. The same key is counted once.</summary>
    Task<RemedyAnswer> Ask(RemedyQuestion question);

    /// <summary>The ticket's journal has it: it may be paid. False: it was given up as lost meanwhile, and must not be paid.</summary>
    Task<bool> Confirm(string key, string ticketId);

    /// <summary>The ticket did not decide it, took it back, or it will never be paid.</summary>
    Task Release(string key, string ticketId);

    /// <summary>A supervisor looked at these, and found nothing in them: they count little from now on.</summary>
    Task Clear(ImmutableArray<DoubtView> doubts);

    /// <summary>The customer's data are erased: what ties the account to others is forgotten. Repeating it is harmless.</summary>
    Task Forget();
}

/// <summary>What a campus gave on one day.</summary>
[Alias("RemedyBudget")]
public interface IRemedyBudgetGrain : IGrainWithStringKey
{
    /// <summary>All that counts, in fen, but one key.</summary>
    Task<long> Spent(string exceptKey);

    /// <summary>Counts an amount, unless that would be more than a limit. The same key is counted once while it is open.</summary>
    Task<bool> Reserve(string key, long fen, long limitFen);

    /// <summary>An open amount is spent for good.</summary>
    Task Confirm(string key);

    /// <summary>An open amount doesn't count any more. One that was spent stays spent, that day.</summary>
    Task Release(string key);
}

/// <summary>A ticket asks what may be given.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Key">The key of the remedy, if it is decided now.</param>
/// <param name="Role">Who would get it.</param>
/// <param name="Category">What the matter is about.</param>
/// <param name="Pictures">How many pictures there are.</param>
/// <param name="Order">The order.</param>
/// <param name="MayGrant">Who asks: what needs more is answered, and not counted.</param>
/// <param name="Rule">The rule that is meant; null: whichever gives most. Another one is answered, and not counted.</param>
[GenerateSerializer, Immutable, Alias("RemedyQuestion")]
public sealed record RemedyQuestion(
    [property: Id(0)] string TicketId,
    [property: Id(1)] string Key,
    [property: Id(2)] CustomerRole Role,
    [property: Id(3)] Category Category,
    [property: Id(4)] int Pictures,
    [property: Id(5)] OrderView Order,
    [property: Id(6)] RemedyAuthority MayGrant,
    [property: Id(7)] string? Rule = null)
{
    /// <summary>The ticket's remedies that count, by its journal: anything else that the account has of this ticket was never decided.</summary>
    [Id(8)] public ImmutableArray<string> Journaled { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What the customer's pictures look like.</summary>
    [Id(9)] public ImmutableArray<string> Sketches { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The customer's number, and address on another channel. Only hashes of them are kept.</summary>
    [Id(10)] public ImmutableArray<string> Links { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>What policy gives.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Rule">By which rule; null: nothing.</param>
/// <param name="Kind">What.</param>
/// <param name="Fen">How much.</param>
/// <param name="Needs">Who must grant it.</param>
/// <param name="PolicyVersion">The version of the campus's settings.</param>
/// <param name="GivenBefore">How often the customer was given something in the last 30 days.</param>
/// <param name="IsCounted">Whether it counts from now on, under the key.</param>
[GenerateSerializer, Immutable, Alias("RemedyAnswer")]
public sealed record RemedyAnswer(
    [property: Id(0)] RemedyReason Reason,
    [property: Id(1)] string? Rule = null,
    [property: Id(2)] RemedyKind Kind = default,
    [property: Id(3)] long Fen = 0,
    [property: Id(4)] RemedyAuthority Needs = default,
    [property: Id(5)] long PolicyVersion = 0,
    [property: Id(6)] int GivenBefore = 0,
    [property: Id(7)] bool IsCounted = false)
{
    /// <summary>Why a person should look at it.</summary>
    [Id(8)] public ImmutableArray<DoubtView> Doubts { get; init => field = value.OrEmpty(); } = [];
}
