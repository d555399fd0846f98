namespace CampusCare.Simulation;

/// <summary>What is broken on purpose, to see that the invariant watching it finds it.</summary>
public enum Mutation
{
    None,

    /// <summary>The journal takes an append at a seq that is taken: two activations may both assign.</summary>
    JournalTakesTwice,

    /// <summary>An agent's grain believes in more slots than the person has.</summary>
    AgentOverbooks,

    /// <summary>Appends are acknowledged and not stored.</summary>
    JournalForgets,

    /// <summary>Queues never hear of arrivals or of freed agents; only sweeps move anything.</summary>
    HintsGetLost,

    /// <summary>The read model tells queues a wrong order.</summary>
    OrderIsUpsideDown,

    /// <summary>A stored event is changed.</summary>
    HistoryIsRewritten,
}

/// <summary>A simulated campus.</summary>
public sealed record WorldOptions
{
    public int Silos { get; init; } = 3;

    /// <summary>How many agents; every fourth can do food safety.</summary>
    public int Agents { get; init; } = 12;

    /// <summary>Slots of each agent.</summary>
    public int Capacity { get; init; } = 3;

    /// <summary>Contacts that are opened, one after the other at exponential distances.</summary>
    public int Contacts { get; init; } = 300;

    /// <summary>Mean rate of arrivals.</summary>
    public double ContactsPerMinute { get; init; } = 30;

    /// <summary>Mean time that an agent works on a ticket.</summary>
    public TimeSpan HandleTime { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Mean time after which a waiting customer gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>Whether silos die and part, activations get lost, appends fail, hints get lost or repeated, agents vanish.</summary>
    public bool Faults { get; init; } = true;

    /// <summary>Mean time between two faults.</summary>
    public TimeSpan FaultEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is broken on purpose.</summary>
    public Mutation Mutation { get; init; }
}

/// <summary>What came of a run.</summary>
/// <param name="Digest">Two runs with the same number took the same turns in the same order.</param>
public sealed record WorldReport(
    int Seed, int Acknowledged, int Solved, int GaveUp, long Events, int Faults, TimeSpan VirtualTime, long Turns, ulong Digest);

/// <summary>An invariant does not hold.</summary>
public sealed class InvariantBrokenException(string invariant, string detail) : Exception($"{invariant}: {detail}")
{
    /// <summary>Its name.</summary>
    public string Invariant { get; } = invariant;
}
