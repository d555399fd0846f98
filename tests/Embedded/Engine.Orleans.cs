using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.TestingHost;

namespace CampusCare.Embedded.Tests;

public sealed class EngineCluster : IEngineCluster
{
    private readonly InProcessTestCluster _cluster;

    private EngineCluster(ClusterSettings settings)
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.Warning));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddTestServices(settings);
            silo.AddReminders();
            silo.Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(10));
            silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = settings.MaxQueuedRequests);
        });
        _cluster = builder.Build();
    }

    public IGrainFactory Grains => _cluster.Client;

    public static async Task<IEngineCluster> StartAsync(ClusterSettings settings)
    {
        var cluster = new EngineCluster(settings);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public async Task RestartAsync()
    {
        await _cluster.RestartSiloAsync(_cluster.Silos[0]);
        await _cluster.KillClientAsync();
        await _cluster.InitializeClientAsync();
    }

    public Task CollectIdleAsync() => Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
