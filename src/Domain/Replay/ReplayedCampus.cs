using System.Collections.Immutable;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Tickets;

namespace CampusCare.Domain.Replay;

/// <summary>A campus as its journals tell it: lines, agents and settings, at one moment after the other.</summary>
internal sealed class ReplayedCampus
{
    private readonly Dictionary<string, Ticket> _tickets = [];
    private readonly Dictionary<string, SortedSet<(long Key, string TicketId)>> _lines = [];
    private readonly HashSet<string> _decided = [];
    private readonly Dictionary<string, ReplayedAgent> _agents = [];
    private readonly Dictionary<(string Queue, string AgentId), long> _turns = [];
    private ImmutableDictionary<string, QueuePolicy> _policies = ImmutableDictionary<string, QueuePolicy>.Empty;
    private long _lastTurn;

    public Ticket TicketOf(string ticketId) => _tickets.GetValueOrDefault(ticketId, Ticket.None);

    public ReplayedAgent? Agent(string agentId) => _agents.GetValueOrDefault(agentId);

    public QueuePolicy? PolicyOf(string queue) => _policies.GetValueOrDefault(queue);

    /// <summary>The agents of a queue, at work or not.</summary>
    public IEnumerable<ReplayedAgent> AgentsOf(string queue) => _agents.Values.Where(agent => agent.Queues.Contains(queue));

    /// <summary>What the queue knows of an agent, its own turns included.</summary>
    public Candidate WithTurn(string queue, Candidate agent) => agent.For(queue) with { LastTurn = _turns.GetValueOrDefault((queue, agent.AgentId)) };

    /// <summary>The tickets in a queue's line that come before a place, in order.</summary>
    public IEnumerable<string> Before(string queue, long key, string ticketId) =>
        _lines.TryGetValue(queue, out var line)
            ? line.TakeWhile(place => place.Key < key || (place.Key == key && string.CompareOrdinal(place.TicketId, ticketId) < 0)).Select(static place => place.TicketId)
            : [];

    public void Apply(StaffHappened happened)
    {
        if (happened.Event is QueuesSet set)
            _policies = set.Queues.ToImmutableDictionary(static policy => policy.Queue);
        else if (happened.AgentId is { } agentId)
            AgentCalled(agentId).Set(happened.Event, happened.At);
    }

    /// <summary>Events that were stored together: others heard of them as one change.</summary>
    public void Apply(IReadOnlyList<TicketHappened> append)
    {
        var (ticketId, at) = (append[0].TicketId, append[0].At);
        var before = TicketOf(ticketId);
        var after = append.Aggregate(before, static (ticket, happened) => ticket.Apply(happened.Event, happened.At));
        _tickets[ticketId] = after;
        Place(ticketId, before, after);
        MoveSlot(before, after, at);
    }

    /// <summary>A queue decided: the ticket left its line, and the agent holds a slot, before anything was stored.</summary>
    public void Apply(JournaledDecision decision, string byQueue)
    {
        var ticket = TicketOf(decision.TicketId);
        _decided.Add(decision.TicketId);
        LineOf(ticket.Queue).Remove((ticket.PriorityKey, decision.TicketId));
        _turns[(byQueue, decision.Offered.AgentId)] = ++_lastTurn;
        Agent(decision.Offered.AgentId)?.Hold(decision.Offered.ReservationId, Media.Of(ticket.Channel), decision.At);
    }

    private void Place(string ticketId, Ticket before, Ticket after)
    {
        if (before.Phase == TicketPhase.Waiting) LineOf(before.Queue).Remove((before.PriorityKey, ticketId));
        if (after.Phase != TicketPhase.Waiting) _decided.Remove(ticketId);
        else if (!_decided.Contains(ticketId)) LineOf(after.Queue).Add((after.PriorityKey, ticketId));
    }

    private void MoveSlot(Ticket before, Ticket after, DateTimeOffset at)
    {
        var (had, has) = (SlotOf(before), SlotOf(after));
        // What was handed on, taken over, or left by somebody who is gone, says nothing about how well it was solved.
        var isEnd = before.Phase != TicketPhase.Assigned || after.Phase is not (TicketPhase.Waiting or TicketPhase.Assigned);
        if (had is { } old && old != has) Agent(old.AgentId)?.Release(old.ReservationId, isEnd, after.Category, after.Reopenings == 0, at);
        if (has is not { } slot || Agent(slot.AgentId) is not { } agent) return;
        agent.Hold(slot.ReservationId, Media.Of(after.Channel), at);
        if (after.Phase == TicketPhase.Assigned) agent.Accept(slot.ReservationId, at);
    }

    // What holds an agent: an offer, a conversation, after-contact work.
    internal static (string AgentId, string ReservationId)? SlotOf(Ticket ticket) => ticket switch
    {
        { Phase: TicketPhase.Offered, Offer: { } offer } => (offer.AgentId, offer.ReservationId),
        { Phase: TicketPhase.Assigned } or { Phase: TicketPhase.Resolved, WrapUpOpen: true } => (ticket.AgentId!, ticket.ReservationId!),
        _ => null,
    };

    private SortedSet<(long Key, string TicketId)> LineOf(string queue)
    {
        if (!_lines.TryGetValue(queue, out var line)) _lines[queue] = line = new SortedSet<(long Key, string TicketId)>(ByPlace);
        return line;
    }

    private ReplayedAgent AgentCalled(string agentId)
    {
        if (!_agents.TryGetValue(agentId, out var agent)) _agents[agentId] = agent = new ReplayedAgent(agentId);
        return agent;
    }

    private static readonly Comparer<(long Key, string TicketId)> ByPlace = Comparer<(long Key, string TicketId)>.Create(static (a, b) =>
        a.Key != b.Key ? a.Key.CompareTo(b.Key) : string.CompareOrdinal(a.TicketId, b.TicketId));
}
