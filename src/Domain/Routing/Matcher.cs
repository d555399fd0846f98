using System.Collections.Immutable;
using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Domain.Routing;

/// <summary>
/// The waiting line of a queue and the agents who serve it. Tickets with the same demand form a group; a free agent
/// has a seat in every group that the agent can serve. A change or a match costs the logarithm of what it touches,
/// whatever the length of the line.
/// </summary>
public sealed class Matcher(StrategyName strategy = StrategyName.BestMatch)
{
    /// <summary>Groups without tickets are kept for the next one, up to so many.</summary>
    public const int MaximumGroups = 1_024;

    private readonly Dictionary<string, Place> _places = [];
    private readonly Dictionary<string, Desk> _desks = [];
    private readonly Dictionary<Demand, DemandGroup> _groups = [];
    private readonly Dictionary<string, List<DemandGroup>> _groupsBySkill = [];
    private readonly Dictionary<string, string> _skills = [];
    private readonly ReadyGroups _ready = new();
    private readonly WaitingLine _line = new();
    private long _turns;

    /// <summary>How many wait.</summary>
    public int WaitingCount => _places.Count;

    /// <summary>Agents known, free or not.</summary>
    public int AgentCount => _desks.Count;

    /// <summary>The agents, free or not.</summary>
    public IEnumerable<Candidate> Agents => _desks.Values.Select(static desk => desk.Agent);

    /// <summary>Whether the agent is at work, free or not.</summary>
    public bool Knows(string agentId) => _desks.ContainsKey(agentId);

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
    public int PositionOf(string ticketId) => _places.TryGetValue(ticketId, out var place) ? _line.PositionOf(place.Order) : 0;

    /// <summary>The first so many of the line, in order.</summary>
    public IEnumerable<Waiting> First(int count) => _line.First(count).Select(place => _places[place.TicketId].Ticket);

    /// <summary>A ticket as it stands in the line; null when it doesn't wait.</summary>
    public Waiting? TicketNamed(string ticketId) => _places.GetValueOrDefault(ticketId)?.Ticket;

    /// <summary>Whether no chat that the agent could take comes before a ticket.</summary>
    public bool IsTurnOf(Waiting ticket, Candidate agent)
    {
        var order = new LineOrder(ticket.PriorityKey, ticket.TicketId);
        foreach (var group in _groups.Values)
            if (group is { Medium: Medium.Chat, Head: not null } && group.HeadOrder.CompareTo(order) < 0 && group.Demand.IsMetBy(agent)) return false;
        return true;
    }

    /// <summary>Takes a ticket into the line, or to its new place or ring.</summary>
    public void Add(Waiting ticket)
    {
        Remove(ticket.TicketId);
        var place = new Place(ticket, GroupOf(ticket.Demand));
        _places.Add(ticket.TicketId, place);
        _line.Add(place.Order);
        place.Group.Add(place);
    }

    /// <summary>The ticket no longer waits. False when it didn't.</summary>
    public bool Remove(string ticketId)
    {
        if (!_places.Remove(ticketId, out var place)) return false;
        _line.Remove(place.Order);
        place.Group.Remove(place);
        if (place.Group is { Head: null } group && (group.Demand.OnlyAgent is not null || _groups.Count > MaximumGroups)) Drop(group);
        return true;
    }

    /// <summary>What an agent can take now; one without a free slot stays known but gets nothing. Told again what is known, it does nothing.</summary>
    public void Set(Candidate agent)
    {
        if (!_desks.TryGetValue(agent.AgentId, out var desk))
        {
            Welcome(agent);
            return;
        }
        if (agent.Skills.AsSpan().SequenceEqual(desk.Agent.Skills.AsSpan()))
        {
            var told = agent with { Skills = desk.Agent.Skills, LastTurn = desk.Agent.LastTurn };
            if (told != desk.Agent) Change(desk, told);
            return;
        }
        Forget(agent.AgentId);
        Welcome(agent with { LastTurn = desk.Agent.LastTurn });
    }

