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
/// <param name="Capacity">How many tickets at once, 1–20.</param>
[GenerateSerializer, Immutable, Alias("AgentProfile")]
public sealed record AgentProfile(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<string> Queues,
    [property: Id(3)] ImmutableArray<SkillNeed> Skills,
    [property: Id(4)] int Capacity);

/// <summary>The agent's own word, with a reason where one is asked for (Break, Offline…).</summary>
[GenerateSerializer, Immutable, Alias("SetStatus")]
public sealed record SetStatus([property: Id(0)] AgentStatus Status, [property: Id(1)] string? Reason = null);

/// <summary>What an agent can take now, told to the queues that the agent serves.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Name">Shown to customers.</param>
/// <param name="Skills">Levels 1–5.</param>
/// <param name="Capacity">Slots in all.</param>
/// <param name="AtWork">Whether the agent is available at all.</param>
/// <param name="Free">Slots that can be reserved now; 0 when not at work.</param>
/// <param name="IdleSince">Since when the agent got nothing new.</param>
/// <param name="HandleSeconds">How long a ticket held one of the agent's slots lately, on average; 0 when unknown.</param>
/// <param name="Records">The agent's record in each category; those not listed count as average.</param>
/// <param name="Version">Counts the agent's changes; an older word never replaces a newer one.</param>
[GenerateSerializer, Immutable, Alias("AgentAvailability")]
public sealed record AgentAvailability(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string Name,
    [property: Id(2)] ImmutableArray<SkillNeed> Skills,
    [property: Id(3)] int Capacity,
    [property: Id(4)] bool AtWork,
    [property: Id(5)] int Free,
    [property: Id(6)] DateTimeOffset IdleSince,
    [property: Id(7)] double HandleSeconds,
    [property: Id(8)] long Version,
    [property: Id(9)] ImmutableArray<CategoryRecord> Records);

/// <summary>How fast and how well an agent solves tickets of a category, see Domain's AgentRecord.</summary>
[GenerateSerializer, Immutable, Alias("CategoryRecord")]
public sealed record CategoryRecord(
    [property: Id(0)] Category Category,
    [property: Id(1)] double HandleSeconds,
    [property: Id(2)] double SolvedAtFirst,
    [property: Id(3)] int Count);

/// <summary>Whether the slot was granted, and what is left.</summary>
[GenerateSerializer, Immutable, Alias("ReserveAnswer")]
public sealed record ReserveAnswer([property: Id(0)] bool Granted, [property: Id(1)] AgentAvailability Agent);

/// <summary>A journaled offer, with all that the agent should see before answering.</summary>
[GenerateSerializer, Immutable, Alias("TicketNewsForAgent")]
public sealed record TicketNewsForAgent([property: Id(0)] Reservation Reservation, [property: Id(1)] TicketView Ticket);

/// <summary>How a slot of an agent changed: the reservation's new state.</summary>
[GenerateSerializer, Immutable, Alias("SlotChange")]
public sealed record SlotChange(
    [property: Id(0)] string ReservationId,
    [property: Id(1)] ReservationState State,
    [property: Id(2)] TicketView Ticket);

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
    [property: Id(7)] ImmutableArray<TicketView> Tickets);

/// <summary>News for an agent's connections: the desk after the change, with the offer that came or went.</summary>
[GenerateSerializer, Immutable, Alias("AgentNews")]
public sealed record AgentNews(
    [property: Id(0)] string Campus,
    [property: Id(1)] string AgentId,
    [property: Id(2)] AgentDesk Desk,
    [property: Id(3)] TicketNewsForAgent? Offered = null,
    [property: Id(4)] string? WithdrawnReservationId = null);
