using CampusCare.Embedded.Runtime;

namespace CampusCare.Embedded.Simulation;

/// <summary>
/// Which grain is in which silo. In a partition each side goes by what it sees: a grain of the other side gets a second
/// activation on this one, once this side has taken the other for dead.
/// </summary>
internal sealed class VirtualDirectory
{
    private readonly List<GrainSilo> _silos = [];
    private readonly HashSet<GrainSilo> _alive = [];
    private readonly HashSet<GrainSilo> _cutOff = [];
    private readonly Dictionary<GrainId, GrainSilo> _homes = [];
    private readonly Dictionary<GrainId, GrainSilo> _homesOfCutOff = [];

    /// <summary>The silo whose turn is running; null for a client.</summary>
    public static GrainSilo? Here => (RuntimeContext.Current as Activation)?.Silo;

    /// <summary>All silos that are alive, in order of their start.</summary>
    public IEnumerable<GrainSilo> Silos => _silos.Where(IsAlive);

    public bool IsPartitioned => _cutOff.Count > 0;

    public bool IsAlive(GrainSilo silo) => _alive.Contains(silo);

    public void Add(GrainSilo silo)
    {
        _silos.Add(silo);
        _alive.Add(silo);
    }

    /// <summary>The silo has died; the others don't know yet.</summary>
    public void Remove(GrainSilo silo)
    {
        _alive.Remove(silo);
        _cutOff.Remove(silo);
    }

    /// <summary>The others have noticed: its grains may go elsewhere.</summary>
    public void Forget(GrainSilo silo)
    {
        ForgetHomes(_homes, silo);
        ForgetHomes(_homesOfCutOff, silo);
    }

    public bool Connects(GrainSilo? one, GrainSilo? other) => IsCutOff(one) == IsCutOff(other);

    /// <summary>Cuts these silos off from all others and from the clients.</summary>
    public void CutOff(IEnumerable<GrainSilo> silos)
    {
        _cutOff.UnionWith(silos.Where(IsAlive));
        foreach (var (grain, home) in _homes)
            _homesOfCutOff[grain] = home;
    }

    /// <summary>Each side takes the other for dead.</summary>
    public void NoticeCutOff()
    {
        foreach (var silo in _silos)
            ForgetHomes(IsCutOff(silo) ? _homes : _homesOfCutOff, silo);
    }

    /// <summary>Joins both sides again; the silos that lose, which are those that were cut off.</summary>
    public IReadOnlyList<GrainSilo> Heal()
    {
        var losers = Silos.Where(_cutOff.Contains).ToList();
        _cutOff.Clear();
        _homesOfCutOff.Clear();
        return losers;
    }

    /// <summary>The silo that a call to the grain goes to, which a new grain gets assigned; null while it can't be reached.</summary>
    public GrainSilo? Locate(GrainId grain, GrainClass grainClass, GrainSilo? from, Random random)
    {
        var homes = IsCutOff(from) ? _homesOfCutOff : _homes;
        if (homes.TryGetValue(grain, out var home))
            return IsAlive(home) && Connects(home, from) ? home : null;
        var side = Silos.Where(silo => Connects(silo, from)).ToList();
        if (side.Count == 0)
            return null;
        if (grainClass.MaxWorkers > 1)
            return from ?? side[random.Next(side.Count)];
        return homes[grain] = grainClass.PrefersLocal && from is not null ? from : side[random.Next(side.Count)];
    }

    private static void ForgetHomes(Dictionary<GrainId, GrainSilo> homes, GrainSilo silo)
    {
        foreach (var grain in homes.Where(pair => pair.Value == silo).Select(pair => pair.Key).ToList())
            homes.Remove(grain);
    }

    private bool IsCutOff(GrainSilo? silo) => silo is not null && _cutOff.Contains(silo);
}
