using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

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
    /// <param name="made">Told each socket, before it connects.</param>
    public static HubConnection Connection(Uri gateway, string hub, string token, Action<ClientWebSocket>? made = null) =>
        new HubConnectionBuilder().WithAutomaticReconnect().WithUrl(new UriBuilder(gateway) { Path = hub }.Uri, http =>
        {
            // Nothing else is spoken here, so there is nothing to negotiate.
            http.Transports = HttpTransportType.WebSockets;
            http.SkipNegotiation = true;
            http.AccessTokenProvider = () => Task.FromResult<string?>(token);
            if (made is null) return;
            http.WebSocketFactory = async (socket, stop) =>
            {
                var wire = new ClientWebSocket();
                wire.Options.SetRequestHeader("Authorization", $"Bearer {token}");
                made(wire);
                await wire.ConnectAsync(socket.Uri, stop);
                return wire;
            };
        }).Build();
}
