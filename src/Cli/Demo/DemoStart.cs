using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Silo;
using Microsoft.Extensions.Hosting;

namespace CampusCare.Cli.Demo;

/// <summary>Sets the demo's campuses and their articles up before the first request.</summary>
internal sealed class DemoStart(IGrainFactory grains, bool bot) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await grains.TakeInArticles(GrainKeys.SharedLibrary, Shipped.ArticleFile());
        foreach (var campus in DemoCampuses.All)
        {
            await grains.SetUp(new CampusPlan(campus.Settings, campus.Agents));
            await grains.Campus(campus.Settings.Campus).ConfigureBot(new BotSettings(bot));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
