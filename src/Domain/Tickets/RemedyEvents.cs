using System.Collections.Immutable;
using CampusCare.Domain.Remedies;

namespace CampusCare.Domain.Tickets;

/// <summary>Policy would give something that nobody may give without a person: the agent sees it and may grant it.</summary>
/// <param name="Order">For which order.</param>
/// <param name="Kind">What.</param>
/// <param name="Fen">How much, in fen.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="PolicyVersion">By which version of the campus's settings.</param>
/// <param name="Needs">Who must grant it.</param>
/// <param name="Reason">Why it isn't given without a person.</param>
/// <param name="GivenBefore">How often the customer was given something lately: whoever asks often should be looked at.</param>
public sealed record RemedyProposed(
    string Order, RemedyKind Kind, long Fen, string Rule, long PolicyVersion, RemedyAuthority Needs, RemedyReason Reason, int GivenBefore) : TicketEvent
{
    /// <summary>Why a person should look at it.</summary>
    public ImmutableArray<RemedyDoubt> Doubts { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Whether it says the same as another one.</summary>
    public bool IsSame(RemedyProposed? other) => other is not null && Doubts.SequenceEqual(other.Doubts) && this with { Doubts = other.Doubts } == other;
}

/// <summary>A supervisor looked at what made a person look, and found nothing in it.</summary>
/// <param name="SupervisorId">Who looked.</param>
/// <param name="Doubts">At what.</param>
public sealed record DoubtsCleared(string SupervisorId, ImmutableArray<RemedyDoubt> Doubts) : TicketEvent;

/// <summary>A remedy was decided. Unless a second person has to approve, it is paid from here on.</summary>
/// <param name="Gift">What.</param>
/// <param name="Order">For which order.</param>
/// <param name="Rule">By which rule.</param>
/// <param name="PolicyVersion">By which version of the campus's settings.</param>
/// <param name="NeedsApproval">Whether a second person has to approve.</param>
/// <param name="AgentId">Who granted it; null: policy alone.</param>
public sealed record RemedyDecided(RemedyGift Gift, string Order, string Rule, long PolicyVersion, bool NeedsApproval = false, string? AgentId = null) : TicketEvent;

/// <summary>A second person approved: it is paid from here on.</summary>
public sealed record RemedyApproved(RemedyGift Gift, string SupervisorId) : TicketEvent;

/// <summary>The payment provider gave no answer; it is asked again, under the same key.</summary>
public sealed record RemedyDelayed(RemedyGift Gift, int Attempts, DateTimeOffset NextAt) : TicketEvent;

/// <summary>The payment provider paid.</summary>
public sealed record RemedyPaid(RemedyGift Gift, int Attempts) : TicketEvent;

/// <summary>It will not be paid.</summary>
public sealed record RemedyFailed(RemedyGift Gift, int Attempts, RemedyFault Fault) : TicketEvent;

/// <summary>It was taken back before anybody was asked to pay.</summary>
/// <param name="Gift">What.</param>
/// <param name="ById">Who took it back.</param>
/// <param name="By">The side of who took it back.</param>
public sealed record RemedyTakenBack(RemedyGift Gift, string ById, Author By) : TicketEvent;
