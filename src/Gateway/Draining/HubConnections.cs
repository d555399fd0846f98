using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.Overload;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;

namespace CampusCare.Gateway.Draining;

/// <summary>The hub connections of this process, each with the calls that it waits for.</summary>
internal sealed class HubConnections : IHubFilter
{
    private readonly ConcurrentDictionary<string, HubConnection> _open = new();
    private readonly TimeProvider _time;

    public HubConnections(TimeProvider time, IMeterFactory meters)
    {
        _time = time;
        meters.Create(Load.MeterName).CreateObservableGauge("campuscare.gateway.connections", Counted, "{connection}", "Hub connections that are open, by hub");
    }

    /// <summary>Those that are open now.</summary>
    public IReadOnlyCollection<HubConnection> Open => [.. _open.Values];

    public Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        _open[context.Context.ConnectionId] = new HubConnection(context.Context, _time) { Hub = context.Hub.GetType().Name };
        return next(context);
    }

    public async Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        finally
        {
            if (_open.TryRemove(context.Context.ConnectionId, out var connection)) connection.Ended();
        }
    }

    private IEnumerable<Measurement<int>> Counted() => Hubs.Select(hub => new Measurement<int>(
        _open.Values.Count(connection => connection.Hub == hub.Type), new KeyValuePair<string, object?>("hub", hub.Label)));

    private static readonly (string Type, string Label)[] Hubs =
        [(nameof(CustomerHub), "customer"), (nameof(AgentHub), "agent"), (nameof(SupervisorHub), "supervisor")];

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!_open.TryGetValue(invocation.Context.ConnectionId, out var connection)) return await next(invocation);
        connection.Begin();
        try
        {
            return await next(invocation);
        }
        finally
        {
            connection.End();
        }
    }
}

/// <summary>A hub connection of this process.</summary>
internal sealed class HubConnection(HubCallerContext context, TimeProvider time)
{
    /// <summary>A call that ended so long ago has been answered, too.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TaskCompletionSource? _idle;
    private int _calls;
    private int _callsEver;

    /// <summary>The type of its hub.</summary>
    public required string Hub { get; init; }

    public void Begin()
    {
        lock (_lock)
        {
            _calls++;
            _callsEver++;
        }
    }

    public void End()
    {
        lock (_lock)
        {
            if (--_calls > 0) return;
            _idle?.TrySetResult();
            _idle = null;
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Ended() => _ended.TrySetResult();

    /// <summary>Lets the calls in work end, then asks the client to come back elsewhere. Done when the connection is gone.</summary>
    public async Task Close(CancellationToken stop)
    {
        for (var before = -1; before != CallsEver();)
        {
            before = CallsEver();
            await Idle().WaitAsync(stop);
            await Task.Delay(Quiet, time, stop);
        }
        // The client hears a close that allows it to reconnect, which SignalR's clients do by themselves.
        context.Features.Get<IConnectionLifetimeNotificationFeature>()?.RequestClose();
        await _ended.Task.WaitAsync(stop);
    }

    private int CallsEver()
    {
        lock (_lock) return _callsEver;
    }

    private Task Idle()
    {
        lock (_lock) return _calls == 0 ? Task.CompletedTask : (_idle ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }
}
