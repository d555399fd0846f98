namespace CampusCare.Gateway.Tests;

/// <summary>A clock whose timers ring when a test moves it.</summary>
internal sealed class StepClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Bell> _set = [];
    private readonly List<TaskCompletionSource> _waits = [];
    private DateTimeOffset _now = new(2026, 9, 1, 18, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var bell = new Bell(this, () => callback(state));
        bell.Change(dueTime, period);
        return bell;
    }

    /// <summary>Waits until a timer is set.</summary>
    public Task IsSet()
    {
        lock (_lock)
        {
            if (_set.Count > 0) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add(done);
            return done.Task.WaitAsync(GatewayProcess.Patience);
        }
    }

    public void Move(TimeSpan time)
    {
        List<Bell> due;
        lock (_lock)
        {
            _now += time;
            due = _set.FindAll(bell => bell.Due <= _now);
            _set.RemoveAll(due.Contains);
        }
        foreach (var bell in due) bell.Ring();
    }

    private sealed class Bell(StepClock clock, Action ring) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._set.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = clock._now + dueTime;
                clock._set.Add(this);
                foreach (var done in clock._waits) done.TrySetResult();
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
