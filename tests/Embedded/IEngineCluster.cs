namespace CampusCare.Embedded.Tests;

/// <summary>A running engine, whichever it is.</summary>
public interface IEngineCluster : IAsyncDisposable
{
    IGrainFactory Grains { get; }

    /// <summary>Stops the engine as a host would, and starts it again with the same stores.</summary>
    Task RestartAsync();

    /// <summary>Has every idle activation collected.</summary>
    Task CollectIdleAsync();
}

/// <summary>What a cluster is started with. Both engines get the same.</summary>
public sealed class ClusterSettings
{
    /// <summary>How many requests may wait in one activation.</summary>
    public int MaxQueuedRequests { get; init; } = 10_000;

    /// <summary>What grains tell and wait for.</summary>
    public Probe Probe { get; } = new();

    /// <summary>The storage called "shelf"; survives a restart.</summary>
    public ShelfStorage Shelf { get; } = new();

    /// <summary>The reminders; survive a restart.</summary>
    public ShelfReminderTable Reminders { get; } = new();
}
