using System.Collections.Immutable;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Replay;

/// <summary>
/// A made-up rush of one queue, with the events that grains would journal: the queue hears of its agents' changes after a
/// while, and offers are stored a little after they were decided.
/// </summary>
internal sealed class DayMaker(int seed, TimeSpan news, StrategyName strategy = StrategyName.BestMatch)
{
    public const string Queue = "delivery";
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private const int OfferSeconds = 20;
    private static readonly ImmutableArray<Ring> Rings = [new Ring(TimeSpan.FromSeconds(30), 2)];

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<Action, (DateTimeOffset, int)> _agenda = new();
    private readonly List<TicketHappened> _tickets = [];
    private readonly List<StaffHappened> _staff = [];
    private readonly Dictionary<string, Ticket> _known = [];
    private readonly List<string> _line = [];
    private readonly Dictionary<string, Candidate> _truth = [];
    private readonly Dictionary<string, Candidate> _heard = [];
    private DateTimeOffset _now = Noon;
    private int _order;

    public History Make(int agents, int contacts)
    {
        _staff.Add(new StaffHappened(Noon, null, new QueuesSet([new QueuePolicy(Queue, strategy, Rings, 0, OfferSeconds)])));
        for (var i = 0; i < agents; i++) Hire($"a{i}", 2 + i % 4);
        for (var i = 0; i < contacts; i++)
        {
            var id = $"t{i:000}";
            At(Noon.AddSeconds(1 + 300 * _random.NextDouble()), () => Arrive(id));
        }
        while (_agenda.TryDequeue(out var next, out var due))
        {
            _now = due.Item1;
            next();
        }
        return new History(Noon, Noon.AddHours(2), [.. _tickets.OrderBy(happened => happened.At)], _staff);
    }

    // Journals keep times to the microsecond.
    private void At(DateTimeOffset at, Action what) => _agenda.Enqueue(what, (at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)), _order++));

    private void Hire(string id, int level)
    {
        var capacity = new Room(2, 0, 0);
        _staff.Add(new StaffHappened(Noon, id, new AgentSet([Queue], [new SkillLevel(Queue, level)], capacity)));
        _staff.Add(new StaffHappened(Noon, id, new StatusSet(AgentStatus.Available, [])));
        _truth[id] = _heard[id] = new Candidate(
            id, [new SkillLevel(Queue, level)], capacity, capacity, Noon.ToUnixTimeMilliseconds(), ImmutableDictionary<Category, AgentRecord>.Empty);
    }

    private void Arrive(string id)
    {
        Happened(id, new Opened(id, "s1", CustomerRole.Student, Channel.Web, null, Category.LateDelivery, 0.9, Urgency.Normal, Sentiment.Neutral));
        Happened(id, new Queued(Queue, _now, _now.ToUnixTimeMilliseconds() - 1_000 * _random.Next(60), [new SkillLevel(Queue, _random.Next(1, 6))]));
        Wait(id);
        At(_now.AddSeconds(30), () =>
        {
            Wait(id);
            Match();
        });
    }

    private void Wait(string id)
    {
        if (_known[id].Phase == TicketPhase.Waiting && !_line.Contains(id)) _line.Add(id);
        At(_now.AddMilliseconds(1), Match);
    }

    private void Match()
    {
        while (Choose() is { } match)
        {
            var id = match.Agent.AgentId;
            _heard[id] = _truth[id];
            if (!_truth[id].Free.Any) continue;
            _truth[id] = _truth[id] with { Free = _truth[id].Free.After(Medium.Chat), IdleSince = _now.ToUnixTimeMilliseconds() + _random.Next(4) };
            _heard[id] = _truth[id];
            Offer(match);
        }
    }

    private Match? Choose()
    {
        var matcher = new Matcher(strategy);
        foreach (var agent in _heard.Values) matcher.Set(agent);
        foreach (var id in _line)
        {
            var ticket = _known[id];
            var stage = Stage.At(new Demand(ticket.Category, ticket.Requirements, []), null, TimeSpan.Zero, Rings, _now - ticket.WaitingSince);
            matcher.Add(new Waiting(id, ticket.PriorityKey, stage.Demand, ticket.DeclinedBy, stage.Ring));
        }
        return matcher.Take();
    }

    private void Offer(Match match)
    {
        var (ticketId, agentId) = (match.Ticket.TicketId, match.Agent.AgentId);
        _line.Remove(ticketId);
        var reservation = $"{ticketId}-{_known[ticketId].WaitingSeq}-{agentId}";
        var expires = _now.AddSeconds(OfferSeconds);
        At(_now.AddMilliseconds(_random.Next(1, 6)), () => Happened(ticketId, new Offered(reservation, agentId, expires, "", match.Why)));
        var answered = _now.AddSeconds(1 + 3 * _random.NextDouble());
        if (_random.Next(10) == 0)
        {
            At(answered, () =>
            {
                Happened(ticketId, new OfferEnded(reservation, agentId, ReservationState.Rejected, null));
                Free(agentId, record: null);
                Wait(ticketId);
            });
            return;
        }
        At(answered, () => Happened(ticketId, new Accepted(reservation, agentId)));
        var ended = answered.AddSeconds(-60 * Math.Log(1 - _random.NextDouble()));
        At(ended, () =>
        {
            Happened(ticketId, new Resolved(agentId, "solved"));
            Free(agentId, AgentRecord.Of(_truth[agentId].Records, Category.LateDelivery).With((ended - answered).TotalSeconds, solvedAtFirst: true));
        });
    }

    private void Free(string agentId, AgentRecord? record)
    {
        var agent = _truth[agentId];
        _truth[agentId] = agent with
        {
            Free = agent.Free.Plus(Medium.Chat),
            Records = record is null ? agent.Records : agent.Records.SetItem(Category.LateDelivery, record),
        };
        var word = _truth[agentId];
        At(_now + news * _random.NextDouble(), () =>
        {
            // Once the queue has a newer word from the agent itself, an old one changes nothing.
            if (_heard[agentId].IdleSince <= word.IdleSince) _heard[agentId] = _truth[agentId];
            Match();
        });
    }

    private void Happened(string ticketId, TicketEvent happened)
    {
        _known[ticketId] = _known.GetValueOrDefault(ticketId, Ticket.None).Apply(happened, _now);
        _tickets.Add(new TicketHappened(_now, ticketId, happened));
    }
}
