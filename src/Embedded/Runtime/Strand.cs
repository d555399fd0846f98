namespace CampusCare.Embedded.Runtime;

/// <summary>
/// Runs one turn at a time. It is a task scheduler, so that code after an <c>await</c> comes back into its strand.
/// </summary>
internal class Strand(TurnScheduler turns) : TaskScheduler, IThreadPoolWorkItem
{
    private readonly Queue<Task> _ready = new();
    private Task? _slice;
    private bool _awake;
    private bool _halted;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Guards the state of the strand; never held while other code runs.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Takes some turns. Called by the <see cref="TurnScheduler"/> only.</summary>
    public void RunSlice()
    {
        // Being inside a task of this scheduler is what makes the strand the current one.
        _slice = new Task(static strand => ((Strand)strand!).TakeTurns(), this, TaskCreationOptions.DenyChildAttach);
        var slice = _slice;
        slice.RunSynchronously(this);
        slice.GetAwaiter().GetResult();
    }

    void IThreadPoolWorkItem.Execute() => RunSlice();

    /// <summary>Stops for ever, between turns, as a machine that loses power.</summary>
    public void Halt()
    {
        lock (Gate)
        {
            _halted = true;
            _ready.Clear();
        }
    }

    /// <summary>The next turn besides the waiting continuations, which go first. Called under the gate.</summary>
    protected virtual ITurn? NextTurn() => null;

    /// <summary>Whether <see cref="NextTurn"/> is worth asking. Called under the gate.</summary>
    protected virtual bool MayHaveTurn => false;

    /// <summary>Says that there may be a turn to take; true when the caller must then call <see cref="Schedule"/>. Called under the gate.</summary>
    protected bool Wake() => !_awake && (_awake = true);

    protected void Schedule() => turns.Schedule(this);

    protected sealed override void QueueTask(Task task)
    {
        bool wake;
        lock (Gate)
        {
            if (_halted)
                return;
            _ready.Enqueue(task);
            wake = Wake();
        }

        if (wake)
            Schedule();
    }

    protected sealed override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        (Current == this || ReferenceEquals(task, _slice)) && TryExecuteTask(task);

    protected sealed override IEnumerable<Task> GetScheduledTasks()
    {
        lock (Gate)
            return [.. _ready];
    }

    private void TakeTurns()
    {
        var clean = ExecutionContext.Capture()!;
        for (var left = turns.TurnsPerSlice; left > 0; left--)
        {
            if (!TakeTurn())
                return;
            if (!ReferenceEquals(ExecutionContext.Capture(), clean))
                ExecutionContext.Restore(clean);
        }

        if (GoesOn())
            Schedule();
    }

    private bool GoesOn()
    {
        lock (Gate)
            return _awake = !_halted && (_ready.Count > 0 || MayHaveTurn);
    }

    private bool TakeTurn()
    {
        Task? continuation = null;
        ITurn? turn = null;
        lock (Gate)
        {
            if (_halted || (!_ready.TryDequeue(out continuation) && (turn = NextTurn()) is null))
                return _awake = false;
        }

        if (turn is not null)
            turn.Run();
        else
            TryExecuteTask(continuation!);
        return true;
    }
}
