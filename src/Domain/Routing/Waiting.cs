using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Routing;

/// <summary>A ticket in the line.</summary>
/// <param name="TicketId">Ties are broken by it, so that the order is total.</param>
/// <param name="PriorityKey">See <see cref="Priority"/>.</param>
/// <param name="Demand">Whom it needs now.</param>
/// <param name="NotAgents">Agents who declined it: asked last.</param>
/// <param name="Ring">How far it has relaxed: 0 is what it asked for.</param>
public sealed record Waiting(string TicketId, long PriorityKey, Demand Demand, ImmutableArray<string> NotAgents, int Ring = 0);

/// <summary>An agent who can take something.</summary>
/// <param name="AgentId">Ties are broken by it.</param>
/// <param name="Skills">What the agent can do.</param>
/// <param name="Capacity">Slots in all, of each medium.</param>
/// <param name="Free">Slots that can be reserved now, see <see cref="Room.Free"/>.</param>
/// <param name="IdleSince">Since when (Unix time in milliseconds) the agent got nothing new.</param>
/// <param name="Records">How the agent did, by category.</param>
public sealed record Candidate(
    string AgentId, ImmutableArray<SkillLevel> Skills, Room Capacity, Room Free, long IdleSince, ImmutableDictionary<Category, AgentRecord> Records)
{
    /// <summary>Counts the queue's turns; set by the queue's matcher when it takes a slot.</summary>
    public long LastTurn { get; init; }

    /// <summary>The queue for whose next call the agent is kept, see <see cref="CallKeeping"/>; null: for none.</summary>
    public string? KeptBy { get; init; }

    /// <summary>Whether a call is in the agent's hands, or on offer to them.</summary>
    public bool OnCall { get; init; }

    /// <summary>The agent for one queue: who is kept for another one's call takes no call here.</summary>
    public Candidate For(string queue) => KeptBy is null || KeptBy == queue ? this : this with { Free = Free with { Calls = 0 } };

    /// <summary>The taken share of the capacity, see <see cref="Room.Load"/>.</summary>
    public double Load => Room.Load(Capacity, Free);

    /// <summary>The level in a skill; 0 without it.</summary>
    public int LevelOf(string skill)
    {
        foreach (var has in Skills)
            if (has.Skill == skill) return has.Level;
        return 0;
    }
}

/// <summary>A ticket, the agent who should get it, and how that was decided.</summary>
public readonly record struct Match(Waiting Ticket, Candidate Agent, Explanation Why);

/// <summary>Why this agent: what was asked, and who else could have had it.</summary>
/// <param name="Strategy">How the queue chooses.</param>
/// <param name="Ring">How far the ticket had relaxed.</param>
/// <param name="Eligible">How many free agents could have taken it.</param>
/// <param name="Best">The first few of them with their scores, the chosen one first.</param>
public sealed record Explanation(Strategies.StrategyName Strategy, int Ring, int Eligible, ImmutableArray<ScoredAgent> Best);

/// <summary>An agent's score, and what it is made of.</summary>
public sealed record ScoredAgent(string AgentId, double Score, double Load, double Merit, ImmutableArray<SkillLevel> Levels)
{
    /// <summary>What breaks ties: since when (Unix time in milliseconds) the agent got nothing new.</summary>
    public long IdleSince { get; init; }
}