    /// <summary>The agent as last told, less what was taken since; null when the agent isn't at work.</summary>
    public Candidate? AgentNamed(string agentId) => _desks.GetValueOrDefault(agentId)?.Agent;

    /// <summary>The agent is kept for a call, and takes no more chats; the agent's own word will say so too.</summary>
    public void Keep(string agentId, string queue)
    {
        var desk = _desks[agentId];
        Change(desk, desk.Agent with { KeptBy = queue, Free = desk.Agent.Free with { Chats = 0 } });
    }

    /// <summary>The agent is gone.</summary>
    public void Forget(string agentId)
    {
        if (!_desks.Remove(agentId, out var desk)) return;
        Capacity -= desk.Agent.Capacity;
        Free -= desk.Agent.Free;
        desk.LeaveSeats();
    }

    /// <summary>
    /// Takes the ticket with the smallest key that anybody free can serve off the line, and one slot off the agent who
    /// should serve it. Null when nobody who waits can be served.
    /// </summary>
    public Match? Take()
    {
        if (_ready.First() is not { } group) return null;
        var ticket = group.Head!.Ticket;
        var (desk, why) = group.Choose(ticket);
        var agent = desk.Agent;
        Change(desk, agent with { Free = agent.Free.After(group.Medium), LastTurn = ++_turns, OnCall = agent.OnCall || group.Medium == Medium.Call });
        Remove(ticket.TicketId);
        return new Match(ticket, agent, why);
    }

    private void Welcome(Candidate agent)
    {
        var desk = new Desk { Agent = agent with { Skills = OneCopy(agent.Skills) } };
        _desks.Add(agent.AgentId, desk);
        Capacity += agent.Capacity;
        Free += agent.Free;
        JoinGroups(desk, "");
        foreach (var has in agent.Skills) JoinGroups(desk, has.Skill);
    }

    // One copy of each skill's name: equal names are compared at a glance, without a visit to many copies in memory.
    private ImmutableArray<SkillLevel> OneCopy(ImmutableArray<SkillLevel> skills) => [.. skills.Select(one => one with { Skill = NameOf(one.Skill) })];

    private string NameOf(string skill)
    {
        if (_skills.TryGetValue(skill, out var name)) return name;
        _skills.Add(skill, skill);
        return skill;
    }

    private void Change(Desk desk, Candidate told)
    {
        Capacity += told.Capacity - desk.Agent.Capacity;
        Free += told.Free - desk.Agent.Free;
        desk.Change(told);
    }

    private void JoinGroups(Desk desk, string firstSkill)
    {
        foreach (var group in _groupsBySkill.GetValueOrDefault(firstSkill) ?? [])
            if (group.Demand.IsMetBy(desk.Agent)) desk.Join(group);
    }

    private DemandGroup GroupOf(Demand demand)
    {
        if (_groups.TryGetValue(demand, out var group)) return group;
        group = new DemandGroup(demand with { Hard = OneCopy(demand.Hard), Soft = OneCopy(demand.Soft) }, strategy, _ready);
        _groups.Add(group.Demand, group);
        SameFirstSkill(demand).Add(group);
        foreach (var desk in DesksFor(demand))
            if (demand.IsMetBy(desk.Agent)) desk.Join(group);
        return group;
    }

    private void Drop(DemandGroup group)
    {
        _groups.Remove(group.Demand);
        SameFirstSkill(group.Demand).Remove(group);
        foreach (var desk in DesksFor(group.Demand)) desk.Quit(group);
    }

    private IEnumerable<Desk> DesksFor(Demand demand) =>
        demand.OnlyAgent is not { } one ? _desks.Values : _desks.TryGetValue(one, out var desk) ? [desk] : [];

    private List<DemandGroup> SameFirstSkill(Demand demand)
    {
        var skill = demand.Hard.Length > 0 ? demand.Hard[0].Skill : "";
        if (!_groupsBySkill.TryGetValue(skill, out var groups)) _groupsBySkill[skill] = groups = [];
        return groups;
    }
}
