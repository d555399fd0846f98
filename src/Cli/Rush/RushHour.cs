using CampusCare.Cli.Demo;
using CampusCare.ClientKit;
using Microsoft.Extensions.Logging;

namespace CampusCare.Cli.Rush;

/// <summary>The rush on all campuses of the demo, until it is disposed.</summary>
internal sealed class RushHour : IAsyncDisposable
{
    private readonly List<CampusRush> _campuses = [];

    private RushHour()
    {
    }

    public static async Task<RushHour> Start(GatewayClient gateway, int seed, TimeProvider time, ILogger<RushHour> log, CancellationToken stop)
    {
        var rush = new RushHour();
        foreach (var campus in DemoCampuses.All)
        {
            var one = new CampusRush(gateway, campus, seed, time, log);
            rush._campuses.Add(one);
            await one.Start(stop);
        }
        return rush;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_campuses.Select(campus => campus.DisposeAsync().AsTask()));
}
