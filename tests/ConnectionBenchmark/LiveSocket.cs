using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace CampusCare.ConnectionBenchmark;

/// <summary>
/// A customer's connection with as little around it as possible, so that ten thousand fit beside the server that is
/// measured: SignalR's messages as text, told apart by what they contain.
/// </summary>
internal sealed class LiveSocket : IDisposable
{
    private const char End = '\u001e';
    private const int BufferBytes = 1024;

    // Outgoing ports are 28,000 for each address; two connections in three leave from another one than the first.
    private const int Addresses = 3;

    private static readonly byte[] PingMessage = Encoding.UTF8.GetBytes("{\"type\":6}" + End);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly string _ticket;
    private readonly TaskCompletionSource _watching = New();
    private readonly TaskCompletionSource _pushed = New();

    private LiveSocket(string ticket) => _ticket = ticket;

    public bool IsAlive => _socket.State == WebSocketState.Open;

    /// <summary>Connects and watches; the n-th leaves from one of some addresses of this machine.</summary>
    public static async Task<LiveSocket> Watch(Uri gateway, int number, string token, string ticket, CancellationToken stop)
    {
        var live = new LiveSocket(ticket);
        live._socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        live._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        using var handler = new SocketsHttpHandler { ConnectCallback = (context, cancel) => From(new IPAddress([127, 0, 0, (byte)(1 + number % Addresses)]), context.DnsEndPoint.Port, cancel) };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await live._socket.ConnectAsync(new UriBuilder(gateway) { Scheme = "ws", Path = "/hubs/customer" }.Uri, invoker, stop);
        _ = live.Receive();
        await live.Send("{\"protocol\":\"json\",\"version\":1}");
        await live.Send($$"""{"type":1,"invocationId":"w","target":"Watch","arguments":["{{ticket}}",0]}""");
        await live._watching.Task.WaitAsync(Patience, stop);
        return live;
    }

    /// <summary>Writes into the ticket; completes when the event of it was pushed here.</summary>
    public async Task Post(string text)
    {
        await Send($$"""{"type":1,"invocationId":"p","target":"Post","arguments":["{{_ticket}}","m1","{{text}}"]}""");
        await _pushed.Task;
    }

    public Task Ping() => Send(PingMessage);

    public void Dispose() => _socket.Dispose();

    private Task Send(string message) => Send(Encoding.UTF8.GetBytes(message + End));

    private async Task Send(byte[] message)
    {
        await _sending.WaitAsync();
        try
        {
            if (IsAlive) await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // Lost: the receiving side says so.
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task Receive()
    {
        var buffer = new byte[BufferBytes];
        var text = new StringBuilder();
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close) break;
                // What is cut in the middle of a letter is no letter that is looked for.
                text.Append(Encoding.UTF8.GetString(buffer, 0, read.Count));
                if (buffer[read.Count - 1] != End) continue;
                Take(text.ToString());
                text = new StringBuilder();
            }
        }
        catch (Exception lost) when (lost is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Ends like a closed one.
        }
        var ended = new IOException("The connection ended.");
        _watching.TrySetException(ended);
        _pushed.TrySetException(ended);
        // Whoever waits has been told; nobody else needs to be.
        _ = _watching.Task.Exception;
        _ = _pushed.Task.Exception;
    }

    private void Take(string messages)
    {
        if (messages.Contains("\"invocationId\":\"w\"", StringComparison.Ordinal)) _watching.TrySetResult();
        if (messages.Contains("\"target\":\"TicketChanged\"", StringComparison.Ordinal) && messages.Contains("\"messageId\":\"m1\"", StringComparison.Ordinal)) _pushed.TrySetResult();
    }

    private static async ValueTask<Stream> From(IPAddress address, int port, CancellationToken stop)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(address, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, stop);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
