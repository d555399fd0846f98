namespace CampusCare.Embedded.Runtime;

/// <summary>A piece of work that runs to its end, or to its first wait, within a <see cref="Strand"/>.</summary>
internal interface ITurn
{
    void Run();
}

/// <summary>
/// Decides when a strand that has something to do runs. The two forms of the engine differ in this and in the clock only.
/// </summary>
internal abstract class TurnScheduler
{
    /// <summary>How many turns a strand may take before others get a chance.</summary>
    public abstract int TurnsPerSlice { get; }

    /// <summary>
    /// How tasks are made that others wait for: where there are several threads, who ends one must not run the code of who
    /// waits; where there is one, nothing may go to another.
    /// </summary>
    public abstract TaskCreationOptions PromiseOptions { get; }

    /// <summary>Has <see cref="Strand.RunSlice"/> called once, soon, and never twice at a time.</summary>
    public abstract void Schedule(Strand strand);
}

/// <summary>Real time: strands run on the thread pool, as many at once as it has threads.</summary>
internal sealed class ThreadPoolTurnScheduler : TurnScheduler
{
    public override int TurnsPerSlice => 64;

    public override TaskCreationOptions PromiseOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    // Not to the thread's own queue: it is served first, and strands that keep each other busy would starve all else.
    public override void Schedule(Strand strand) => ThreadPool.UnsafeQueueUserWorkItem(strand, preferLocal: false);
}
