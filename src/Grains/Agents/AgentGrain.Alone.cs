using CampusCare.Contracts;
using CampusCare.Domain;

namespace CampusCare.Grains.Agents;

/// <summary>
/// Who is connected, and since when nobody is. That is stored, and so survives a memory that gets lost: nothing stays with
/// somebody who is gone.
/// </summary>
public sealed partial class AgentGrain
{
    private DateTimeOffset? _aloneSince;
    private bool _isFollowed;

    public async Task Follow(string gatewayId, IGatewayObserver gateway)
    {
        _followers.Add(gatewayId, gateway);
        _isFollowed = true;
        _aloneSince = null;
        // At once: whoever wakes up next must not believe that the person is still gone.
        await KeepAlone();
        // Gateways renew when a silo died: a line that died with it wakes up, and one that got no answer hears of the agent.
        await TellQueues(Serving);
    }

    public Task Unfollow(string gatewayId)
    {
        _followers.Remove(gatewayId);
        if (!_followers.Any) _aloneSince ??= time.GetUtcNow();
        return Task.CompletedTask;
    }

    // After a loss of memory nobody knows who was connected; gateways renew what they follow.
    private void ExpectToBeFollowed() =>
        _aloneSince = state.State.AloneSince ?? (_slots.Count > 0 || state.State.Status == AgentStatus.Available ? time.GetUtcNow() + FollowTimes.Renewal : null);

    private Task KeepAlone() => _aloneSince == state.State.AloneSince ? Task.CompletedTask : state.Save(state.State with { AloneSince = _aloneSince });

    // Only somebody who was connected can have lost the connection. Who doesn't come back in time doesn't get more; who
    // stays away leaves the conversations to others.
    private async Task LeaveWhenAlone(DateTimeOffset now)
    {
        if (_isFollowed && !_followers.Any) _aloneSince ??= now;
        if (_aloneSince is not { } since) return;
        if (now - since >= ConnectionGrace && state.State.Status == AgentStatus.Available) await ChangeStatus(AgentStatus.Offline, ConnectionLost);
        if (now - since < ReturnGrace) return;
        foreach (var slot in _slots.All.Where(static slot => slot.State == ReservationState.Accepted).ToList())
            _ = TicketOf(slot.Reservation).AgentGone(NameFor(slot.Reservation), slot.Reservation.ReservationId);
    }
}
