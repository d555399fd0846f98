using System.Collections.Immutable;

namespace CampusCare.Domain.Remedies;

/// <summary>Who left something where it is looked for: a picture on a ticket, or a number that an account has.</summary>
/// <param name="Mark">The sketch of the picture; empty for what is looked for by its name alone.</param>
/// <param name="CustomerId">Whose.</param>
/// <param name="TicketId">The ticket; empty when it isn't about one.</param>
/// <param name="At">When.</param>
/// <param name="Times">How often the customer was given something in <see cref="RemedyAccount.Window"/>.</param>
/// <param name="DayFen">How much on the day, in fen.</param>
/// <param name="Day">Which day.</param>
public sealed record Trace(string Mark, string CustomerId, string TicketId, DateTimeOffset At, int Times = 0, long DayFen = 0, DateOnly Day = default);

/// <summary>The traces of one place: few, since places are many, and forgotten in time.</summary>
public static class Traces
{
    /// <summary>How long a trace is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    /// <summary>Most traces of a place; the oldest go first.</summary>
    public const int MaximumOfPlace = 500;

    /// <summary>With one more, or one renewed; what is too old is gone.</summary>
    public static ImmutableArray<Trace> With(ImmutableArray<Trace> known, Trace trace) =>
        [.. known.Where(other => other.At > trace.At - KeptFor && !IsSame(other, trace)).TakeLast(MaximumOfPlace - 1), trace];

    /// <summary>Those of others that a trace meets: a like picture on another ticket, or another customer's account.</summary>
    public static ImmutableArray<Trace> Met(ImmutableArray<Trace> known, Trace trace) =>
        [.. known.Where(other => other.At > trace.At - KeptFor && (trace.TicketId.Length == 0 ? other.CustomerId != trace.CustomerId : other.TicketId != trace.TicketId && AreLike(other.Mark, trace.Mark)))];

    private static bool IsSame(Trace one, Trace other) => one.CustomerId == other.CustomerId && one.TicketId == other.TicketId && one.Mark == other.Mark;

    private static bool AreLike(string one, string other) => PictureSketch.Parse(one) is { } known && PictureSketch.Parse(other) is { } seen && known.IsLike(seen);
}
