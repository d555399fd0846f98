using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Triage;

namespace CampusCare.Contracts.Queues;

/// <summary>A ticket that waits.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Seq">The ticket's seq when it began (or went on) to wait: makes reservation ids unique per round.</param>
/// <param name="PriorityKey">The static order key, see Domain's Priority; smaller is served earlier.</param>
/// <param name="WaitingSince">When the customer began to wait.</param>
/// <param name="Requirements">The skills that an agent needs, each at least at the level.</param>
/// <param name="Category">What it is about.</param>
/// <param name="NotAgents">Agents who declined or missed it: asked again only when nobody else is there.</param>
/// <param name="LastAgent">Who served this customer last; null when nobody did.</param>
[GenerateSerializer, Immutable, Alias("WaitingTicket")]
public sealed record WaitingTicket(
    [property: Id(0)] string TicketId,
    [property: Id(1)] long Seq,
    [property: Id(2)] long PriorityKey,
    [property: Id(3)] DateTimeOffset WaitingSince,
    [property: Id(4)] ImmutableArray<SkillNeed> Requirements,
    [property: Id(5)] Category Category,
    [property: Id(6)] ImmutableArray<string> NotAgents,
    [property: Id(7)] string? LastAgent = null)
{
    /// <summary>Skills that would be good to have.</summary>
    [Id(8)] public ImmutableArray<SkillNeed> Wishes { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How long it waits for <see cref="LastAgent"/> alone.</summary>
    [Id(9)] public int PatienceSeconds { get; init; }

    /// <summary>What it takes of an agent's capacity.</summary>
    [Id(10)] public Medium Medium { get; init; }

    /// <summary>When the first of its clocks runs out; null when none runs.</summary>
    [Id(11)] public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>The campus that asks for help with it; null in its own campus.</summary>
    [Id(12)] public string? Home { get; init; }
}

/// <summary>A skill and a level (1–5): what a ticket needs at least, or what an agent has.</summary>
[GenerateSerializer, Immutable, Alias("SkillNeed")]
public sealed record SkillNeed([property: Id(0)] string Skill, [property: Id(1)] int Level);

/// <summary>Where a ticket stands in its line.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Position">1 for the next one; 0 while it is offered to an agent.</param>
/// <param name="Waiting">How many wait in the line.</param>
/// <param name="ExpectedWaitSeconds">EWT; null when no agent is at work.</param>
[GenerateSerializer, Immutable, Alias("QueuePlace")]
public sealed record QueuePlace(
    [property: Id(0)] string TicketId,
    [property: Id(1)] int Position,
    [property: Id(2)] int Waiting,
    [property: Id(3)] double? ExpectedWaitSeconds)
{
    /// <summary>Nine of ten wait longer than this; null with <see cref="ExpectedWaitSeconds"/>.</summary>
    [Id(4)] public double? LowSeconds { get; init; }

    /// <summary>Nine of ten wait shorter than this; null with <see cref="ExpectedWaitSeconds"/>.</summary>
    [Id(5)] public double? HighSeconds { get; init; }

    /// <summary>When the queue opens; null when it is open.</summary>
    [Id(6)] public DateTimeOffset? OpensAt { get; init; }

    /// <summary>The line is as long as the campus lets people wait in it: keep the place and be called back.</summary>
    [Id(7)] public bool IsFull { get; init; }

    /// <summary>Of two places of one ticket, the one with the larger version is the newer.</summary>
    [Id(8)] public long Version { get; init; }
}

/// <summary>A ticket's clock ran out, or it was handed to the next line: what supervisors should see at once.</summary>
/// <param name="Campus">The tenant.</param>
/// <param name="TicketId">The ticket.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="Kind">Which clock; Tier for an escalation.</param>
/// <param name="DueAt">When it ran out.</param>
/// <param name="AgentId">Who has the ticket; null when nobody has.</param>
/// <param name="Seq">The ticket's seq after it.</param>
[GenerateSerializer, Immutable, Alias("ClockAlert")]
public sealed record ClockAlert(
    [property: Id(0)] string Campus,
    [property: Id(1)] string TicketId,
    [property: Id(2)] string Queue,
    [property: Id(3)] ClockKind Kind,
    [property: Id(4)] DateTimeOffset DueAt,
    [property: Id(5)] string? AgentId,
    [property: Id(6)] long Seq);

/// <summary>How many alerts are told at once.</summary>
public static class AlertLimits
{
    /// <summary>Of one queue.</summary>
    public const int OfQueue = 200;
}

/// <summary>Why this agent: what the queue chose from, and how.</summary>
/// <param name="Strategy">How the queue chooses.</param>
/// <param name="Ring">How far the ticket had relaxed: 0 is what it asked for.</param>
/// <param name="Eligible">How many free agents could have taken it.</param>
/// <param name="Best">The first few of them, the chosen one first.</param>
[GenerateSerializer, Immutable, Alias("MatchExplanation")]
public sealed record MatchExplanation(
    [property: Id(0)] StrategyName Strategy,
    [property: Id(1)] int Ring,
    [property: Id(2)] int Eligible,
    [property: Id(3)] ImmutableArray<CandidateScore> Best);

/// <summary>An agent's score, and what it is made of: load in [0, 1], merit in [−1, 1] (see Domain's AgentRecord), levels of the needed skills.</summary>
[GenerateSerializer, Immutable, Alias("CandidateScore")]
public sealed record CandidateScore(
    [property: Id(0)] string AgentId,
    [property: Id(1)] double Score,
    [property: Id(2)] double Load,
    [property: Id(3)] double Merit,
    [property: Id(4)] ImmutableArray<SkillNeed> Levels)
{
    /// <summary>What breaks ties: since when (Unix time in milliseconds) the agent got nothing new.</summary>
    [Id(5)] public long IdleSince { get; init; }
}

/// <summary>One agent holds a slot for one ticket.</summary>
[GenerateSerializer, Immutable, Alias("Reservation")]
public sealed record Reservation(
    [property: Id(0)] string ReservationId,
    [property: Id(1)] string TicketId,
    [property: Id(2)] string Queue,
    [property: Id(3)] string AgentId,
    [property: Id(4)] string AgentName,
    [property: Id(5)] DateTimeOffset ExpiresAt,
    [property: Id(6)] string Why,
    [property: Id(7)] MatchExplanation? Explanation = null,
    [property: Id(8)] bool AutoAccept = false)
{
    /// <summary>Which of the agent's slots; null until the agent granted it.</summary>
    [Id(9)] public string? Slot { get; init; }

    /// <summary>What it takes of the agent's capacity.</summary>
    [Id(10)] public Medium Medium { get; init; }

    /// <summary>The ticket's campus, when the agent is lent to it; null in the agent's own campus.</summary>
    [Id(11)] public string? Home { get; init; }
}

/// <summary>A queue's figures at one moment.</summary>
[GenerateSerializer, Immutable, Alias("QueueFigures")]
public sealed record QueueFigures(
    [property: Id(0)] string Queue,
    [property: Id(1)] int Waiting,
    [property: Id(2)] int Offered,
    [property: Id(3)] double LongestWaitSeconds,
    [property: Id(4)] int AgentsAvailable,
    [property: Id(5)] int FreeSlots,
    [property: Id(6)] long AssignedSinceStart,
    [property: Id(7)] double? ExpectedWaitSeconds);
