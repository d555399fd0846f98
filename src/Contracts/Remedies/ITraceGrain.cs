using System.Collections.Immutable;

namespace CampusCare.Contracts.Remedies;

/// <summary>
/// A place where traces that may belong together meet: pictures of which a part looks the same, or accounts with the same
/// number or address. Whoever comes sees who was there. It calls nobody.
/// </summary>
[Alias("Trace")]
public interface ITraceGrain : IGrainWithStringKey
{
    /// <summary>Leaves a trace, and answers which of others it meets. The same is left once.</summary>
    Task<ImmutableArray<TraceView>> Leave(TraceView trace);

    /// <summary>Takes away what a ticket, or a customer without one, left here. Repeating it is harmless.</summary>
    Task Forget(string customerId, string ticketId);
}

/// <summary>A trace; see <see cref="Domain.Remedies.Trace"/>.</summary>
/// <param name="Mark">The sketch of a picture; empty for what is known by its place alone.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="TicketId">The ticket; empty when it isn't about one.</param>
/// <param name="At">When.</param>
/// <param name="Times">How often the customer was given something in 30 days.</param>
/// <param name="DayFen">How much on the day, in fen.</param>
/// <param name="Day">Which day.</param>
[GenerateSerializer, Immutable, Alias("TraceView")]
public sealed record TraceView(
    [property: Id(0)] string Mark,
    [property: Id(1)] string CustomerId,
    [property: Id(2)] string TicketId,
    [property: Id(3)] DateTimeOffset At,
    [property: Id(4)] int Times = 0,
    [property: Id(5)] long DayFen = 0,
    [property: Id(6)] DateOnly Day = default);
