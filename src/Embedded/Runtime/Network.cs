namespace CampusCare.Embedded.Runtime;

/// <summary>Carries requests to the silo or observer that they are for. In virtual time, this is where messages get lost.</summary>
internal abstract class Network
{
    public abstract IEnumerable<Activation> Activations { get; }

    /// <summary>Delivers the request: to an activation, or to an observer when there is no class.</summary>
    public abstract void Send(GrainRequest request, GrainClass? grainClass);

    /// <summary>Brings the answer to the caller.</summary>
    public virtual void Answer(GrainRequest request, Task answer) => request.TryAnswer(answer);
}

/// <summary>One process: everything is here, and arrives at once.</summary>
internal sealed class LocalNetwork(GrainSilo silo) : Network
{
    public override IEnumerable<Activation> Activations => silo.Activations;

    public override void Send(GrainRequest request, GrainClass? grainClass)
    {
        if (grainClass is not null)
            silo.Deliver(request, grainClass);
        else
            silo.Engine.Observers.Deliver(request);
    }
}
