using System.Collections.Immutable;
using CampusCare.Contracts.Agents;
using CampusCare.Domain;

namespace CampusCare.Grains.Agents;

/// <summary>What an agent's grain keeps: who the agent is, and the agent's last word.</summary>
[GenerateSerializer, Immutable, Alias("AgentState")]
public sealed record AgentState
{
    /// <summary>Null until the agent is enrolled.</summary>
    [Id(0)] public AgentProfile? Profile { get; init; }

    [Id(1)] public AgentStatus Status { get; init; }

    [Id(2)] public string? Reason { get; init; }

    /// <summary>How the agent did, by category.</summary>
    [Id(3)] public ImmutableArray<CategoryRecord> Records { get; init; } = [];

    /// <summary>Since when the profile holds, as long as the staff journal wasn't told; null: it was.</summary>
    [Id(4)] public DateTimeOffset? ProfileUntold { get; init; }

    /// <summary>Since when the status holds, as long as the staff journal wasn't told; null: it was.</summary>
    [Id(5)] public DateTimeOffset? StatusUntold { get; init; }

    /// <summary>Since when nobody follows the agent, so that a memory that gets lost doesn't begin to wait anew; null while somebody does.</summary>
    [Id(6)] public DateTimeOffset? AloneSince { get; init; }
}
