using System.Collections.Immutable;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Triage;

namespace CampusCare.Contracts.Agents;

/// <summary>Who an agent is.</summary>
/// <param name="AgentId">Unique in the campus.</param>
/// <param name="Name">Shown to customers.</param>
/// <param name="Queues">The queues that the agent serves.</param>
/// <param name="Skills">Levels 1–5.</param>
/// <param name="Capacity">How many chats at once, 0–20.</param>
/// <param name="Calls">How many calls at once, 0–1.</param>
/// <param name="Forms">How many forms at once, 0–50.</param>
[GenerateSerializer, Immutable, Alias("AgentProfile")]
public sealed record AgentProfile(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string Name,
    ImmutableArray<string> Queues,
    ImmutableArray<SkillNeed> Skills,
    [property: Id(4)] int Capacity,
    [property: Id(5)] int Calls = 1,
    [property: Id(6)] int Forms = 10)
{
    /// <summary>The queues that the agent serves.</summary>
    [Id(2)] public ImmutableArray<string> Queues { get; init => field = value.OrEmpty(); } = Queues.OrEmpty();

    /// <summary>Levels 1–5.</summary>
    [Id(3)] public ImmutableArray<SkillNeed> Skills { get; init => field = value.OrEmpty(); } = Skills.OrEmpty();

    /// <summary>The teams that the agent belongs to, by name (see Domain's Pods).</summary>
    [Id(7)] public ImmutableArray<string> Pods { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Grows with each change; set by the agent.</summary>
    [Id(8)] public long Version { get; init; }

    /// <summary>Whether the agent answers no longer: nothing is offered, and nobody can sign in to work as this one.</summary>
    [Id(9)] public bool Retired { get; init; }

    /// <summary>Whether both say the same, whichever version they are.</summary>
    public bool SaysTheSameAs(AgentProfile other) =>
        (AgentId, Name, Capacity, Calls, Forms, Retired) == (other.AgentId, other.Name, other.Capacity, other.Calls, other.Forms, other.Retired)
        && Queues.AsSpan().SequenceEqual(other.Queues.AsSpan()) && Skills.AsSpan().SequenceEqual(other.Skills.AsSpan()) && Pods.AsSpan().SequenceEqual(other.Pods.AsSpan());
}

/// <summary>How much of each an agent has: in all, or free.</summary>
[GenerateSerializer, Immutable, Alias("AgentRoom")]
public sealed record AgentRoom([property: Id(0)] int Chats, [property: Id(1)] int Calls, [property: Id(2)] int Forms);

/// <summary>The agent's own word, with a reason where one is asked for (Break, Offline…).</summary>
[GenerateSerializer, Immutable, Alias("SetStatus")]
public sealed record SetStatus([property: Id(0)] AgentStatus Status, [property: Id(1)] string? Reason = null);

/// <summary>What an agent can take now, told to the queues that the agent serves.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Name">Shown to customers.</param>
/// <param name="Skills">Levels 1–5.</param>
/// <param name="Capacity">What the agent takes at once.</param>
/// <param name="AtWork">Whether the agent is available at all.</param>
/// <param name="Free">What can be reserved now; nothing when not at work.</param>
/// <param name="IdleSince">Since when the agent got nothing new.</param>
/// <param name="HandleSeconds">How long a ticket held one of the agent's slots lately, on average; 0 when unknown.</param>
/// <param name="Records">The agent's record in each category; those not listed count as average.</param>
/// <param name="Version">Counts the agent's changes; an older word never replaces a newer one.</param>
/// <param name="Held">How many tickets hold a slot: somebody must look after them, also when the agent is not at work.</param>
/// <param name="Lent">How many of these are of other campuses.</param>
[GenerateSerializer, Immutable, Alias("AgentAvailability")]
public sealed record AgentAvailability(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<SkillNeed> Skills,
    [property: Id(3)] AgentRoom Capacity,
    [property: Id(4)] bool AtWork,
    [property: Id(5)] AgentRoom Free,
    [property: Id(6)] DateTimeOffset IdleSince,
    [property: Id(7)] double HandleSeconds,
    [property: Id(8)] long Version,
    [property: Id(9)] ImmutableArray<CategoryRecord> Records,
    [property: Id(10)] int Held = 0,
    [property: Id(11)] int Lent = 0)
{
    /// <summary>The queue for whose next call the agent is kept; null: for none.</summary>
    [Id(12)] public string? KeptBy { get; init; }

    /// <summary>Whether a call is in the agent's hands, or on offer to them.</summary>
    [Id(13)] public bool OnCall { get; init; }
}

/// <summary>How fast and how well an agent solves tickets of a category, see Domain's AgentRecord.</summary>
[GenerateSerializer, Immutable, Alias("CategoryRecord")]
public sealed record CategoryRecord(
    [property: Id(0)] Category Category,
    [property: Id(1)] double HandleSeconds,
    [property: Id(2)] double SolvedAtFirst,
    [property: Id(3)] int Count);

/// <summary>Whether a slot was granted, which one, and what is left.</summary>
[GenerateSerializer, Immutable, Alias("ReserveAnswer")]
public sealed record ReserveAnswer([property: Id(0)] bool Granted, [property: Id(1)] AgentAvailability Agent, [property: Id(2)] string? Slot = null)
{
    /// <summary>Why not; null when it was granted.</summary>
    [Id(3)] public ReserveRefusal? Refusal { get; init; }
}

/// <summary>Why an agent grants no slot: there is none free, or the agent doesn't serve the queue that asks (any more).</summary>
public enum ReserveRefusal { NoRoom, NotOfQueue }

/// <summary>A journaled offer, with all that the agent should see before answering.</summary>
[GenerateSerializer, Immutable, Alias("TicketNewsForAgent")]
public sealed record TicketNewsForAgent([property: Id(0)] Reservation Reservation, [property: Id(1)] TicketView Ticket);

/// <summary>How a slot of an agent changed: the reservation's new state.</summary>
[GenerateSerializer, Immutable, Alias("SlotChange")]
public sealed record SlotChange(
    [property: Id(0)] string ReservationId,
    [property: Id(1)] ReservationState State,
    [property: Id(2)] TicketView Ticket,
    [property: Id(3)] string? Slot = null);

/// <summary>The agent as the workspace shows it.</summary>
[GenerateSerializer, Immutable, Alias("AgentDesk")]
public sealed record AgentDesk(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string Name,
    [property: Id(2)] AgentStatus Status,
    [property: Id(3)] string? StatusReason,
    [property: Id(4)] RoutingState RoutingState,
    [property: Id(5)] int Capacity,
    [property: Id(6)] ImmutableArray<TicketNewsForAgent> Offers,
    [property: Id(7)] ImmutableArray<TicketView> Tickets)
{
    /// <summary>The queues that the agent serves.</summary>
    [Id(8)] public ImmutableArray<string> Queues { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How many calls at once.</summary>
    [Id(9)] public int Calls { get; init; }

    /// <summary>How many forms at once.</summary>
    [Id(10)] public int Forms { get; init; }

    /// <summary>Of two desks of one agent, the one with the larger version is the newer.</summary>
    [Id(11)] public long Version { get; init; }
}

/// <summary>News for an agent's connections: the desk after the change, with the offer that came or went.</summary>
[GenerateSerializer, Immutable, Alias("AgentNews")]
public sealed record AgentNews(
    [property: Id(0)] string Campus,
    [property: Id(1)] string AgentId,
    [property: Id(2)] AgentDesk Desk,
    [property: Id(3)] TicketNewsForAgent? Offered = null,
    [property: Id(4)] string? WithdrawnReservationId = null);
