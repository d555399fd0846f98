using System.Collections.Immutable;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Replay;

/// <summary>
/// What queues were told: of an agent, or of their own settings. Stored for ever under its type's name, so a member may
/// be added with a default, but never renamed or removed.
/// </summary>
public abstract record StaffEvent;

/// <summary>Who an agent is, as queues see it.</summary>
/// <param name="Queues">Those that the agent serves.</param>
/// <param name="Skills">What the agent can do; teams count as skills.</param>
/// <param name="Capacity">What the agent takes at once.</param>
public sealed record AgentSet(ImmutableArray<string> Queues, ImmutableArray<SkillLevel> Skills, Room Capacity) : StaffEvent;

/// <summary>What an agent does now, and how the agent did so far.</summary>
public sealed record StatusSet(AgentStatus Status, ImmutableArray<Experience> Records) : StaffEvent;

/// <summary>How an agent did so far: told from time to time, since not all that counts stands in tickets' events.</summary>
public sealed record RecordsSet(ImmutableArray<Experience> Records) : StaffEvent;

/// <summary>For which queue's next call an agent is kept (<see cref="CallKeeping"/>); null: for none. Getting a call, or another status, ends it too.</summary>
public sealed record KeptSet(string? Queue) : StaffEvent;

/// <summary>An agent's record in a category, see <see cref="AgentRecord"/>.</summary>
public sealed record Experience(Category Category, double HandleSeconds, double SolvedAtFirst, int Count);

/// <summary>The campus's queues, all of them.</summary>
public sealed record QueuesSet(ImmutableArray<QueuePolicy> Queues) : StaffEvent;

/// <summary>How a queue decides.</summary>
/// <param name="Queue">Its id.</param>
/// <param name="Strategy">How it chooses among those who can serve.</param>
/// <param name="Rings">How a waiting ticket becomes less choosy.</param>
/// <param name="StickySeconds">How long a ticket waits for who served this customer last.</param>
/// <param name="OfferSeconds">How long an agent may think about an offer: its deadline tells when it was decided.</param>
public sealed record QueuePolicy(string Queue, StrategyName Strategy, ImmutableArray<Ring> Rings, int StickySeconds, int OfferSeconds);

/// <summary>Somebody asked for all data of a customer, or for their erasure.</summary>
public sealed record DataRequested(string CustomerId, DataRequestKind Kind, string By) : StaffEvent;
