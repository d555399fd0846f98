using System.Collections.Immutable;
using CampusCare.Domain.Remedies;

namespace CampusCare.Domain.Tickets;

/// <summary>How a remedy stands.</summary>
public enum RemedyState
{
    /// <summary>An agent granted it, and a second person has to approve.</summary>
    Asked,

    /// <summary>It is to be paid: the payment provider is asked until it answers.</summary>
    Paying,

    /// <summary>The customer has it.</summary>
    Paid,

    /// <summary>It will not be paid.</summary>
    Failed,

    /// <summary>It was taken back before anybody was asked to pay.</summary>
    TakenBack,
}

/// <summary>How an attempt to pay ended.</summary>
public enum RemedyEnd
{
    /// <summary>It is paid, now or by an earlier attempt.</summary>
    Paid,

    /// <summary>Nobody knows whether it is paid: it is asked again, under the same key.</summary>
    Later,

    /// <summary>The provider will never pay it.</summary>
    Refused,

    /// <summary>The customer's account had given it up as lost.</summary>
    Lapsed,
}

/// <summary>Why a remedy was not paid.</summary>
public enum RemedyFault
{
    /// <summary>The provider refused for good.</summary>
    Refused,

    /// <summary>The provider never gave an answer. It may have paid, so the remedy goes on counting.</summary>
    NoAnswer,

    /// <summary>The account heard of the decision too late.</summary>
    Lapsed,
}

/// <summary>What a remedy gives.</summary>
/// <param name="Key">The ticket's id and the seq of the decision: under this key it is paid once, however often it is asked for.</param>
/// <param name="Kind">What.</param>
/// <param name="Fen">How much, in fen.</param>
public sealed record RemedyGift(string Key, RemedyKind Kind, long Fen);

/// <summary>A remedy of a ticket as its events left it.</summary>
/// <param name="Gift">What it gives.</param>
/// <param name="Order">For which order.</param>
/// <param name="Rule">By which rule of the policy.</param>
/// <param name="PolicyVersion">By which version of the campus's settings.</param>
/// <param name="At">When it was decided.</param>
/// <param name="State">How it stands.</param>
public sealed record Remedy(RemedyGift Gift, string Order, string Rule, long PolicyVersion, DateTimeOffset At, RemedyState State)
{
    /// <summary>The agent who granted it; null when nobody did.</summary>
    public string? GrantedBy { get; init; }

    /// <summary>The second person; null when none was needed, or none approved yet.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>How often the provider was asked.</summary>
    public int Attempts { get; init; }

    /// <summary>When the provider is asked next.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was paid; null before that.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>Why it was not paid; null unless it failed.</summary>
    public RemedyFault? Fault { get; init; }

    /// <summary>Whether the customer has it, will have it, or may have it.</summary>
    public bool Counts => State is RemedyState.Asked or RemedyState.Paying or RemedyState.Paid || Fault == RemedyFault.NoAnswer;
}

/// <summary>A ticket's remedies, oldest first.</summary>
public static class TicketRemedies
{
    extension(ImmutableArray<Remedy> remedies)
    {
        /// <summary>The remedy of a key.</summary>
        public Remedy? Of(string key) => remedies.FirstOrDefault(remedy => remedy.Gift.Key == key);

        /// <summary>With one more, or one changed.</summary>
        public ImmutableArray<Remedy> With(Remedy changed) =>
            remedies.Of(changed.Gift.Key) is { } known ? remedies.Replace(known, changed) : remedies.Add(changed);

        /// <summary>The one that is to be paid next.</summary>
        public Remedy? NextToPay => remedies.Where(static remedy => remedy.State == RemedyState.Paying).MinBy(static remedy => remedy.DueAt);

        /// <summary>The keys of those that count.</summary>
        public ImmutableArray<string> Counting => [.. remedies.Where(static remedy => remedy.Counts).Select(static remedy => remedy.Gift.Key)];
    }
}
