using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Routing;

namespace CampusCare.Grains.Queues;

/// <summary>
/// Agents kept for calls whose turn it is: that it came is seen when something before it leaves the line, and every
/// second; that it is over, at once.
/// </summary>
public sealed partial class QueueGrain
{
    private readonly Dictionary<string, WaitingTicket> _calls = [];
    private CallKeeping _keeping = null!;

    private void KeepForCalls(DateTimeOffset now)
    {
        if (_calls.Count == 0 && _keeping.Kept.Count == 0) return;
        var calls = _calls.Values.Where(call => now - call.WaitingSince >= CallKeeping.Patience).Select(call => _matcher.TicketNamed(call.TicketId)).OfType<Waiting>()
            .Where(static call => call.Demand.Medium == Medium.Call)
            .OrderBy(static call => call.PriorityKey).ThenBy(static call => call.TicketId, StringComparer.Ordinal);
        var (asked, letGo) = _keeping.Arrange([.. calls], _matcher);
        foreach (var agent in asked)
        {
            _matcher.Keep(agent, _id);
            _ = GrainFactory.Agent(_campus, agent).KeepForCall(_id);
        }
        foreach (var agent in letGo) _ = GrainFactory.Agent(_campus, agent).LetGo(_id);
    }

    // What was taken stood before somebody: a call may be next now, and gets its agent before the next chat does.
    private void TurnMayHaveCome(Match taken)
    {
        if (_calls.Count > _keeping.Kept.Count && taken.Ticket.Demand.Medium == Medium.Chat) KeepForCalls(time.GetUtcNow());
    }

    // Words may overtake each other.
    private void LetGoIfUnknown(AgentAvailability agent)
    {
        if (agent.KeptBy == _id && !_keeping.Kept.Contains(agent.AgentId)) _ = GrainFactory.Agent(_campus, agent.AgentId).LetGo(_id);
    }

    private void NoCallWaits(string ticketId)
    {
        if (_calls.Remove(ticketId)) KeepForCalls(time.GetUtcNow());
    }
}
