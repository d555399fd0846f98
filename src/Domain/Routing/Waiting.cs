using System.Collections.Immutable;

namespace CampusCare.Domain.Routing;

/// <summary>A ticket in the line.</summary>
/// <param name="TicketId">Ties are broken by it, so that the order is total.</param>
/// <param name="PriorityKey">See <see cref="Priority"/>.</param>
/// <param name="Requirements">All are needed, each at least at its level.</param>
/// <param name="NotAgents">Agents who declined it: asked last.</param>
public sealed record Waiting(string TicketId, long PriorityKey, ImmutableArray<SkillLevel> Requirements, ImmutableArray<string> NotAgents);

/// <summary>An agent who can take something.</summary>
/// <param name="AgentId">Ties are broken by it.</param>
/// <param name="Skills">What the agent can do.</param>
/// <param name="Capacity">Slots in all, at least 1.</param>
/// <param name="Free">Slots that can be reserved now.</param>
/// <param name="IdleSinceMilliseconds">Since when (Unix time) the agent got nothing new.</param>
public sealed record Candidate(string AgentId, ImmutableArray<SkillLevel> Skills, int Capacity, int Free, long IdleSinceMilliseconds);

/// <summary>A ticket and the agent who should get it, with the reason in words.</summary>
public readonly record struct Match(Waiting Ticket, Candidate Agent, string Why);
