using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Remedies;

namespace CampusCare.Contracts.Remedies;

/// <summary>The cases of a campus that a person looks at before something is given: the last 500, for 90 days. It calls nobody.</summary>
[Alias("DoubtDesk")]
public interface IDoubtDeskGrain : IGrainWithStringKey
{
    /// <summary>A case came, or changed. One for each ticket.</summary>
    Task File(DoubtCase matter);

    /// <summary>A supervisor looked, and found nothing.</summary>
    Task Settle(string ticketId, string supervisorId);

    /// <summary>The ticket was erased.</summary>
    Task Forget(string ticketId);

    /// <summary>Those that nobody has looked at first, then the others; newest first.</summary>
    Task<ImmutableArray<DoubtCase>> Cases();
}

/// <summary>A ticket on which something would have been given, had a person not to look first.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="At">When it came.</param>
/// <param name="Kind">What would be given.</param>
/// <param name="Fen">How much, in fen.</param>
/// <param name="Doubts">Why a person looks.</param>
/// <param name="ClearedBy">The supervisor who looked and found nothing; null before that.</param>
/// <param name="ClearedAt">When.</param>
[GenerateSerializer, Immutable, Alias("DoubtCase")]
public sealed record DoubtCase(
    [property: Id(0)] string TicketId,
    [property: Id(1)] string CustomerId,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] RemedyKind Kind,
    [property: Id(4)] long Fen,
    ImmutableArray<DoubtView> Doubts,
    [property: Id(6)] string? ClearedBy = null,
    [property: Id(7)] DateTimeOffset? ClearedAt = null)
{
    /// <summary>Why a person looks.</summary>
    [Id(5)] public ImmutableArray<DoubtView> Doubts { get; init => field = value.OrEmpty(); } = Doubts.OrEmpty();
}
