using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Routing;

/// <summary>Whom a ticket needs. Equal demands are served from one group.</summary>
/// <param name="Category">What it is about: an agent's record in it counts.</param>
/// <param name="Hard">All are needed, each at least at its level.</param>
/// <param name="Soft">Would be good to have: they raise an agent's score, nothing more.</param>
/// <param name="OnlyAgent">The one agent who may take it (who served this customer before); null for all.</param>
/// <param name="Medium">What it will keep the agent busy with.</param>
public sealed record Demand(
    Category Category, ImmutableArray<SkillLevel> Hard, ImmutableArray<SkillLevel> Soft, string? OnlyAgent = null, Medium Medium = Medium.Chat)
{
    /// <summary>Whether the agent may take it, and has room for it now.</summary>
    public bool IsServedBy(Candidate agent) => agent.Free.Of(Medium) > 0 && IsMetBy(agent);

    /// <summary>Whether the agent may take it.</summary>
    public bool IsMetBy(Candidate agent)
    {
        if (OnlyAgent is not null && OnlyAgent != agent.AgentId) return false;
        foreach (var need in Hard)
            if (agent.LevelOf(need.Skill) < need.Level) return false;
        return true;
    }

    /// <summary>By content, also that of the lists.</summary>
    public bool Equals(Demand? other) =>
        other is not null && Category == other.Category && Medium == other.Medium && OnlyAgent == other.OnlyAgent
        && Hard.AsSpan().SequenceEqual(other.Hard.AsSpan()) && Soft.AsSpan().SequenceEqual(other.Soft.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Category);
        hash.Add(Medium);
        foreach (var need in Hard) hash.Add(need);
        return hash.ToHashCode();
    }
}
