using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Embedded.Tests;

public sealed class EngineCluster : IEngineCluster
{
    private readonly ClusterSettings _settings;
    private IHost _host;

    private EngineCluster(ClusterSettings settings)
    {
        _settings = settings;
        _host = Build();
    }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<IEngineCluster> StartAsync(ClusterSettings settings)
    {
        var cluster = new EngineCluster(settings);
        await cluster._host.StartAsync();
        return cluster;
    }

    public async Task RestartAsync()
    {
        await DisposeAsync();
        _host = Build();
        await _host.StartAsync();
    }

    public Task CollectIdleAsync() => _host.Services.GetRequiredService<EmbeddedGrainHost>().CollectIdleAsync(TimeSpan.Zero);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private IHost Build()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddTestServices(_settings);
        builder.Services.AddEmbeddedGrains(options =>
        {
            options.GrainAssemblies.Add(typeof(EngineCluster).Assembly);
            options.MaxQueuedRequests = _settings.MaxQueuedRequests;
            options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(10);
        });
        return builder.Build();
    }
}
