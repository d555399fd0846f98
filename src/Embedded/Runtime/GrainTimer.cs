namespace CampusCare.Embedded.Runtime;

/// <summary>A timer of an activation: each tick is a request that the activation sends to itself.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private const uint LongestWait = uint.MaxValue - 1;

    private static readonly GrainMethod Interleaving = new("timer", alwaysInterleave: true);
    private static readonly GrainMethod Exclusive = new("timer", alwaysInterleave: false);

    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ITimer _timer;
    private TimeSpan _period;
    private TimeSpan? _changed;
    private bool _ticking;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options, TimeProvider time)
    {
        Check(options.DueTime, options.Period);
        _activation = activation;
        _callback = callback;
        _options = options;
        _period = options.Period;
        using (ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static timer => ((GrainTimer)timer!).Send(), this, options.DueTime, Timeout.InfiniteTimeSpan);
        activation.Add(this);
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        _period = period;
        if (_ticking)
            _changed = dueTime;
        else
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _timer.Dispose();
        _disposed.Cancel();
        _activation.Remove(this);
    }

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan((long)dueTime.TotalMilliseconds, -1, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)dueTime.TotalMilliseconds, LongestWait, nameof(dueTime));
        ArgumentOutOfRangeException.ThrowIfLessThan((long)period.TotalMilliseconds, -1, nameof(period));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)period.TotalMilliseconds, LongestWait, nameof(period));
    }

    private void Send()
    {
        _ticking = true;
        var tick = new Tick(this);
        tick.Address(_activation.GrainId, TaskCreationOptions.None);
        _activation.TryPost(tick);
    }

    private async Task TickAsync()
    {
        if (_disposed.IsCancellationRequested)
            return;
        try
        {
            await _callback(_disposed.Token);
        }
        finally
        {
            _ticking = false;
            if (!_disposed.IsCancellationRequested)
                _timer.Change(_changed ?? _period, Timeout.InfiniteTimeSpan);
            _changed = null;
        }
    }

    private sealed class Tick(GrainTimer timer) : GrainRequest(timer._options.Interleave ? Interleaving : Exclusive)
    {
        public override bool IsAnswered => timer._disposed.IsCancellationRequested;

        public override bool IsLocal => true;

        public override bool KeepsAlive => timer._options.KeepAlive;

        protected override Task Call(object target) => timer.TickAsync();

        public override void TryAnswer(Task answer)
        {
        }

        protected override void TryFail(Exception exception)
        {
        }

        protected override bool TryCancel(CancellationToken token) => false;
    }
}
