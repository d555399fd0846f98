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

    /// <summary>Brings the people in; told to stop meanwhile, those who came are all there are.</summary>
    public static async Task<RushHour> Start(GatewayClient gateway, int seed, TimeProvider time, ILogger<RushHour> log, CancellationToken stop)
    {
        var rush = new RushHour();
        try
        {
            foreach (var campus in DemoCampuses.All)
            {
                var one = new CampusRush(gateway, campus, seed, time, log);
                rush._campuses.Add(one);
                await one.Start(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever came goes home with the others.
        }
        return rush;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_campuses.Select(campus => campus.DisposeAsync().AsTask()));
}
