using CampusCare.Silo;
using Microsoft.Extensions.Hosting;

namespace CampusCare.Cli.Demo;

/// <summary>Sets the demo's campuses up before the first request.</summary>
internal sealed class DemoStart(IGrainFactory grains) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var campus in DemoCampuses.All) await grains.SetUp(new CampusPlan(campus.Settings, campus.Agents));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
