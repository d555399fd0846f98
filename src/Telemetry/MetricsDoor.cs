using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;

namespace CampusCare.Telemetry;

/// <summary>Answers <c>GET /metrics</c> on a port of its own, and nothing else.</summary>
internal sealed class MetricsDoor(IPEndPoint address, MeterProvider meters, ILoggerFactory logs) : IHostedService, IAsyncDisposable
{
    private const string Path = "/metrics";

    private WebApplication? _door;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Empty: the addresses and settings of the process it tells of are not its own.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address);
        });
        _door = builder.Build();
        _door.UseOpenTelemetryPrometheusScrapingEndpoint(meters, predicate: null, Path, configureBranchedPipeline: null, optionsName: null);
        await _door.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _door?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _door?.DisposeAsync() ?? ValueTask.CompletedTask;
}
