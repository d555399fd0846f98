using CampusCare.Embedded.Runtime;

namespace CampusCare.Embedded.Simulation;

/// <summary>A silo of a simulation.</summary>
public readonly record struct VirtualSilo
{
    internal VirtualSilo(GrainSilo silo) => Silo = silo;

    /// <summary>Its name: "silo" and a number.</summary>
    public string Name => Silo.Name;

    internal GrainSilo Silo { get; }
}

/// <summary>Something outside the grains that calls them: a gateway, a person. It runs one turn at a time, as grains do.</summary>
public sealed class VirtualClient
{
    private readonly GrainEngine _engine;
    private readonly Strand _strand;
    private readonly List<(IGrainObserver Observer, GrainId Id)> _observers = [];

    internal VirtualClient(GrainEngine engine)
    {
        _engine = engine;
        _strand = new Strand(engine.Turns);
    }

    /// <summary>Starts something that the client does.</summary>
    public Task Start(Func<Task> action) => Task.Factory
        .StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _strand).Unwrap();

    /// <summary>A reference to an observer of this client, which keeps it alive.</summary>
    public TObserver Observe<TObserver>(TObserver observer)
        where TObserver : IGrainObserver
    {
        var reference = _engine.Factory.CreateObjectReference<TObserver>(observer);
        _observers.Add((observer, reference.GetGrainId()));
        return reference;
    }

    /// <summary>The client is gone between two turns, with its observers.</summary>
    public void Vanish()
    {
        _strand.Halt();
        foreach (var (_, id) in _observers)
            _engine.Observers.Remove(id);
        _observers.Clear();
    }
}
