using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace CampusCare.Client;

/// <summary>
/// Carries SignalR over a plain WebSocket. SignalR's client core leaves the transport to its user; this one skips the
/// negotiation round trip, which a client that only speaks WebSocket does not need.
/// </summary>
public sealed class WebSocketConnectionFactory : IConnectionFactory
{
    private readonly Func<Uri, CancellationToken, Task<WebSocket>> _connect;

    /// <summary>Opens a socket of its own for each connection.</summary>
    /// <param name="token">The bearer token, asked for at every (re)connect.</param>
    public WebSocketConnectionFactory(Func<CancellationToken, ValueTask<string>> token) : this(async (uri, stop) => await OpenSocket(uri, await token(stop), stop))
    {
    }

    /// <summary>Takes sockets from elsewhere, say from a test server.</summary>
    public WebSocketConnectionFactory(Func<Uri, CancellationToken, Task<WebSocket>> connect) => _connect = connect;

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        WebSocketConnection.Start(await _connect(((UriEndPoint)endpoint).Uri, cancellationToken));

    private static async Task<WebSocket> OpenSocket(Uri uri, string token, CancellationToken stop)
    {
        var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        try
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
            await socket.ConnectAsync(uri, stop);
            return socket;
        }
        catch (Exception error)
        {
            var status = socket.HttpStatusCode;
            socket.Dispose();
            if (status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)) throw;
            throw new RefusedException(new Problem("Refused", (int)status, "The gateway doesn't take the token for this hub.", "unauthorized", null), error);
        }
    }
}
