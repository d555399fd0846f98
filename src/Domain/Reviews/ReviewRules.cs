using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Reviews;

/// <summary>What was decided without a person.</summary>
public enum DecisionKind
{
    /// <summary>What a message is about, how urgent it is, and its mood.</summary>
    Triage,

    /// <summary>What the bot answered.</summary>
    Answer,

    /// <summary>What the customer was given.</summary>
    Remedy,
}

/// <summary>How a review stands.</summary>
public enum ReviewState
{
    /// <summary>Nobody judged it yet.</summary>
    Waiting,

    /// <summary>Somebody did.</summary>
    Judged,

    /// <summary>Nobody did in time.</summary>
    Lapsed,
}

/// <summary>What a message is taken to be.</summary>
public readonly record struct Meaning(Category Category, Urgency Urgency, Sentiment Sentiment);

/// <summary>What an inspector says of a decision.</summary>
/// <param name="Right">Whether it was right; of an answer, whether it was right and helpful.</param>
/// <param name="Meaning">What the message means in truth; for a wrong triage alone.</param>
/// <param name="Reason">Why it was wrong.</param>
public sealed record Judgement(bool Right, Meaning? Meaning = null, string? Reason = null);

/// <summary>Which decisions are looked at by a person, and what the person may say of them.</summary>
public static class ReviewRules
{
    /// <summary>So many of a hundred decisions are looked at, unless the campus says otherwise.</summary>
    public const int UsualPercent = 7;

    /// <summary>How many days after that of the decision it may be judged; what nobody judged then has lapsed.</summary>
    public const int OpenDays = 7;

    /// <summary>How many days reviews and corrections are kept.</summary>
    public const int KeptDays = 90;

    /// <summary>Most decisions of one campus and day that are looked at.</summary>
    public const int MaximumPerDay = 2_000;

    /// <summary>The longest reason, and as much of a corrected text is kept.</summary>
    public const int MaximumText = 300;

    private const int Shares = 10_000;

    /// <summary>Whether a person looks at a decision: by a hash of the ticket and the decision's seq, so that it is the same wherever and whenever it is asked.</summary>
    public static bool IsChosen(string ticketId, long seq, int percent) => Share(ticketId, seq) < percent * (Shares / 100);

    /// <summary>Whether a decision of a day can't be judged any more.</summary>
    public static bool HasLapsed(DateOnly day, DateTimeOffset now) => Today(now) > day.AddDays(OpenDays);

    /// <summary>Whether the reviews of a day are forgotten.</summary>
    public static bool IsOver(DateOnly day, DateTimeOffset now) => Today(now) > day.AddDays(KeptDays);

    /// <summary>The day that a decision belongs to, by UTC.</summary>
    public static DateOnly Today(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    /// <summary>What is wrong with a judgement; null when it can be taken.</summary>
    public static Decision? Fault(DecisionKind kind, Meaning decided, Judgement judgement)
    {
        if (judgement.Reason is { Length: > MaximumText }) return Invalid("reason", $"A reason has at most {MaximumText} characters.");
        if (judgement.Right) return judgement.Meaning is null || judgement.Meaning == decided ? null : Invalid("right", "What is right needs no correction. Say that it is wrong, or leave the correction out.");
        if (kind != DecisionKind.Triage)
            return judgement.Meaning is not null ? Invalid("category", "An answer or a remedy is corrected by a reason alone.")
                : string.IsNullOrWhiteSpace(judgement.Reason) ? Invalid("reason", "Say in a few words what was wrong with it.")
                : null;
        return judgement.Meaning is { } meant && meant != decided ? null : Invalid("category", "Say what the message means in truth: another category, urgency or sentiment than was decided.");
    }

    // FNV-1a (Fowler, Noll, Vo; 64 bits), then mixed once more, since neighbouring seqs differ in its last step alone.
    private static int Share(string ticketId, long seq)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in ticketId) hash = (hash ^ unit) * 1099511628211UL;
        hash = (hash ^ (ulong)seq) * 1099511628211UL;
        hash ^= hash >> 32;
        hash *= 0x9E3779B97F4A7C15UL;
        return (int)((hash >> 32) % Shares);
    }

    private static Decision Invalid(string field, string detail) => Decision.Refuse(RefusalCode.Invalid, detail, field);
}
