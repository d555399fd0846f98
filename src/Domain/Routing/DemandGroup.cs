using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Domain.Routing;

/// <summary>
/// Tickets with the same demand, in order, and the free agents who can serve them, the best one first. An agent who
/// changed is not searched for: the old seat stays in the heap and is passed over when it comes up.
/// </summary>
internal sealed class DemandGroup(Demand demand, StrategyName strategy)
{
    /// <summary>How many candidates an explanation names.</summary>
    public const int Explained = 3;

    // Stale seats are thrown out when they outnumber the valid ones by so many.
    private const int StaleSeats = 64;

    private readonly IStrategy _strategy = Strategy.Of(strategy);
    private readonly PriorityQueue<Candidate, Seat> _seats = new(Seat.BestFirst);

    public Demand Demand { get; } = demand;

    public SortedSet<Waiting> Tickets { get; } = new(WaitingLine.Order);

    /// <summary>How many agents of the group are free now.</summary>
    public int FreeAgents { get; private set; }

    /// <summary>The next ticket; null when nobody waits.</summary>
    public Waiting? Head { get; private set; }

    public void Add(Waiting ticket)
    {
        Tickets.Add(ticket);
        Head = Tickets.Min;
    }

    public void Remove(Waiting ticket)
    {
        Tickets.Remove(ticket);
        Head = Tickets.Min;
    }

    public void AddAgent(Candidate agent)
    {
        if (_seats.Count > 2 * FreeAgents + StaleSeats) Compact();
        _seats.Enqueue(agent, new Seat(_strategy.Score(Demand, agent), agent.IdleSince, agent.AgentId));
        FreeAgents++;
    }

    /// <summary>The agent changed or left; the seat, now stale, stays where it is.</summary>
    public void RemoveAgent() => FreeAgents--;

    /// <summary>Who should get the ticket: the best, but somebody who declined it only when nobody else is there.</summary>
    public (Candidate Agent, Explanation Why) Choose(Waiting ticket)
    {
        Candidate? chosen = null;
        var others = new List<Candidate>(Explained);
        while ((chosen is null || others.Count < Explained - 1) && _seats.TryDequeue(out var agent, out _))
        {
            if (!agent.IsCurrent) continue;
            if (chosen is null && !ticket.NotAgents.Contains(agent.AgentId)) chosen = agent;
            else others.Add(agent);
        }
        var eligible = FreeAgents;
        chosen ??= TakeFirst(others);
        foreach (var other in others) _seats.Enqueue(other, new Seat(_strategy.Score(Demand, other), other.IdleSince, other.AgentId));
        return (chosen, new Explanation(strategy, ticket.Ring, eligible, [Explain(chosen), .. others.Take(Explained - 1).Select(Explain)]));
    }

    private static Candidate TakeFirst(List<Candidate> others)
    {
        var first = others[0];
        others.RemoveAt(0);
        return first;
    }

    private void Compact()
    {
        var current = _seats.UnorderedItems.Where(static seat => seat.Element.IsCurrent).ToList();
        _seats.Clear();
        _seats.EnqueueRange(current);
    }

    private ScoredAgent Explain(Candidate agent) => new(
        agent.AgentId, Math.Round(_strategy.Score(Demand, agent), 4), Math.Round(agent.Load, 4),
        Math.Round(AgentRecord.Of(agent.Records, Demand.Category).Merit, 4),
        Demand.Hard.Length == 1
            ? [new SkillLevel(Demand.Hard[0].Skill, agent.LevelOf(Demand.Hard[0].Skill))]
            : [.. Demand.Hard.Select(need => new SkillLevel(need.Skill, agent.LevelOf(need.Skill)))]);

    /// <summary>A free agent's place: by score, then the longest idle, then the id.</summary>
    private readonly record struct Seat(double Score, long IdleSince, string AgentId)
    {
        public static readonly IComparer<Seat> BestFirst = Comparer<Seat>.Create(static (a, b) =>
        {
            var byScore = b.Score.CompareTo(a.Score);
            if (byScore != 0) return byScore;
            var byIdle = a.IdleSince.CompareTo(b.IdleSince);
            return byIdle != 0 ? byIdle : string.CompareOrdinal(a.AgentId, b.AgentId);
        });
    }
}
