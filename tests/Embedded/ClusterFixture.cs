namespace CampusCare.Embedded.Tests;

/// <summary>One cluster for all tests that don't stop it.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    public ClusterSettings Settings { get; } = new();

    public IEngineCluster Cluster { get; private set; } = null!;

    public Probe Probe => Settings.Probe;

    public IGrainFactory Grains => Cluster.Grains;

    public async Task InitializeAsync() => Cluster = await EngineCluster.StartAsync(Settings);

    public async Task DisposeAsync() => await Cluster.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class SharedCluster : ICollectionFixture<ClusterFixture>
{
    public const string Name = "shared cluster";
}
