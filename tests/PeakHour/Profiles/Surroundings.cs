namespace CampusCare.PeakHour.Profiles;

/// <summary>What a process used so far.</summary>
/// <param name="CpuSeconds">Processor time since its start.</param>
/// <param name="Bytes">Memory now.</param>
public sealed record Usage(double CpuSeconds, long Bytes);

/// <summary>What the chains of the journal say after a run.</summary>
/// <param name="Tickets">Tickets that were walked.</param>
/// <param name="Broken">Of these, with a chain that doesn't hold.</param>
public sealed record Chains(long Tickets, long Broken);

/// <summary>What a load run knows of the system that it loads, beside its public API.</summary>
public sealed record Surroundings
{
    /// <summary>The gateway, or the proxy before several.</summary>
    public required Uri Url { get; init; }

    /// <summary>The processes to look at, by name; each says what it used, or null when it is gone.</summary>
    public IReadOnlyDictionary<string, Func<Usage?>> Processes { get; init; } = new Dictionary<string, Func<Usage?>>();

    /// <summary>Walks the journal's chains; null where the journal can't be reached.</summary>
    public Func<CancellationToken, Task<Chains>>? Verify { get; init; }

    /// <summary>Does the same work with bare parts; null where the database can't be reached.</summary>
    public BareMeasure? Bare { get; init; }

    /// <summary>How many campuses there are.</summary>
    public int Campuses { get; init; } = ProfileFile.Campuses;
}
