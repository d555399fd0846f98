using System.Collections.Concurrent;

namespace CampusCare.Embedded.Tests;

/// <summary>Where grains tell what happens, and wait until a test lets them go on.</summary>
public sealed class Probe
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly Lock _lock = new();
    private readonly List<string> _told = [];
    private readonly List<(string What, int Times, TaskCompletionSource Done)> _listeners = [];

    /// <summary>Everything that was told, in order.</summary>
    public IReadOnlyList<string> Told
    {
        get
        {
            lock (_lock)
                return [.. _told];
        }
    }

    public void Tell(string what)
    {
        List<TaskCompletionSource> done = [];
        lock (_lock)
        {
            _told.Add(what);
            var times = _told.Count(told => told == what);
            foreach (var listener in _listeners.Where(listener => listener.What == what && listener.Times <= times))
                done.Add(listener.Done);
        }

        done.ForEach(source => source.TrySetResult());
    }

    public int Times(string what) => Told.Count(told => told == what);

    /// <summary>Ends when this was told so many times.</summary>
    public Task Hears(string what, int times = 1)
    {
        lock (_lock)
        {
            if (_told.Count(told => told == what) >= times)
                return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _listeners.Add((what, times, done));
            return done.Task.Soon();
        }
    }

    /// <summary>Ends when the gate of this name is open.</summary>
    public Task Gate(string name) => GateOf(name).Task;

    public void Open(string name) => GateOf(name).TrySetResult();

    private TaskCompletionSource GateOf(string name) =>
        _gates.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

public static class Patience
{
    /// <summary>The guard of every wait in the suite: what takes this long never comes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);
}
