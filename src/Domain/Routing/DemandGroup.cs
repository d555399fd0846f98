using System.Runtime.InteropServices;
using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Domain.Routing;

/// <summary>
/// Tickets with the same demand, in order, and the free agents who can serve them, the best one first. What changed or
/// left is not searched for: its old entry stays in its heap and is passed over when it comes up.
/// </summary>
internal sealed class DemandGroup(Demand demand, StrategyName strategy, ReadyGroups ready)
{
    /// <summary>How many candidates an explanation names.</summary>
    public const int Explained = 3;

    // Stale entries of a heap are thrown out when they outnumber the valid ones by so many.
    private const int MaximumStale = 64;

    private readonly IStrategy _strategy = Strategy.Of(strategy);
    private readonly PriorityQueue<Seat, SeatOrder> _seats = new();
    private readonly PriorityQueue<Place, LineOrder> _places = new();
    private readonly List<(Seat Seat, SeatOrder Order)> _others = new(Explained);
    private int _waiting;

    public Demand Demand { get; } = demand;

    public Medium Medium { get; } = demand.Medium;

    /// <summary>How many agents of the group are free now.</summary>
    public int FreeAgents { get; private set; }

    /// <summary>The next ticket; null when nobody waits.</summary>
    public Place? Head { get; private set; }

    /// <summary>Where the next ticket stands, kept here because all ready groups are asked for it at each match.</summary>
    public LineOrder HeadOrder { get; private set; }

    /// <summary>Whether the next ticket could be given away now.</summary>
    public bool IsReady => FreeAgents > 0 && Head is not null;

    /// <summary>Kept by the list of ready groups: whether it is on it.</summary>
    public bool IsListed { get; set; }

    public void Add(Place place)
    {
        if (_places.Count > 2 * _waiting + MaximumStale) Compact(_places, static place => place.Waits);
        _places.Enqueue(place, place.Order);
        _waiting++;
        LookAtHead();
        ready.Note(this);
    }

    public void Remove(Place place)
    {
        place.Waits = false;
        _waiting--;
        if (place != Head) return;
        while (_places.TryPeek(out var first, out _) && !first.Waits) _places.Dequeue();
        LookAtHead();
    }

    public void AddAgent(Desk desk)
    {
        if (_seats.Count > 2 * FreeAgents + MaximumStale) Compact(_seats, static seat => seat.IsTaken);
        _seats.Enqueue(new Seat(desk, desk.Version), new SeatOrder(_strategy.Score(Demand, desk.Agent), desk.Agent.IdleSince, desk.Agent.AgentId));
        FreeAgents++;
        ready.Note(this);
    }

    /// <summary>The agent changed or left; the seat, now stale, stays where it is.</summary>
    public void RemoveAgent()
    {
        if (--FreeAgents == 0) _seats.Clear();
    }

    /// <summary>Who should get the ticket: the best, but somebody who declined it only when nobody else is there.</summary>
    public (Desk Agent, Explanation Why) Choose(Waiting ticket)
    {
        (Seat Seat, SeatOrder Order)? found = null;
        while ((found is null || _others.Count < Explained - 1) && _seats.TryDequeue(out var seat, out var order))
        {
            if (!seat.IsTaken) continue;
            if (found is null && !ticket.NotAgents.Contains(seat.Desk.Agent.AgentId)) found = (seat, order);
            else _others.Add((seat, order));
        }
        var chosen = found ?? _others[0];
        if (found is null) _others.RemoveAt(0);
        var best = new ScoredAgent[Math.Min(Explained, 1 + _others.Count)];
        best[0] = Explain(chosen);
        for (var i = 1; i < best.Length; i++) best[i] = Explain(_others[i - 1]);
        var why = new Explanation(strategy, ticket.Ring, FreeAgents, ImmutableCollectionsMarshal.AsImmutableArray(best));
        _seats.EnqueueRange(_others);
        _others.Clear();
        return (chosen.Seat.Desk, why);
    }

    private ScoredAgent Explain((Seat Seat, SeatOrder Order) one)
    {
        var agent = one.Seat.Desk.Agent;
        var levels = new SkillLevel[Demand.Hard.Length];
        for (var i = 0; i < levels.Length; i++) levels[i] = Demand.Hard[i] with { Level = agent.LevelOf(Demand.Hard[i].Skill) };
        return new ScoredAgent(
            agent.AgentId, Math.Round(one.Order.Score, 4), Math.Round(agent.Load, 4),
            Math.Round(AgentRecord.Of(agent.Records, Demand.Category).Merit, 4), ImmutableCollectionsMarshal.AsImmutableArray(levels))
        {
            IdleSince = agent.IdleSince,
        };
    }

    private void LookAtHead()
    {
        _places.TryPeek(out var head, out var order);
        (Head, HeadOrder) = (head, order);
    }

    private static void Compact<TElement, TOrder>(PriorityQueue<TElement, TOrder> heap, Func<TElement, bool> isValid)
    {
        var valid = heap.UnorderedItems.Where(entry => isValid(entry.Element)).ToList();
        heap.Clear();
        heap.EnqueueRange(valid);
    }

    /// <summary>A free agent in a group, as long as nothing newer was told of the agent.</summary>
    private readonly record struct Seat(Desk Desk, int Version)
    {
        public bool IsTaken => Desk.Version == Version;
    }

    /// <summary>A seat's place: by score, then the longest idle, then the id.</summary>
    private readonly record struct SeatOrder(double Score, long IdleSince, string AgentId) : IComparable<SeatOrder>
    {
        public int CompareTo(SeatOrder other)
        {
            var byScore = other.Score.CompareTo(Score);
            if (byScore != 0) return byScore;
            var byIdle = IdleSince.CompareTo(other.IdleSince);
            return byIdle != 0 ? byIdle : string.CompareOrdinal(AgentId, other.AgentId);
        }
    }
}
