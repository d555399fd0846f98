namespace CampusCare.Domain.Routing.Strategies;

/// <summary>
/// Who solves such things best and has room: skill levels, the agent's own record in the category, and load.
/// <c>score = 0.2 × Σ hard levels + 0.1 × Σ soft levels + merit − load</c>; a level more is worth a fifth of a full desk.
/// </summary>
internal sealed class BestMatch : IStrategy
{
    public static readonly BestMatch Instance = new();

    private const double HardLevelWeight = 0.2;
    private const double SoftLevelWeight = 0.1;

    public double Score(Demand demand, Candidate agent)
    {
        var score = AgentRecord.Of(agent.Records, demand.Category).Merit - agent.Load;
        foreach (var need in demand.Hard) score += HardLevelWeight * agent.LevelOf(need.Skill);
        foreach (var wish in demand.Soft) score += SoftLevelWeight * agent.LevelOf(wish.Skill);
        return score;
    }
}
