using CampusCare.Contracts;

namespace CampusCare.Grains;

/// <summary>The gateways that want a grain's news. Each forgets itself when it doesn't renew.</summary>
internal sealed class Followers(TimeProvider time, KnownGateways? known = null)
{
    /// <summary>More gateways than a cluster has; one more replaces the one that expires first.</summary>
    public const int Maximum = 256;

    private readonly Dictionary<string, (IGatewayObserver Gateway, DateTimeOffset Until)> _gateways = [];

    /// <summary>Whether anybody follows now.</summary>
    public bool Any
    {
        get
        {
            Expire();
            return _gateways.Count > 0;
        }
    }

    /// <summary>Begins to follow, or goes on.</summary>
    public void Add(string gatewayId, IGatewayObserver gateway)
    {
        if (_gateways.Count >= Maximum && !_gateways.ContainsKey(gatewayId))
            _gateways.Remove(_gateways.MinBy(static entry => entry.Value.Until).Key);
        _gateways[gatewayId] = (gateway, time.GetUtcNow() + FollowTimes.Lifetime);
        known?.Add(gatewayId, gateway);
    }

    /// <summary>Ends following.</summary>
    public void Remove(string gatewayId) => _gateways.Remove(gatewayId);

    /// <summary>Tells every follower. Calls to observers are one-way: a lost one is healed by the client's seq.</summary>
    public void Tell(Action<IGatewayObserver> news)
    {
        if (_gateways.Count == 0) return;
        Expire();
        foreach (var (gateway, _) in _gateways.Values) news(gateway);
    }

    private void Expire()
    {
        var now = time.GetUtcNow();
        List<string>? gone = null;
        foreach (var (id, entry) in _gateways)
            if (entry.Until <= now) (gone ??= []).Add(id);
        if (gone is not null)
            foreach (var id in gone) _gateways.Remove(id);
    }
}
