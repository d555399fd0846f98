using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Domain.Routing;

/// <summary>
/// The waiting line of a queue and the agents who serve it. Tickets with the same demand form a group; a free agent
/// has a seat in every group that the agent can serve. A change or a match costs the logarithm of what it touches,
/// and a look at the head of each group, whatever the length of the line.
/// </summary>
public sealed class Matcher(StrategyName strategy = StrategyName.BestMatch)
{
    /// <summary>Groups without tickets are kept for the next one, up to so many.</summary>
    public const int MaximumGroups = 1_024;

    private readonly Dictionary<string, Waiting> _tickets = [];
    private readonly Dictionary<string, Desk> _agents = [];
    private readonly Dictionary<string, DemandGroup> _groups = [];
    private readonly List<DemandGroup> _scan = [];
    private readonly Dictionary<string, List<DemandGroup>> _groupsBySkill = [];
    private readonly WaitingLine _line = new();
    private long _turns;

    /// <summary>An agent as last told, and the groups where the agent has a seat.</summary>
    private sealed record Desk(Candidate Agent, List<DemandGroup> Groups);

    /// <summary>How many wait.</summary>
    public int WaitingCount => _tickets.Count;

    /// <summary>Agents known, free or not.</summary>
    public int AgentCount => _agents.Count;

    /// <summary>Whether the agent is at work, free or not.</summary>
    public bool Knows(string agentId) => _agents.ContainsKey(agentId);

    /// <summary>Slots of all agents known, free or not.</summary>
    public Room Capacity { get; private set; }

    /// <summary>What can be taken now. Those who can take a call or chats count in both.</summary>
    public Room Free { get; private set; }

    /// <summary>Slots of all agents known, of all media.</summary>
    public int Slots => Capacity.Total;

    /// <summary>Slots that are free now, of all media.</summary>
    public int FreeSlots => Free.Total;

    /// <summary>Slots of all agents known, of one medium.</summary>
    public int SlotsOf(Medium medium) => Capacity.Of(medium);

    /// <summary>Slots that are free now, of one medium.</summary>
    public int FreeSlotsOf(Medium medium) => Free.Of(medium);

    /// <summary>1 for the next ticket; 0 when the ticket doesn't wait.</summary>
    public int PositionOf(string ticketId) => _tickets.TryGetValue(ticketId, out var ticket) ? _line.PositionOf(ticket) : 0;

    /// <summary>Takes a ticket into the line, or to its new place or ring.</summary>
    public void Add(Waiting ticket)
    {
        Remove(ticket.TicketId);
        _tickets[ticket.TicketId] = ticket;
        _line.Add(ticket);
        GroupOf(ticket.Demand).Add(ticket);
    }

    /// <summary>The ticket no longer waits. False when it didn't.</summary>
    public bool Remove(string ticketId)
    {
        if (!_tickets.Remove(ticketId, out var ticket)) return false;
        _line.Remove(ticket);
        var group = _groups[ticket.Demand.Name];
        group.Remove(ticket);
        if (group.Head is null && (group.Demand.OnlyAgent is not null || _groups.Count > MaximumGroups)) Drop(group);
        return true;
    }

    /// <summary>What an agent can take now; one without a free slot stays known but gets nothing.</summary>
    public void Set(Candidate agent) =>
        Put(agent with { LastTurn = _agents.TryGetValue(agent.AgentId, out var known) ? known.Agent.LastTurn : 0 });

    /// <summary>The agent is gone.</summary>
    public void Forget(string agentId)
    {
        if (!_agents.Remove(agentId, out var desk)) return;
        Capacity -= desk.Agent.Capacity;
        Free -= desk.Agent.Free;
        desk.Agent.IsCurrent = false;
        foreach (var group in desk.Groups) group.RemoveAgent();
    }

    /// <summary>
    /// Takes the ticket with the smallest key that anybody free can serve off the line, and one slot off the agent who
    /// should serve it. Null when nobody who waits can be served.
    /// </summary>
    public Match? Take()
    {
        DemandGroup? next = null;
        foreach (var group in _scan)
            if (group is { FreeAgents: > 0, Head: { } head } && (next is null || WaitingLine.Order.Compare(head, next.Head) < 0))
                next = group;
        if (next is null) return null;

        var ticket = next.Head!;
        var (agent, why) = next.Choose(ticket);
        Put(agent with { Free = agent.Free.After(ticket.Demand.Medium), LastTurn = ++_turns });
        Remove(ticket.TicketId);
        return new Match(ticket, agent, why);
    }

    private void Put(Candidate told)
    {
        var agent = told with { };
        agent.IsCurrent = true;
        Forget(agent.AgentId);
        var desk = new Desk(agent, agent.Free.Any ? [.. GroupsFor(agent)] : []);
        _agents[agent.AgentId] = desk;
        Capacity += agent.Capacity;
        Free += agent.Free;
        foreach (var group in desk.Groups) group.AddAgent(agent);
    }

    private DemandGroup GroupOf(Demand demand)
    {
        if (_groups.TryGetValue(demand.Name, out var group)) return group;
        group = new DemandGroup(demand, strategy);
        _groups[demand.Name] = group;
        _scan.Add(group);
        SameFirstSkill(demand).Add(group);
        foreach (var desk in demand.OnlyAgent is null ? _agents.Values : TheOne(demand.OnlyAgent))
        {
            if (!demand.IsServedBy(desk.Agent)) continue;
            desk.Groups.Add(group);
            group.AddAgent(desk.Agent);
        }
        return group;
    }

    private IEnumerable<Desk> TheOne(string agentId) => _agents.TryGetValue(agentId, out var desk) ? [desk] : [];

    private void Drop(DemandGroup group)
    {
        _groups.Remove(group.Demand.Name);
        _scan.Remove(group);
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
            if (group.Demand.IsServedBy(agent)) yield return group;
        foreach (var has in agent.Skills)
            foreach (var group in _groupsBySkill.GetValueOrDefault(has.Skill) ?? [])
                if (group.Demand.IsServedBy(agent)) yield return group;
    }
}
