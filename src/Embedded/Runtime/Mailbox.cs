namespace CampusCare.Embedded.Runtime;

/// <summary>
/// Runs requests on one object: one at a time, unless they are declared to interleave. Also the keeper of their deadlines,
/// because a request that waits or runs is always in a mailbox.
/// </summary>
internal abstract class Mailbox(GrainEngine engine) : Strand(engine.Turns)
{
    private RequestList _waiting;
    private RequestList _running;
    private int _waitingInterleavable;
    private int _runningExclusive;
    private int _runningReadOnly;
    private long _deadlineAlarm = long.MaxValue;

    /// <summary>The object that requests run on.</summary>
    public abstract object Target { get; }

    public GrainEngine Engine => engine;

    /// <summary>Whether every request may interleave with every other.</summary>
    protected virtual bool IsReentrant => false;

    /// <summary>Whether nothing waits and nothing runs. Under the gate.</summary>
    protected bool IsQuiet => _waiting.Count == 0 && _running.Count == 0;

    protected override bool MayHaveTurn => _waiting.Count > 0;

    /// <summary>Whether a request has begun and not ended. Under the gate.</summary>
    protected bool IsRunning => _running.Count > 0;

    /// <summary>Queues the request; false when the mailbox has closed for ever.</summary>
    public bool TryPost(GrainRequest request)
    {
        var now = Engine.Alarms.Now;
        var due = long.MaxValue;
        bool wake = false, full;
        lock (Gate)
        {
            if (IsClosed)
                return false;
            full = _waiting.Count >= Engine.Options.MaxQueuedRequests && !request.IsLocal;
            if (!full)
            {
                request.Mailbox = this;
                Enqueue(request);
                if (request.KeepsAlive)
                    OnUse(now);
                if (request.Deadline < _deadlineAlarm)
                    due = _deadlineAlarm = request.Deadline;
                wake = WakesFor(request) && Wake();
            }
        }

        if (full)
            Refuse(request);
        if (due != long.MaxValue)
            Engine.Alarms.Set(this, due);
        if (wake)
            Schedule();
        return true;
    }

    /// <summary>A request has ended. Called within a turn.</summary>
    public virtual void Finished(GrainRequest request, Exception? failure)
    {
        var now = Engine.Alarms.Now;
        lock (Gate)
        {
            _running.Remove(request);
            Count(request, -1);
            if (request.KeepsAlive)
                OnUse(now);
        }

        if (failure is not null && request.Method.OneWay)
            EngineLog.OneWayFailed(Engine.Log, failure, request);
    }

    /// <summary>The time of an alarm has come.</summary>
    public void Ring(long alarm)
    {
        var late = new List<(GrainRequest Request, string Where)>();
        long next;
        bool wake;
        lock (Gate)
        {
            if (IsClosed)
                return;
            next = OnAlarm(alarm, Engine.Alarms.Now, out wake);
            if (alarm == _deadlineAlarm)
            {
                _deadlineAlarm = TakeLate(alarm, late);
                next = Math.Min(next, _deadlineAlarm);
            }

            wake = wake && Wake();
        }

        if (next != long.MaxValue)
            Engine.Alarms.Set(this, next);
        if (wake)
            Schedule();
        foreach (var (request, where) in late)
            request.Fail(new TimeoutException($"No answer in time to {request}: it was {where}."));
    }

    /// <summary>Whether no request is taken any more. Under the gate.</summary>
    protected abstract bool IsClosed { get; }

    /// <summary>Whether a turn can be taken now that this request waits. Under the gate.</summary>
    protected virtual bool WakesFor(GrainRequest request) => MayRun(request);

    /// <summary>The mailbox is in use. Under the gate.</summary>
    protected virtual void OnUse(long now)
    {
    }

    /// <summary>Looks after whatever else has a time; when to look again, and whether there is a turn to take. Under the gate.</summary>
    protected virtual long OnAlarm(long alarm, long now, out bool wake)
    {
        wake = false;
        return long.MaxValue;
    }

    /// <summary>The next request that may run, if any. Under the gate.</summary>
    protected override ITurn? NextTurn()
    {
        var request = _waiting.First;
        while (request is not null)
        {
            var next = request.Next;
            if (request.IsAnswered)
            {
                Dequeue(request);
            }
            else if (MayRun(request))
            {
                Dequeue(request);
                _running.Add(request);
                Count(request, 1);
                return request;
            }
            else if (_waitingInterleavable == 0)
            {
                return null;
            }

            request = next;
        }

        return null;
    }

    /// <summary>Empties the queue. Under the gate.</summary>
    protected List<GrainRequest> TakeWaiting()
    {
        var taken = new List<GrainRequest>(_waiting.Count);
        while (_waiting.First is { } request)
        {
            Dequeue(request);
            taken.Add(request);
        }

        return taken;
    }

    /// <summary>Forgets the running requests. Under the gate.</summary>
    protected List<GrainRequest> TakeRunning()
    {
        var taken = new List<GrainRequest>(_running.Count);
        while (_running.First is { } request)
        {
            _running.Remove(request);
            Count(request, -1);
            taken.Add(request);
        }

        return taken;
    }

    private static bool IsInterleavable(GrainRequest request) => request.Method.AlwaysInterleave || request.Method.ReadOnly;

    private bool MayRun(GrainRequest request) =>
        IsReentrant || request.Method.AlwaysInterleave
        || (_runningExclusive == 0 && (_runningReadOnly == 0 || request.Method.ReadOnly));

    private void Count(GrainRequest request, int by)
    {
        if (request.Method.ReadOnly)
            _runningReadOnly += by;
        else if (!request.Method.AlwaysInterleave)
            _runningExclusive += by;
    }

    private void Enqueue(GrainRequest request)
    {
        _waiting.Add(request);
        if (IsInterleavable(request))
            _waitingInterleavable++;
    }

    private void Dequeue(GrainRequest request)
    {
        _waiting.Remove(request);
        if (IsInterleavable(request))
            _waitingInterleavable--;
    }

    private void Refuse(GrainRequest request)
    {
        var limit = Engine.Options.MaxQueuedRequests;
        var overloaded = new LimitExceededException(nameof(Engine.Options.MaxQueuedRequests), limit, limit, request);
        if (request.Method.OneWay)
            EngineLog.OneWayFailed(Engine.Log, overloaded, request);
        else
            EngineLog.Refused(Engine.Log, request, limit);
        request.Fail(overloaded);
    }

    private long TakeLate(long now, List<(GrainRequest, string)> late)
    {
        var earliest = long.MaxValue;
        var behind = _running.First;
        for (var request = _waiting.First; request is not null;)
        {
            var next = request.Next;
            if (request.Deadline <= now)
            {
                Dequeue(request);
                late.Add((request, behind is null ? "waiting for the activation" : $"waiting behind {behind}"));
            }
            else
            {
                earliest = Math.Min(earliest, request.Deadline);
            }

            request = next;
        }

        for (var request = _running.First; request is not null; request = request.Next)
        {
            if (request.Deadline <= now)
                late.Add((request, "running"));
            else
                earliest = Math.Min(earliest, request.Deadline);
        }

        return earliest;
    }
}
