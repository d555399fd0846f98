namespace CampusCare.Embedded.Runtime;

/// <summary>The activations of one key of a stateless worker.</summary>
internal sealed class WorkerPool(GrainSilo silo, GrainClass grainClass, GrainId id)
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];
    private int _turn;

    public IReadOnlyList<Activation> Activations
    {
        get
        {
            lock (_gate)
                return [.. _workers];
        }
    }

    /// <summary>Gives the request to an idle worker, or to a new one, or to the next in turn when all are at work.</summary>
    public void Deliver(GrainRequest request)
    {
        while (!Pick().TryPost(request))
        {
        }
    }

    public void Forget(Activation worker)
    {
        lock (_gate)
            _workers.Remove(worker);
    }

    private Activation Pick()
    {
        lock (_gate)
        {
            if (_workers.Find(static worker => worker.IsIdle) is { } idle)
                return idle;
            if (_workers.Count >= grainClass.MaxWorkers)
                return _workers[_turn++ % _workers.Count];
            var worker = new Activation(silo, grainClass, id);
            _workers.Add(worker);
            return worker;
        }
    }
}
