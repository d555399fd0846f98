using System.Collections.Concurrent;

namespace CampusCare.Embedded.Runtime;

/// <summary>The activations of one process. Real time has one of it; virtual time several, that can die apart.</summary>
internal sealed class GrainSilo(GrainEngine engine, IServiceProvider services, string name)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainId, WorkerPool> _workers = new();

    public GrainEngine Engine { get; } = engine;

    public IServiceProvider Services { get; } = services;

    public string Name { get; } = name;

    /// <summary>All activations, in an order that depends on nothing but who they are.</summary>
    public IEnumerable<Activation> Activations => _activations.Select(pair => pair.Value)
        .Concat(_workers.SelectMany(pair => pair.Value.Activations)).OrderBy(activation => activation.GrainId);

    /// <summary>Queues the request in its activation, making one if there is none.</summary>
    public void Deliver(GrainRequest request, GrainClass grainClass)
    {
        if (grainClass.MaxWorkers > 1)
        {
            _workers.GetOrAdd(request.Target, static (id, args) => new WorkerPool(args.silo, args.grainClass, id), (silo: this, grainClass))
                .Deliver(request);
            return;
        }

        while (true)
        {
            var activation = _activations.GetOrAdd(
                request.Target, static (id, args) => new Activation(args.silo, args.grainClass, id), (silo: this, grainClass));
            if (activation.TryPost(request))
                return;
            _activations.TryRemove(new(request.Target, activation));
        }
    }

    /// <summary>Hands a request to the next activation, after the one that it was queued in has ended.</summary>
    public void Forward(GrainRequest request)
    {
        if (request.IsLocal || request.IsAnswered)
            return;
        if (++request.Forwards > Engine.Options.MaxForwards)
            request.Fail(new OrleansMessageRejectionException($"{request} met {request.Forwards} activations that ended before its turn."));
        else
            Engine.Route(request);
    }

    public Activation? Find(GrainId id) => _activations.GetValueOrDefault(id);

    public void Forget(Activation activation)
    {
        _activations.TryRemove(new(activation.GrainId, activation));
        if (_workers.TryGetValue(activation.GrainId, out var pool))
            pool.Forget(activation);
    }
}
