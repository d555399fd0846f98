using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime
{
    /// <summary>A timer of an activation.</summary>
    public interface IGrainTimer : IDisposable
    {
        /// <summary>
        /// Sets when the callback comes next and how often after; <see cref="Timeout.InfiniteTimeSpan"/> is never. From
        /// within the callback, it takes effect when the callback ends.
        /// </summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }

    /// <summary>How a grain timer behaves.</summary>
    public readonly struct GrainTimerCreationOptions()
    {
        /// <summary>A timer that does not interleave and keeps nothing alive.</summary>
        [SetsRequiredMembers]
        public GrainTimerCreationOptions(TimeSpan dueTime, TimeSpan period)
            : this()
        {
            DueTime = dueTime;
            Period = period;
        }

        /// <summary>Time to the first callback; <see cref="Timeout.InfiniteTimeSpan"/> is never.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>Time from the end of one callback to the next; <see cref="Timeout.InfiniteTimeSpan"/> is never.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Whether callbacks may run while a request is waiting for something.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether callbacks count as use of the activation, so that it isn't idle.</summary>
        public bool KeepAlive { get; init; }
    }
}

namespace Orleans.Timers
{
    /// <summary>Makes grain timers.</summary>
    public interface ITimerRegistry
    {
        /// <summary>Makes and starts a timer of the given activation.</summary>
        IGrainTimer RegisterGrainTimer<TState>(
            IGrainContext grainContext, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options);
    }
}
