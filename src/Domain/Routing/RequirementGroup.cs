using System.Collections.Immutable;

namespace CampusCare.Domain.Routing;

/// <summary>Tickets with the same requirements, in order, and the free agents who can serve them, the best one first.</summary>
internal sealed class RequirementGroup(string name, ImmutableArray<SkillLevel> requirements)
{
    /// <summary>Orders groups by who is next; both sets of a compared group must not be empty.</summary>
    public static readonly IComparer<RequirementGroup> ByHead = Comparer<RequirementGroup>.Create(static (a, b) =>
        ReferenceEquals(a, b) ? 0 : WaitingLine.Order.Compare(a.Tickets.Min, b.Tickets.Min));

    public string Name { get; } = name;

    public SortedSet<Waiting> Tickets { get; } = new(WaitingLine.Order);

    public SortedSet<Candidate> Agents { get; } = new(new BestFirst(requirements));

    /// <summary>Whether somebody waits and somebody is free.</summary>
    public bool IsReady => Tickets.Count > 0 && Agents.Count > 0;

    /// <summary>The same requirements give the same name.</summary>
    public static string NameOf(ImmutableArray<SkillLevel> requirements) => requirements.Length switch
    {
        0 => "",
        1 => $"{requirements[0].Skill}:{requirements[0].Level}",
        _ => string.Join(' ', requirements.Select(need => $"{need.Skill}:{need.Level}")),
    };

    public bool CanBeServedBy(Candidate agent)
    {
        foreach (var need in requirements)
            if (LevelOf(agent, need.Skill) < need.Level) return false;
        return true;
    }

    private static int LevelOf(Candidate agent, string skill)
    {
        foreach (var has in agent.Skills)
            if (has.Skill == skill) return has.Level;
        return 0;
    }

    // A level more is worth a fifth of the agent's load; then the longest idle, then the id. Nothing in it changes
    // with time, so the order stays valid until the agent changes.
    private sealed class BestFirst(ImmutableArray<SkillLevel> requirements) : IComparer<Candidate>
    {
        private const double LevelWeight = 0.2;

        public int Compare(Candidate? a, Candidate? b)
        {
            if (ReferenceEquals(a, b)) return 0;
            var byScore = Score(b!).CompareTo(Score(a!));
            if (byScore != 0) return byScore;
            var byIdle = a!.IdleSinceMilliseconds.CompareTo(b!.IdleSinceMilliseconds);
            return byIdle != 0 ? byIdle : string.CompareOrdinal(a.AgentId, b.AgentId);
        }

        private double Score(Candidate agent)
        {
            var levels = 0;
            foreach (var need in requirements) levels += LevelOf(agent, need.Skill);
            return LevelWeight * levels - (double)(agent.Capacity - agent.Free) / agent.Capacity;
        }
    }
}
