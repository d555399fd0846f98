using System.Collections.Immutable;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;

namespace CampusCare.Gateway.UseCases;

/// <summary>Why a ticket waited, and why it went to whom; told to staff.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Waits">Each stretch of waiting, in order.</param>
/// <param name="Decisions">Each offer, in order.</param>
public sealed record RoutingStory(string TicketId, ImmutableArray<WaitingStretch> Waits, ImmutableArray<RoutingDecision> Decisions);

/// <summary>How a stretch of waiting began.</summary>
public enum WaitBegan { Arrived, Reopened, HandedOver, AgentGone, Declined, Missed, TakenBack }

/// <summary>How a stretch of waiting ended.</summary>
public enum WaitEnded { Offered, Closed }

/// <summary>A stretch of waiting.</summary>
/// <param name="Since">When it began.</param>
/// <param name="Until">When it ended; null while it lasts.</param>
/// <param name="Began">Why it began.</param>
/// <param name="Ended">Why it ended; null while it lasts.</param>
/// <param name="Why">What it waited for, in a sentence.</param>
public sealed record WaitingStretch(DateTimeOffset Since, DateTimeOffset? Until, WaitBegan Began, WaitEnded? Ended, string Why);

/// <summary>A decision of a queue, and what came of it.</summary>
/// <param name="Seq">The ticket's event.</param>
/// <param name="At">When the offer was stored.</param>
/// <param name="AgentId">Who was chosen.</param>
/// <param name="AgentName">The agent's name.</param>
/// <param name="Explanation">The figures: strategy, ring, how many could have had it, the best of them with their scores; null where they weren't journaled.</param>
/// <param name="Why">The same in a sentence.</param>
/// <param name="Outcome">Pending, Accepted, Rejected, TimedOut, Rescinded or Canceled.</param>
/// <param name="EndedAt">When that was; null while pending.</param>
/// <param name="Reason">What the agent said to it, or the system.</param>
public sealed record RoutingDecision(
    long Seq,
    DateTimeOffset At,
    string AgentId,
    string? AgentName,
    MatchExplanation? Explanation,
    string Why,
    ReservationState Outcome,
    DateTimeOffset? EndedAt,
    string? Reason);
