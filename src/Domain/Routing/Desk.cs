namespace CampusCare.Domain.Routing;

/// <summary>An agent as last told, and the groups of tickets that the agent's skills suffice for, with room or without.</summary>
internal sealed class Desk
{
    private readonly List<DemandGroup> _groups = [];

    public required Candidate Agent { get; set; }

    /// <summary>Counts what was told of the agent, so that a seat from before is known as stale.</summary>
    public int Version { get; private set; }

    /// <summary>The agent's skills suffice for a group.</summary>
    public void Join(DemandGroup group)
    {
        _groups.Add(group);
        if (HasRoomFor(group)) group.AddAgent(this);
    }

    /// <summary>The group is no more.</summary>
    public void Quit(DemandGroup group)
    {
        if (_groups.Remove(group) && HasRoomFor(group)) group.RemoveAgent();
    }

    /// <summary>The same skills, but anything else may be new.</summary>
    public void Change(Candidate agent)
    {
        LeaveSeats();
        Agent = agent;
        if (!agent.Free.Any) return;
        foreach (var group in _groups)
            if (HasRoomFor(group)) group.AddAgent(this);
    }

    /// <summary>The agent stands by for nothing.</summary>
    public void LeaveSeats()
    {
        Version++;
        if (!Agent.Free.Any) return;
        foreach (var group in _groups)
            if (HasRoomFor(group)) group.RemoveAgent();
    }

    private bool HasRoomFor(DemandGroup group) => Agent.Free.Of(group.Medium) > 0;
}
