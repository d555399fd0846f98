using CampusCare.Contracts.Queues;
using CampusCare.Domain.Routing;

namespace CampusCare.Grains;

/// <summary>A routing decision between the rules that make it and the messages that carry it.</summary>
internal static class Explanations
{
    public static MatchExplanation View(this Explanation why) => new(
        why.Strategy, why.Ring, why.Eligible,
        [.. why.Best.Select(static agent => new CandidateScore(
            agent.AgentId, agent.Score, agent.Load, agent.Merit, agent.Levels.Words()) { IdleSince = agent.IdleSince })]);

    public static Explanation ForJournal(this MatchExplanation why) => new(
        why.Strategy, why.Ring, why.Eligible,
        [.. why.Best.Select(static agent => new ScoredAgent(
            agent.AgentId, agent.Score, agent.Load, agent.Merit, agent.Levels.Levels()) { IdleSince = agent.IdleSince })]);

    /// <summary>The short form for people in a hurry.</summary>
    public static string Words(this Explanation why) =>
        $"{why.Strategy} of {why.Eligible}, ring {why.Ring}: {string.Join(", ", why.Best[0].Levels.Select(static has => $"{has.Skill} {has.Level}"))}; load {why.Best[0].Load:P0}";
}
