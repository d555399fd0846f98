using System.Net;
using CampusCare.Client;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.ClientKit;

/// <summary>Connections to the gateway's hubs.</summary>
public static class Hubs
{
    /// <summary>The hub for students, riders and merchants.</summary>
    public const string Customer = "/hubs/customer";

    /// <summary>The hub for those who answer.</summary>
    public const string Agent = "/hubs/agent";

    /// <summary>The hub for the wallboard.</summary>
    public const string Supervisor = "/hubs/supervisor";

    /// <summary>A connection that is not started yet, and reconnects by itself once it is.</summary>
    /// <param name="gateway">The gateway's address, http or https.</param>
    /// <param name="hub">One of the constants above.</param>
    /// <param name="token">The bearer token.</param>
    public static HubConnection Connection(Uri gateway, string hub, string token) =>
        Connection(gateway, hub, new WebSocketConnectionFactory(_ => ValueTask.FromResult(token)));

    /// <summary>The same over sockets that the factory makes.</summary>
    public static HubConnection Connection(Uri gateway, string hub, IConnectionFactory sockets)
    {
        var address = new UriBuilder(gateway) { Scheme = gateway.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = hub };
        var builder = new HubConnectionBuilder().WithAutomaticReconnect();
        builder.Services.AddSingleton(sockets);
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(address.Uri));
        builder.Services.AddSingleton<IHubProtocol, JsonHubProtocol>();
        return builder.Build();
    }
}
