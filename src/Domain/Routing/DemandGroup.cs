using System.Collections.Immutable;
using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Domain.Routing;

/// <summary>Tickets with the same demand, in order, and the free agents who can serve them, the best one first.</summary>
internal sealed class DemandGroup(Demand demand, StrategyName strategy)
{
    /// <summary>How many candidates an explanation names.</summary>
    public const int Explained = 3;

    /// <summary>Orders groups by who is next; both groups must have tickets.</summary>
    public static readonly IComparer<DemandGroup> ByHead = Comparer<DemandGroup>.Create(static (a, b) =>
        ReferenceEquals(a, b) ? 0 : WaitingLine.Order.Compare(a.Tickets.Min, b.Tickets.Min));

    private readonly IStrategy _strategy = Strategy.Of(strategy);
    private readonly SortedSet<Seat> _seats = new(Seat.BestFirst);
    private readonly Dictionary<string, Seat> _seatOf = [];

    public Demand Demand { get; } = demand;

    public SortedSet<Waiting> Tickets { get; } = new(WaitingLine.Order);

    /// <summary>Whether somebody waits and somebody is free.</summary>
    public bool IsReady => Tickets.Count > 0 && _seats.Count > 0;

    /// <summary>Whether it can be dropped.</summary>
    public bool IsEmpty => Tickets.Count == 0;

    public void AddAgent(Candidate agent)
    {
        var seat = new Seat(agent, _strategy.Score(Demand, agent));
        _seatOf[agent.AgentId] = seat;
        _seats.Add(seat);
    }

    public void RemoveAgent(string agentId)
    {
        if (_seatOf.Remove(agentId, out var seat)) _seats.Remove(seat);
    }

    /// <summary>Who should get the next ticket: the best, but somebody who declined it only when nobody else is there.</summary>
    public (Candidate Agent, Explanation Why) Choose(Waiting ticket)
    {
        var chosen = _seats.FirstOrDefault(seat => !ticket.NotAgents.Contains(seat.Agent.AgentId)) ?? _seats.Min!;
        ImmutableArray<ScoredAgent> best = [Explain(chosen), .. _seats.Take(Explained).Where(seat => seat != chosen).Take(Explained - 1).Select(Explain)];
        return (chosen.Agent, new Explanation(strategy, ticket.Ring, _seats.Count, best));
    }

    private ScoredAgent Explain(Seat seat) => new(
        seat.Agent.AgentId, Math.Round(seat.Score, 4), Math.Round(seat.Agent.Load, 4),
        Math.Round(AgentRecord.Of(seat.Agent.Records, Demand.Category).Merit, 4),
        [.. Demand.Hard.Select(need => new SkillLevel(need.Skill, seat.Agent.LevelOf(need.Skill)))]);
}

/// <summary>A free agent in a group, with the score there.</summary>
internal sealed record Seat(Candidate Agent, double Score)
{
    public static readonly IComparer<Seat> BestFirst = Comparer<Seat>.Create(static (a, b) =>
    {
        var byScore = b.Score.CompareTo(a.Score);
        if (byScore != 0) return byScore;
        var byIdle = a.Agent.IdleSince.CompareTo(b.Agent.IdleSince);
        return byIdle != 0 ? byIdle : string.CompareOrdinal(a.Agent.AgentId, b.Agent.AgentId);
    });
}
