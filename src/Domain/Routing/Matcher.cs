using System.Collections.Immutable;

namespace CampusCare.Domain.Routing;

/// <summary>
/// The waiting line of a queue and the agents who serve it. Tickets with the same requirements form a group; an agent
/// stands in every group that the agent is able to serve. Each change and each match costs the logarithm of what it
/// touches, whatever the size of the line.
/// </summary>
public sealed class Matcher
{
    private readonly Dictionary<string, Waiting> _tickets = [];
    private readonly Dictionary<string, Candidate> _agents = [];
    private readonly Dictionary<string, RequirementGroup> _groups = [];
    private readonly Dictionary<string, List<RequirementGroup>> _groupsBySkill = [];
    private readonly SortedSet<RequirementGroup> _ready = new(RequirementGroup.ByHead);
    private readonly WaitingLine _line = new();

    /// <summary>How many wait.</summary>
    public int WaitingCount => _tickets.Count;

    /// <summary>Agents known, free or not.</summary>
    public int AgentCount => _agents.Count;

    /// <summary>Slots of all agents known, free or not.</summary>
    public int Slots { get; private set; }

    /// <summary>Slots that are free now.</summary>
    public int FreeSlots { get; private set; }

    /// <summary>The ticket that is next, whoever may take it; null when nobody waits.</summary>
    public Waiting? Head => _line.Head;

    /// <summary>1 for the next ticket; 0 when the ticket doesn't wait.</summary>
    public int PositionOf(string ticketId) => _tickets.TryGetValue(ticketId, out var ticket) ? _line.PositionOf(ticket) : 0;

    /// <summary>Takes a ticket into the line, or to its new place.</summary>
    public void Add(Waiting ticket)
    {
        Remove(ticket.TicketId);
        _tickets[ticket.TicketId] = ticket;
        _line.Add(ticket);
        var group = GroupOf(ticket.Requirements);
        Change(group, () => group.Tickets.Add(ticket));
    }

    /// <summary>The ticket no longer waits. False when it didn't.</summary>
    public bool Remove(string ticketId)
    {
        if (!_tickets.Remove(ticketId, out var ticket)) return false;
        _line.Remove(ticket);
        var group = _groups[RequirementGroup.NameOf(ticket.Requirements)];
        Change(group, () => group.Tickets.Remove(ticket));
        return true;
    }

    /// <summary>What an agent can take now; one without a free slot stays known but gets nothing.</summary>
    public void Set(Candidate agent)
    {
        Forget(agent.AgentId);
        _agents[agent.AgentId] = agent;
        Slots += agent.Capacity;
        FreeSlots += agent.Free;
        if (agent.Free > 0)
            foreach (var group in GroupsFor(agent))
                Change(group, () => group.Agents.Add(agent));
    }

    /// <summary>The agent is gone.</summary>
    public void Forget(string agentId)
    {
        if (!_agents.Remove(agentId, out var agent)) return;
        Slots -= agent.Capacity;
        FreeSlots -= agent.Free;
        if (agent.Free > 0)
            foreach (var group in GroupsFor(agent))
                Change(group, () => group.Agents.Remove(agent));
    }

    /// <summary>An agent that the line knows; null for another.</summary>
    public Candidate? Agent(string agentId) => _agents.GetValueOrDefault(agentId);

    /// <summary>
    /// Takes the ticket with the smallest key that anybody free can serve off the line, and one slot off the agent who
    /// serves it best. Null when nobody who waits can be served.
    /// </summary>
    public Match? Take()
    {
        if (_ready.Min is not { } group) return null;
        var ticket = group.Tickets.Min!;
        var agent = Best(group, ticket);
        Remove(ticket.TicketId);
        Set(agent with { Free = agent.Free - 1 });
        return new Match(ticket, agent, Reason(group, ticket, agent));
    }

    private static Candidate Best(RequirementGroup group, Waiting ticket)
    {
        if (!ticket.NotAgents.IsDefaultOrEmpty)
            foreach (var agent in group.Agents)
                if (!ticket.NotAgents.Contains(agent.AgentId)) return agent;
        return group.Agents.Min!;
    }

    private static string Reason(RequirementGroup group, Waiting ticket, Candidate agent)
    {
        var skills = string.Join(", ", ticket.Requirements.Select(need => $"{need.Skill} {agent.Skills.First(has => has.Skill == need.Skill).Level}≥{need.Level}"));
        return $"best of {group.Agents.Count + (agent.Free == 1 ? 1 : 0)}: {skills}; load {agent.Capacity - agent.Free}/{agent.Capacity}";
    }

    private RequirementGroup GroupOf(ImmutableArray<SkillLevel> requirements)
    {
        var name = RequirementGroup.NameOf(requirements);
        if (_groups.TryGetValue(name, out var group)) return group;
        group = new RequirementGroup(name, requirements);
        _groups[name] = group;
        var skill = requirements.Length > 0 ? requirements[0].Skill : "";
        if (!_groupsBySkill.TryGetValue(skill, out var sameSkill)) _groupsBySkill[skill] = sameSkill = [];
        sameSkill.Add(group);
        foreach (var agent in _agents.Values)
            if (agent.Free > 0 && group.CanBeServedBy(agent)) group.Agents.Add(agent);
        return group;
    }

    private IEnumerable<RequirementGroup> GroupsFor(Candidate agent)
    {
        foreach (var group in _groupsBySkill.GetValueOrDefault("") ?? []) yield return group;
        foreach (var has in agent.Skills)
            foreach (var group in _groupsBySkill.GetValueOrDefault(has.Skill) ?? [])
                if (group.CanBeServedBy(agent)) yield return group;
    }

    // The set of ready groups is ordered by their heads, so a group must leave it before its head changes.
    private void Change(RequirementGroup group, Action change)
    {
        if (group.IsReady) _ready.Remove(group);
        change();
        if (group.IsReady) _ready.Add(group);
    }
}
