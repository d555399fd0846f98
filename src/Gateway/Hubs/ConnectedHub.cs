using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Hubs;

/// <summary>What every hub has: a connection as the live parts know it.</summary>
internal abstract class ConnectedHub<TClient>(IncidentBoards incidents, IOptions<GatewayOptions> options) : Hub<TClient> where TClient : class
{
    private static readonly object ConnectionKey = new();

    /// <summary>Who calls.</summary>
    protected Caller Caller => Connection.Caller;

    /// <summary>The connection as the live parts know it.</summary>
    protected LiveConnection Connection => (LiveConnection)Context.Items[ConnectionKey]!;

    /// <summary>The other end, good beyond this call.</summary>
    protected abstract TClient Client { get; }

    /// <summary>Shows a client that was behind where everything stands.</summary>
    protected abstract Action<LiveConnection> Refresh { get; }

    public override Task OnConnectedAsync()
    {
        Context.Items[ConnectionKey] = new LiveConnection(Caller.Of(Context.User), Client, options.Value.MaxPendingPushes, Refresh + incidents.Refresh);
        incidents.Enter(Connection);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        incidents.Leave(Connection);
        return Task.CompletedTask;
    }
}
