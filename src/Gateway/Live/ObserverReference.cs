using CampusCare.Contracts;

namespace CampusCare.Gateway.Live;

/// <summary>This process as grains know it: one id, one observer object.</summary>
internal sealed class ObserverReference(IGrainFactory grains, IServiceProvider services)
{
    // Made at the first need: by then the engine runs, and the observer's own needs can be met.
    private readonly Lazy<IGatewayObserver> _observer =
        new(() => grains.CreateObjectReference<IGatewayObserver>(services.GetRequiredService<GatewayObserver>()));

    /// <summary>Unique among processes and restarts.</summary>
    public string GatewayId { get; } = Guid.NewGuid().ToString("n");

    /// <summary>What grains call.</summary>
    public IGatewayObserver Observer => _observer.Value;
}
