using Orleans.Storage;

namespace CampusCare.Embedded.Runtime;

/// <summary>One grain, alive in memory: from its first request to its deactivation.</summary>
internal sealed class Activation : Mailbox, IGrainContext, ITurn
{
    private readonly List<GrainTimer> _timers = [];
    private Stage _stage = Stage.New;
    private ActivationObjects? _objects;
    private DeactivationReason? _ending;
    private TaskCompletionSource? _ended;
    private GrainReference? _reference;
    private long _lastUse;
    private long _keptUntil;
    private long _idleAlarm;

    public Activation(GrainSilo silo, GrainClass grainClass, GrainId id)
        : base(silo.Engine)
    {
        Silo = silo;
        Class = grainClass;
        GrainId = id;
    }

    private enum Stage
    {
        New,
        Activating,
        Active,
        Deactivating,
        Dead,
    }

    public GrainSilo Silo { get; }

    public GrainClass Class { get; }

    public GrainId GrainId { get; }

    public GrainReference GrainReference => _reference ??= Engine.References.Create(Class.MainInterface, Class, GrainId);

    public object? GrainInstance => _objects?.Grain;

    public override object Target => GrainInstance!;

    public IServiceProvider ActivationServices => _objects!.Services;

    public Task Deactivated
    {
        get
        {
            lock (Gate)
            {
                _ended ??= new(Engine.Turns.PromiseOptions);
                if (_stage == Stage.Dead)
                    _ended.TrySetResult();
                return _ended.Task;
            }
        }
    }

    /// <summary>Whether nothing waits, runs or is about to end here.</summary>
    public bool IsIdle
    {
        get
        {
            lock (Gate)
                return IsQuiet && _ending is null;
        }
    }

    protected override bool IsClosed => _stage == Stage.Dead;

    protected override bool MayHaveTurn => _stage switch
    {
        Stage.New => true,
        Stage.Active => _ending is not null || base.MayHaveTurn,
        _ => false,
    };

    protected override bool IsReentrant => Class.IsReentrant;

    private long IdleDue => Class.CollectionAge is { } age ? Math.Max(_lastUse + age.Ticks, _keptUntil) : long.MaxValue;

    public void Deactivate(DeactivationReason reason, CancellationToken cancellationToken = default)
    {
        bool wake;
        lock (Gate)
        {
            if (_ending is not null || _stage is Stage.Deactivating or Stage.Dead)
                return;
            _ending = reason;
            wake = _stage == Stage.Active && !IsRunning && Wake();
        }

        if (wake)
            Schedule();
    }

    /// <summary>Ends the activation if it has been idle for <paramref name="age"/>; whether it ends.</summary>
    public bool DeactivateIfIdle(TimeSpan age)
    {
        lock (Gate)
        {
            if (!IsQuiet || Engine.Alarms.Now < Math.Max(_lastUse + age.Ticks, _keptUntil))
                return false;
        }

        Deactivate(new(DeactivationReasonCode.ActivationIdle, "Idle activations were collected."));
        return true;
    }

    public void DelayDeactivation(TimeSpan time)
    {
        lock (Gate)
        {
            _keptUntil = time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue ? long.MaxValue
                : time <= TimeSpan.Zero ? 0
                : Engine.Alarms.Now + time.Ticks;
        }
    }

    public void Add(GrainTimer timer)
    {
        lock (Gate)
            _timers.Add(timer);
    }

    public void Remove(GrainTimer timer)
    {
        lock (Gate)
            _timers.Remove(timer);
    }

    /// <summary>Ends the activation between two turns, as if its machine had lost power; the requests that were in it.</summary>
    public List<GrainRequest> Lose()
    {
        Halt();
        List<GrainRequest> requests;
        lock (Gate)
        {
            _stage = Stage.Dead;
            requests = [.. TakeWaiting(), .. TakeRunning()];
            _ended?.TrySetResult();
        }

        DisposeTimers();
        return requests;
    }

