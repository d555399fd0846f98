namespace CampusCare.Embedded.Runtime;

/// <summary>
/// Rings mailboxes at times that they set. One timer serves all of them: calls need a deadline each, and a timer each would
/// cost more than the call.
/// </summary>
internal sealed class AlarmClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(Mailbox Mailbox, long Due), long> _alarms = new();
    private long _timerDue = long.MaxValue;

    public AlarmClock(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(
            static clock => ((AlarmClock)clock!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Ticks of 100 ns since the engine began.</summary>
    public long Now => _time.GetElapsedTime(_start).Ticks;

    /// <summary>Has the mailbox rung at <paramref name="due"/>. A mailbox may set several and ignore those that came to nothing.</summary>
    public void Set(Mailbox mailbox, long due)
    {
        lock (_gate)
        {
            _alarms.Enqueue((mailbox, due), due);
            SetTimer();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        var rung = new List<(Mailbox Mailbox, long Due)>();
        lock (_gate)
        {
            var now = Now;
            while (_alarms.TryPeek(out var alarm, out var due) && due <= now)
            {
                rung.Add(alarm);
                _alarms.Dequeue();
            }

            _timerDue = long.MaxValue;
            SetTimer();
        }

        foreach (var (mailbox, due) in rung)
            mailbox.Ring(due);
    }

    private void SetTimer()
    {
        if (!_alarms.TryPeek(out _, out var due) || due >= _timerDue)
            return;
        _timerDue = due;
        // A timer counts whole milliseconds: one more, so that it never rings before the time.
        var wait = TimeSpan.FromTicks(Math.Max(0, due - Now)) + TimeSpan.FromMilliseconds(1);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
