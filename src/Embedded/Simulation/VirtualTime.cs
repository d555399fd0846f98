namespace CampusCare.Embedded.Simulation;

/// <summary>A clock that stands still until it is told to jump to the next timer.</summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<(VirtualTimer Timer, long Setting), (long Due, long Order)> _timers = new();
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ticks since the simulation began.</summary>
    public long Ticks { get; private set; }

    public override DateTimeOffset GetUtcNow() => start.AddTicks(Ticks);

    public override long GetTimestamp() => Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Jumps to the earliest timer and rings it; false when there is none.</summary>
    public bool Advance()
    {
        while (_timers.TryDequeue(out var next, out var when))
        {
            if (next.Timer.Setting != next.Setting)
                continue;
            Ticks = Math.Max(Ticks, when.Due);
            next.Timer.Ring();
            return true;
        }

        return false;
    }

    private void Set(VirtualTimer timer, TimeSpan wait) =>
        _timers.Enqueue((timer, timer.Setting), (Ticks + wait.Ticks, ++_order));

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Counts changes: a ring that was set before the last one comes to nothing.</summary>
        public long Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Setting++;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
                time.Set(this, dueTime);
            return true;
        }

        public void Ring()
        {
            if (_period > TimeSpan.Zero)
                time.Set(this, _period);
            callback(state);
        }

        public void Dispose() => Setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
