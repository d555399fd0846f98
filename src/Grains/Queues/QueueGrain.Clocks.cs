using CampusCare.Contracts;

namespace CampusCare.Grains.Queues;

/// <summary>
/// The clocks of the queue's tickets, wherever these are: those that run out soon stand here, in order, and one timer
/// waits for the first. The ticket itself decides what a clock that ran out means; a word that gets lost is said again
/// after the next comparison with the read model.
/// </summary>
public sealed partial class QueueGrain
{
    /// <summary>Clocks that run out later are left to the read model until then.</summary>
    public static readonly TimeSpan ClockHorizon = TimeSpan.FromSeconds(30);

    /// <summary>The least time between two looks at the clocks.</summary>
    public static readonly TimeSpan ClockPeriod = TimeSpan.FromMilliseconds(50);

    private readonly PriorityQueue<string, DateTimeOffset> _clocks = new();
    private readonly Dictionary<string, DateTimeOffset> _clockOf = [];
    private IGrainTimer _clockTimer = null!;

    public Task Watch(string ticketId, DateTimeOffset dueAt)
    {
        WatchClock(ticketId, dueAt);
        return Task.CompletedTask;
    }

    private void WatchClock(string ticketId, DateTimeOffset dueAt)
    {
        if (dueAt > time.GetUtcNow() + ClockHorizon) return;
        if (_clockOf.TryGetValue(ticketId, out var known) && known == dueAt) return;
        _clockOf[ticketId] = dueAt;
        _clocks.Enqueue(ticketId, dueAt);
        if (_clocks.Peek() == ticketId) SetClockTimer();
    }

    private Task RingClocks()
    {
        var now = time.GetUtcNow();
        while (_clocks.TryPeek(out var ticketId, out var dueAt) && dueAt <= now)
        {
            _clocks.Dequeue();
            if (!_clockOf.TryGetValue(ticketId, out var known) || known != dueAt) continue;
            _clockOf.Remove(ticketId);
            _ = GrainFactory.Ticket(_campus, ticketId).ClocksDue();
        }
        SetClockTimer();
        return Task.CompletedTask;
    }

    private void SetClockTimer()
    {
        if (!_clocks.TryPeek(out _, out var dueAt)) return;
        var wait = dueAt - time.GetUtcNow();
        _clockTimer.Change(wait > ClockPeriod ? wait : ClockPeriod, Timeout.InfiniteTimeSpan);
    }

    private async Task SweepClocks()
    {
        foreach (var row in await tickets.DueIn(_campus, _id, time.GetUtcNow() + ClockHorizon, SweepPage))
            WatchClock(row.TicketId, row.NextDueAt!.Value);
    }
}
