using System.Collections.Immutable;

namespace CampusCare.Domain.Remedies;

/// <summary>What makes a person look before something is given, by name.</summary>
public enum DoubtSign
{
    /// <summary>Given something oftener than all but a few customers of the campus.</summary>
    OftenerThanUsual,

    /// <summary>Given more money than all but a few customers of the campus.</summary>
    MoreThanUsual,

    /// <summary>Given something on more of the own contacts than all but a few customers of the campus.</summary>
    MostContacts,

    /// <summary>The picture was used before, on another ticket.</summary>
    PictureSeen,

    /// <summary>Accounts with the same number or address were together given more than one customer is given without a person.</summary>
    LinkedAccounts,
}

/// <summary>A sign that a remedy may not be meant for this. It refuses nothing: a person looks.</summary>
/// <param name="Sign">What.</param>
/// <param name="Level">How much: times, fen, hundredths of the contacts, pictures, or times of all accounts together.</param>
/// <param name="TicketId">The other ticket; null when it is about none.</param>
public sealed record RemedyDoubt(DoubtSign Sign, int Level, string? TicketId = null);

/// <summary>A doubt that a supervisor looked at and found nothing in.</summary>
/// <param name="Doubt">Which.</param>
/// <param name="At">When.</param>
public sealed record ClearedDoubt(RemedyDoubt Doubt, DateTimeOffset At);

/// <summary>How much doubts weigh together, and when a person has to look.</summary>
public static class RemedyDoubts
{
    /// <summary>From this score on a person looks. One sign that nobody has looked at is enough.</summary>
    public const int Limit = 100;

    /// <summary>How long it counts that somebody looked and found nothing.</summary>
    public static readonly TimeSpan ClearedFor = TimeSpan.FromDays(90);

    /// <summary>Most doubts of one case, and most that are remembered as cleared for one customer.</summary>
    public const int Maximum = 10, MaximumCleared = 50;

    // All five signs, cleared, stay below the limit together.
    private const int Weight = 100, ClearedWeight = 15;

    /// <summary>The score: each sign counts once, and little when it was looked at before and has not grown by half since.</summary>
    public static int Score(ImmutableArray<RemedyDoubt> doubts, ImmutableArray<ClearedDoubt> cleared, DateTimeOffset now) => doubts
        .GroupBy(static doubt => doubt.Sign)
        .Sum(same => same.Max(doubt => cleared.Any(known => Covers(known, doubt, now)) ? ClearedWeight : Weight));

    /// <summary>Those that are remembered after a supervisor looked at some more.</summary>
    public static ImmutableArray<ClearedDoubt> With(ImmutableArray<ClearedDoubt> cleared, ImmutableArray<RemedyDoubt> looked, DateTimeOffset now) =>
        [.. cleared.Where(known => known.At > now - ClearedFor && !looked.Contains(known.Doubt)).Concat(looked.Select(doubt => new ClearedDoubt(doubt, now))).TakeLast(MaximumCleared)];

    private static bool Covers(ClearedDoubt known, RemedyDoubt doubt, DateTimeOffset now) =>
        known.At > now - ClearedFor && known.Doubt.Sign == doubt.Sign && known.Doubt.TicketId == doubt.TicketId && doubt.Level * 2L <= known.Doubt.Level * 3L;
}
