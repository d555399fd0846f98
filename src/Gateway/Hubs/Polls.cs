using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace CampusCare.Gateway.Hubs;

/// <summary>
/// Long polling hands what waits for a client to its next poll, and takes it for delivered. But browsers and HTTP libraries
/// repeat a GET whose answer got lost, and SignalR on neither side hears of it: what the answer carried would be missing.
/// SignalR's own clients give each poll another <c>_</c>. One that comes twice ends its connection; the client resumes.
/// </summary>
internal sealed class Polls : IHubFilter
{
    private const string Hubs = "/hubs";
    private const string Connection = "id";
    private const string Number = "_";

    // As many as there are open connections.
    private readonly ConcurrentDictionary<string, Poll> _last = new();

    /// <summary>How many connections are polled.</summary>
    public int Count => _last.Count;

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (TokenOf(context.Context) is { } token) _last[token] = new Poll(context.Context, "");
        return next(context);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        if (TokenOf(context.Context) is { } token) _last.TryRemove(token, out _);
        return next(context, exception);
    }

    /// <summary>Lets a request through, unless it is a poll that came before.</summary>
    public Task Pass(HttpContext http, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || !http.Request.Path.StartsWithSegments(Hubs)) return next(http);
        var (token, number) = (http.Request.Query[Connection].ToString(), http.Request.Query[Number].ToString());
        if (number.Length == 0 || !_last.TryGetValue(token, out var last)) return next(http);
        if (last.Number != number)
        {
            // A connection that closed meanwhile must not come back here.
            _last.TryUpdate(token, last with { Number = number }, last);
            return next(http);
        }
        last.Context.Abort();
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string? TokenOf(HubCallerContext context) =>
        context.Features.Get<IHttpTransportFeature>()?.TransportType == HttpTransportType.LongPolling
            ? context.GetHttpContext()?.Request.Query[Connection].ToString()
            : null;

    private sealed record Poll(HubCallerContext Context, string Number);
}
