using CampusCare.Contracts;

namespace CampusCare.Grains;

/// <summary>
/// The gateways that follow any grain of this silo. When another silo dies they are told by those that live, since its grains
/// can't tell them any more, and the next to wake up in their place do not know whom to tell.
/// </summary>
public sealed class KnownGateways(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Followers _gateways = new(time);

    internal void Add(string gatewayId, IGatewayObserver gateway)
    {
        lock (_lock) _gateways.Add(gatewayId, gateway);
    }

    /// <summary>Grains were lost: whoever followed one has to follow it again.</summary>
    public void TellOfLoss()
    {
        lock (_lock) _gateways.Tell(static gateway => gateway.GrainsLost());
    }
}
