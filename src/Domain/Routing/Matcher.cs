using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Domain.Routing;

/// <summary>
/// The waiting line of a queue and the agents who serve it. Tickets with the same demand form a group; a free agent
/// has a seat in every group that the agent can serve. Each change and each match costs the logarithm of what it
/// touches, whatever the size of the line.
/// </summary>
public sealed class Matcher(StrategyName strategy = StrategyName.BestMatch)
{
    /// <summary>Groups without tickets are kept for the next one, up to so many.</summary>
    public const int MaximumGroups = 1_024;

    private readonly Dictionary<string, Waiting> _tickets = [];
    private readonly Dictionary<string, Candidate> _agents = [];
    private readonly Dictionary<string, DemandGroup> _groups = [];
    private readonly Dictionary<string, List<DemandGroup>> _groupsBySkill = [];
    private readonly SortedSet<DemandGroup> _ready = new(DemandGroup.ByHead);
    private readonly WaitingLine _line = new();
    private long _turns;

    /// <summary>How many wait.</summary>
    public int WaitingCount => _tickets.Count;

    /// <summary>Agents known, free or not.</summary>
    public int AgentCount => _agents.Count;

    /// <summary>Whether the agent is at work, free or not.</summary>
    public bool Knows(string agentId) => _agents.ContainsKey(agentId);

    /// <summary>Slots of all agents known, free or not.</summary>
    public int Slots { get; private set; }

    /// <summary>Slots that are free now.</summary>
    public int FreeSlots { get; private set; }

    /// <summary>1 for the next ticket; 0 when the ticket doesn't wait.</summary>
    public int PositionOf(string ticketId) => _tickets.TryGetValue(ticketId, out var ticket) ? _line.PositionOf(ticket) : 0;

    /// <summary>Takes a ticket into the line, or to its new place or ring.</summary>
    public void Add(Waiting ticket)
    {
        Remove(ticket.TicketId);
        _tickets[ticket.TicketId] = ticket;
        _line.Add(ticket);
        var group = GroupOf(ticket.Demand);
        Leave(group);
        group.Tickets.Add(ticket);
        Return(group);
    }

    /// <summary>The ticket no longer waits. False when it didn't.</summary>
    public bool Remove(string ticketId)
    {
        if (!_tickets.Remove(ticketId, out var ticket)) return false;
        _line.Remove(ticket);
        var group = _groups[ticket.Demand.Name];
        Leave(group);
        group.Tickets.Remove(ticket);
        Return(group);
        if (group.IsEmpty && (group.Demand.OnlyAgent is not null || _groups.Count > MaximumGroups)) Drop(group);
        return true;
    }

    /// <summary>What an agent can take now; one without a free slot stays known but gets nothing.</summary>
    public void Set(Candidate agent)
    {
        var turn = _agents.GetValueOrDefault(agent.AgentId)?.LastTurn ?? 0;
        Put(agent with { LastTurn = turn });
    }

    /// <summary>The agent is gone.</summary>
    public void Forget(string agentId)
    {
        if (!_agents.Remove(agentId, out var agent)) return;
        Slots -= agent.Capacity;
        FreeSlots -= agent.Free;
        if (agent.Free == 0) return;
        foreach (var group in GroupsFor(agent))
        {
            Leave(group);
            group.RemoveAgent(agentId);
            Return(group);
        }
    }

    /// <summary>
    /// Takes the ticket with the smallest key that anybody free can serve off the line, and one slot off the agent who
    /// should serve it. Null when nobody who waits can be served.
    /// </summary>
    public Match? Take()
    {
        if (_ready.Min is not { } group) return null;
        var ticket = group.Tickets.Min!;
        var (agent, why) = group.Choose(ticket);
        Put(agent with { Free = agent.Free - 1, LastTurn = ++_turns });
        Remove(ticket.TicketId);
        return new Match(ticket, agent, why);
    }

    private void Put(Candidate agent)
    {
        Forget(agent.AgentId);
        _agents[agent.AgentId] = agent;
        Slots += agent.Capacity;
        FreeSlots += agent.Free;
        if (agent.Free == 0) return;
        foreach (var group in GroupsFor(agent))
        {
            Leave(group);
            group.AddAgent(agent);
            Return(group);
        }
    }

    private DemandGroup GroupOf(Demand demand)
    {
        if (_groups.TryGetValue(demand.Name, out var group)) return group;
        group = new DemandGroup(demand, strategy);
        _groups[demand.Name] = group;
        SameFirstSkill(demand).Add(group);
        foreach (var agent in demand.OnlyAgent is null ? _agents.Values : TheOne(demand.OnlyAgent))
            if (agent.Free > 0 && demand.IsMetBy(agent)) group.AddAgent(agent);
        return group;
    }

    private IEnumerable<Candidate> TheOne(string agentId) => _agents.TryGetValue(agentId, out var agent) ? [agent] : [];

    private void Drop(DemandGroup group)
    {
        _groups.Remove(group.Demand.Name);
        SameFirstSkill(group.Demand).Remove(group);
    }

    private List<DemandGroup> SameFirstSkill(Demand demand)
    {
        var skill = demand.Hard.Length > 0 ? demand.Hard[0].Skill : "";
        if (!_groupsBySkill.TryGetValue(skill, out var groups)) _groupsBySkill[skill] = groups = [];
        return groups;
    }

    private IEnumerable<DemandGroup> GroupsFor(Candidate agent)
    {
        foreach (var group in _groupsBySkill.GetValueOrDefault("") ?? [])
            if (group.Demand.IsMetBy(agent)) yield return group;
        foreach (var has in agent.Skills)
            foreach (var group in _groupsBySkill.GetValueOrDefault(has.Skill) ?? [])
                if (group.Demand.IsMetBy(agent)) yield return group;
    }

    // The set of ready groups is ordered by their heads, so a group must leave it before its head changes.
    private void Leave(DemandGroup group)
    {
        if (group.IsReady) _ready.Remove(group);
    }

    private void Return(DemandGroup group)
    {
        if (group.IsReady) _ready.Add(group);
    }
}
