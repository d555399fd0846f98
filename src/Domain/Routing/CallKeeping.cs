namespace CampusCare.Domain.Routing;

/// <summary>
/// A call needs an agent without a chat in hand, whom a rush never has. So when its turn has come an agent is kept for
/// it: takes no more chats until the call is there. One agent for each such call of a queue, and no more.
/// </summary>
/// <param name="queue">Whose calls.</param>
public sealed class CallKeeping(string queue)
{
    /// <summary>A call waits so long for somebody who happens to be free.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Who is kept by a queue that says nothing more for so long is free again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(15);

    private Dictionary<string, string> _agentOf = [];

    /// <summary>The agents who are kept.</summary>
    public IReadOnlyCollection<string> Kept => _agentOf.Values;

    /// <summary>
    /// Who must be asked now, and who let go. A call keeps its agent as long as that one can take it, and says so: who got
    /// another call is kept no more. Who is kept for nothing goes to the next call before others are asked.
    /// </summary>
    /// <param name="calls">Those of the line that waited for <see cref="Patience"/>, in order.</param>
    /// <param name="line">The line, and the agents at work.</param>
    public (IReadOnlyList<string> Asked, IReadOnlyList<string> LetGo) Arrange(IReadOnlyList<Waiting> calls, Matcher line)
    {
        var before = _agentOf;
        var able = line.Agents.Where(CanBeKept).ToDictionary(static agent => agent.AgentId);
        var asked = new List<string>();
        _agentOf = [];
        foreach (var call in calls)
            if (before.TryGetValue(call.TicketId, out var id) && able.TryGetValue(id, out var agent) && IsKept(agent) && call.Demand.IsMetBy(agent))
                Keep(call, agent);
        var hopeless = new HashSet<Demand>();
        foreach (var call in calls)
        {
            if (_agentOf.ContainsKey(call.TicketId) || hopeless.Contains(call.Demand)) continue;
            if (Choose(call, able.Values, line) is { } chosen) Keep(call, chosen);
            else hopeless.Add(call.Demand); // later calls of the same kind come after what came before this one
        }
        var letGo = before.Values.Concat(able.Values.Where(IsKept).Select(static agent => agent.AgentId));
        return ([.. asked], [.. letGo.Except(_agentOf.Values)]);

        void Keep(Waiting call, Candidate agent)
        {
            _agentOf[call.TicketId] = agent.AgentId;
            if (!IsKept(agent)) asked.Add(agent.AgentId);
            able.Remove(agent.AgentId);
        }
    }

    // Fewest chats in hand, the longest idle of these; somebody who declined the call only when nobody else is there.
    private Candidate? Choose(Waiting call, IEnumerable<Candidate> able, Matcher line) => able
        .Where(agent => call.Demand.IsMetBy(agent) && line.IsTurnOf(call, agent))
        .MinBy(agent => (call.NotAgents.Contains(agent.AgentId), !IsKept(agent), agent.Capacity.Chats - agent.Free.Chats, agent.IdleSince));

    private bool CanBeKept(Candidate agent) => agent is { OnCall: false, Capacity: { Calls: > 0, Chats: > 0 } } && (agent.KeptBy is null || IsKept(agent));

    private bool IsKept(Candidate agent) => agent.KeptBy == queue;
}