    public override void Finished(GrainRequest request, Exception? failure)
    {
        base.Finished(request, failure);
        // Its memory of the state is stale: the next request must read it afresh.
        if (failure is InconsistentStateException)
            Deactivate(new(DeactivationReasonCode.ApplicationError, failure, "The stored state had changed."));
    }

    /// <summary>Takes the next step of the activation's life.</summary>
    void ITurn.Run() => _ = _stage == Stage.Activating ? ActivateAsync() : DeactivateAsync(_ending!.Value);

    public override string ToString() => GrainId.ToString();

    protected override bool WakesFor(GrainRequest request) =>
        _stage == Stage.New || (_stage == Stage.Active && _ending is null && base.WakesFor(request));

    protected override void OnUse(long now) => _lastUse = now;

    protected override long OnAlarm(long alarm, long now, out bool wake)
    {
        wake = false;
        if (alarm != _idleAlarm)
            return long.MaxValue;
        if (!IsQuiet || now < IdleDue)
            return _idleAlarm = Math.Max(IdleDue, now + 1);
        _ending ??= new(DeactivationReasonCode.ActivationIdle, $"Idle for {Class.CollectionAge}.");
        wake = true;
        return long.MaxValue;
    }

    protected override ITurn? NextTurn()
    {
        switch (_stage)
        {
            case Stage.New:
                _stage = Stage.Activating;
                return this;
            case Stage.Active when _ending is null:
                return base.NextTurn();
            case Stage.Active when !IsRunning:
                _stage = Stage.Deactivating;
                return this;
            default:
                return null;
        }
    }

    private async Task ActivateAsync()
    {
        using var limit = new CancellationTokenSource(Timeout.InfiniteTimeSpan, Engine.Time);
        try
        {
            _objects = new ActivationObjects(this);
            var activation = _objects.ActivateAsync(limit.Token);
            // Most are done by now, and then no clock needs to run.
            if (!activation.IsCompleted) limit.CancelAfter(Engine.Options.ActivationTimeout);
            await activation;
        }
        catch (Exception exception)
        {
            // The exception belongs to the callers who wait for this activation.
            EngineLog.ActivationFailed(Engine.Log, exception, this);
            foreach (var request in await BuryAsync())
                request.Fail(exception);
            return;
        }

        lock (Gate)
        {
            _stage = Stage.Active;
            _idleAlarm = IdleDue;
        }

        if (_idleAlarm != long.MaxValue)
            Engine.Alarms.Set(this, _idleAlarm);
    }

    private async Task DeactivateAsync(DeactivationReason reason)
    {
        DisposeTimers();
        using var limit = new CancellationTokenSource(Engine.Options.DeactivationTimeout, Engine.Time);
        try
        {
            await _objects!.DeactivateAsync(reason, limit.Token);
        }
        catch (Exception exception)
        {
            // There is nobody to tell: the activation ends whatever its last wish does.
            EngineLog.DeactivationFailed(Engine.Log, exception, this);
        }

        foreach (var request in await BuryAsync())
            Silo.Forward(request);
    }

    /// <summary>Closes the activation for ever; the requests that still waited in it.</summary>
    private async Task<List<GrainRequest>> BuryAsync()
    {
        DisposeTimers();
        try
        {
            if (_objects is not null)
                await _objects.DisposeAsync();
        }
        catch (Exception exception)
        {
            // As above: it ends nevertheless.
            EngineLog.DeactivationFailed(Engine.Log, exception, this);
        }

        Silo.Forget(this);
        lock (Gate)
        {
            _stage = Stage.Dead;
            _objects = null;
            _ended?.TrySetResult();
            return TakeWaiting();
        }
    }

    private void DisposeTimers()
    {
        GrainTimer[] timers;
        lock (Gate)
            timers = [.. _timers];
        foreach (var timer in timers)
            timer.Dispose();
    }
}
