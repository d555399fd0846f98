using System.Collections.Concurrent;
using CampusCare.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;

namespace CampusCare.Gateway.Tests;

/// <summary>The road between clients and hubs: knows which transports came along, closes for some, and loses answers when told.</summary>
internal sealed class Road : IStartupFilter, IHubFilter
{
    private readonly ConcurrentQueue<Transport> _came = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _lose = new();
    private readonly ConcurrentQueue<TaskCompletionSource> _mute = new();
    private readonly ConcurrentQueue<(string Connection, TaskCompletionSource Left)> _connections = new();
    private int _deleted;

    /// <summary>Transports that don't get through.</summary>
    public HashSet<Transport> Closed { get; } = [];

    /// <summary>The transports that were tried, in order, each time that another one was.</summary>
    public IEnumerable<Transport> Tried => _came.Where((transport, i) => i == 0 || _came.ElementAt(i - 1) != transport);

    /// <summary>How many connections clients ended by saying so.</summary>
    public int Deleted => Volatile.Read(ref _deleted);

    /// <summary>How many connections there ever were.</summary>
    public int Connections => _connections.Count;

    /// <summary>Everybody who ever came has left.</summary>
    public Task AllLeft => Task.WhenAll(_connections.Select(static connection => connection.Left.Task)).WaitAsync(GatewayProcess.Patience);

    /// <summary>The next answer to a poll that carries something is made, and lost: the wire ends before its first byte. Completes then.</summary>
    public Task LoseAnswer()
    {
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _lose.Enqueue(lost);
        return lost.Task.WaitAsync(GatewayProcess.Patience);
    }

    /// <summary>The next call is never answered, however long its connection lasts. Completes when it was made.</summary>
    public Task MuteCall()
    {
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _mute.Enqueue(called);
        return called.Task.WaitAsync(GatewayProcess.Patience);
    }

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!_mute.TryDequeue(out var called)) return await next(invocation);
        called.SetResult();
        await Task.Delay(Timeout.Infinite, invocation.Context.ConnectionAborted);
        return null;
    }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(Pass);
        next(app);
    };

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        _connections.Enqueue((context.Context.ConnectionId, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        return next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        await next(context, exception);
        _connections.First(connection => connection.Connection == context.Context.ConnectionId).Left.TrySetResult();
    }

    private async Task Pass(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Method == HttpMethods.Delete) Interlocked.Increment(ref _deleted);
        if (TransportOf(http.Request) is not { } transport)
        {
            await next(http);
            return;
        }
        _came.Enqueue(transport);
        if (Closed.Contains(transport)) http.Response.StatusCode = StatusCodes.Status502BadGateway;
        else if (transport == Transport.LongPolling) await Poll(http, next);
        else await next(http);
    }

    private async Task Poll(HttpContext http, RequestDelegate next)
    {
        var wire = http.Response.Body;
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await next(http);
        http.Response.Body = wire;
        if (answer.Length > 0 && _lose.TryDequeue(out var lost))
        {
            // An orderly end, as when a balancer goes; an abort would reset the connection, which nobody takes for an idle one that was closed.
            await http.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output.CompleteAsync();
            http.Response.ContentLength = null;
            lost.SetResult();
            return;
        }
        if (answer.Length > 0) await wire.WriteAsync(answer.ToArray());
    }

    private static Transport? TransportOf(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments("/hubs") || request.Method != HttpMethods.Get || !request.Query.ContainsKey("id")) return null;
        if (request.Headers.Upgrade.Count > 0) return Transport.WebSockets;
        return request.Headers.Accept.ToString().Contains("text/event-stream") ? Transport.ServerSentEvents : Transport.LongPolling;
    }
}
