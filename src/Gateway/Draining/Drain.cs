using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Draining;

/// <summary>
/// How a process goes without anybody noticing: it says that it is not ready, takes no new hub connections, lets the open
/// ones go elsewhere a few at a time, and finishes what is in work.
/// </summary>
public sealed partial class Drain
{
    private const string Hubs = "/hubs";
    private const string ConnectionParameter = "id";
    private static readonly Problem Elsewhere = ProblemOf.Draining();

    private readonly HubConnections _connections;
    private readonly Load _load;
    private readonly DrainOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Drain> _log;
    private readonly CancellationTokenSource _begun = new();

    internal Drain(HubConnections connections, Load load, IOptions<GatewayOptions> options, TimeProvider time, ILogger<Drain> log) =>
        (_connections, _load, _options, _time, _log) = (connections, load, options.Value.Drain, time, log);

    /// <summary>Canceled when it begins: whoever shares the process may leave now.</summary>
    public CancellationToken Begun => _begun.Token;

    /// <summary>Ends when nothing is in work and no hub connection is open, or when that took too long.</summary>
    /// <param name="now">Cancels the waiting.</param>
    public async Task Run(CancellationToken now)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(now);
        using var timer = _time.CreateTimer(_ => stop.Cancel(), null, _options.AtMost, Timeout.InfiniteTimeSpan);
        Begins(_connections.Open.Count);
        await _begun.CancelAsync();
        try
        {
            if (_options.Announced > TimeSpan.Zero) await Task.Delay(_options.Announced, _time, stop.Token);
            await CloseAll(stop.Token);
            await _load.Idle().WaitAsync(stop.Token);
            Ends();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            EndsEarly(_connections.Open.Count, _load.InWork);
        }
    }

    /// <summary>While it drains, new hub connections are sent elsewhere, and HTTP clients asked to connect anew.</summary>
    internal Task Pass(HttpContext http, RequestDelegate next)
    {
        if (!_begun.IsCancellationRequested) return next(http);
        http.Response.Headers.Connection = "close";
        var isNew = http.Request.Path.StartsWithSegments(Hubs) && !http.Request.Query.ContainsKey(ConnectionParameter);
        return isNew ? http.Answer(Elsewhere) : next(http);
    }

    // So many a second: what they do elsewhere (connect, resume, read desks) must not come in one instant.
    private async Task CloseAll(CancellationToken stop)
    {
        var closing = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _time);
        foreach (var second in _connections.Open.Chunk(_options.ClosesPerSecond))
        {
            if (closing.Count > 0) await timer.WaitForNextTickAsync(stop);
            closing.AddRange(second.Select(connection => connection.Close(stop)));
        }
        await Task.WhenAll(closing);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: not ready any more; {Connections} hub connections go elsewhere.")]
    private partial void Begins(int connections);

    [LoggerMessage(Level = LogLevel.Information, Message = "Drained: nothing is in work, no hub connection is open.")]
    private partial void Ends();

    [LoggerMessage(Level = LogLevel.Warning, Message = "Draining took too long: {Connections} hub connections and {InWork} requests are cut.")]
    private partial void EndsEarly(int connections, int inWork);
}
