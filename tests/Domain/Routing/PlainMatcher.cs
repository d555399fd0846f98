using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Domain.Tests.Routing;

/// <summary>The plainest program that matches as <see cref="Matcher"/> says it does: it looks at every pair, each time.</summary>
internal sealed class PlainMatcher(StrategyName name)
{
    private const int Explained = 3;

    private readonly IStrategy _strategy = Strategy.Of(name);
    private long _turns;

    public Dictionary<string, Waiting> Tickets { get; } = [];

    public Dictionary<string, Candidate> Agents { get; } = [];

    public List<Waiting> Line => [.. Tickets.Values.OrderBy(t => t.PriorityKey).ThenBy(t => t.TicketId, StringComparer.Ordinal)];

    public void Set(Candidate agent) =>
        Agents[agent.AgentId] = agent with { LastTurn = Agents.TryGetValue(agent.AgentId, out var known) ? known.LastTurn : 0 };

    public Match? Take()
    {
        foreach (var ticket in Line)
        {
            var able = Agents.Values.Where(ticket.Demand.IsServedBy)
                .OrderByDescending(agent => _strategy.Score(ticket.Demand, agent))
                .ThenBy(agent => agent.IdleSince).ThenBy(agent => agent.AgentId, StringComparer.Ordinal).ToList();
            if (able.Count == 0) continue;
            var chosen = able.Find(agent => !ticket.NotAgents.Contains(agent.AgentId)) ?? able[0];
            var best = able.Where(agent => agent != chosen).Take(Explained - 1).Prepend(chosen);
            Tickets.Remove(ticket.TicketId);
            Agents[chosen.AgentId] = chosen with { Free = chosen.Free.After(ticket.Demand.Medium), LastTurn = ++_turns };
            return new Match(ticket, chosen, new Explanation(name, ticket.Ring, able.Count, [.. best.Select(agent => Explain(ticket.Demand, agent))]));
        }
        return null;
    }

    private ScoredAgent Explain(Demand demand, Candidate agent) => new(
        agent.AgentId, Math.Round(_strategy.Score(demand, agent), 4), Math.Round(agent.Load, 4),
        Math.Round(AgentRecord.Of(agent.Records, demand.Category).Merit, 4),
        [.. demand.Hard.Select(need => new SkillLevel(need.Skill, agent.LevelOf(need.Skill)))])
    {
        IdleSince = agent.IdleSince,
    };
}
