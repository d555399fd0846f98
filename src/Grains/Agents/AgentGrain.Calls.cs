using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing;

namespace CampusCare.Grains.Agents;

/// <summary>Keeping the agent for a call of one queue: no more chats, until the call is there or the queue falls silent.</summary>
public sealed partial class AgentGrain
{
    private string? _keptBy;
    private DateTimeOffset _keptUntil;

    public Task KeepForCall(string queue)
    {
        // The queue hasn't heard that the agent left it.
        if (!Serving.Contains(queue)) return Announce(queue);
        if (state.State.Status != AgentStatus.Available || (_keptBy is not null && _keptBy != queue)) return Task.CompletedTask;
        // The queue could not know of it yet. Kept now, the journal would tell of the next call's turn before this call's offer.
        if (_slots.Held.Calls > 0) return Announce(queue);
        _keptUntil = time.GetUtcNow() + CallKeeping.Lifetime;
        return _keptBy == queue ? Task.CompletedTask : KeepFor(queue);
    }

    public Task LetGo(string queue) => _keptBy == queue ? KeepFor(null) : Task.CompletedTask;

    private async Task KeepFor(string? queue)
    {
        await Journal(new KeptSet(queue), time.GetUtcNow());
        _keptBy = queue;
        Push();
        await TellQueues(Serving);
    }

    private ReserveRefusal? RefusalOf(Reservation reservation) =>
        !Serving.Contains(reservation.Queue) ? ReserveRefusal.NotOfQueue
        : Free.Of(reservation.Medium) > 0 && (reservation.Medium != Medium.Call || _keptBy is null || _keptBy == reservation.Queue) ? null
        : ReserveRefusal.NoRoom;
}
