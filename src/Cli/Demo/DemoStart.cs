using CampusCare.Contracts;
using Microsoft.Extensions.Hosting;

namespace CampusCare.Cli.Demo;

/// <summary>Sets the demo's campuses up through their grains, before the first request. What is there already stays as it is.</summary>
internal sealed class DemoStart(IGrainFactory grains) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var campus in DemoCampuses.All) await SetUp(campus);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SetUp(DemoCampus campus)
    {
        var grain = grains.Campus(campus.Settings.Campus);
        if (await grain.Settings() is null) await grain.Configure(campus.Settings);
        var known = new HashSet<string>();
        foreach (var queue in campus.Settings.Queues) known.UnionWith(await grain.AgentsOf(queue.Queue));
        foreach (var agent in campus.Agents.Where(agent => !known.Contains(agent.AgentId))) await grain.Enroll(agent);
    }
}
