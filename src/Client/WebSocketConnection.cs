using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace CampusCare.Client;

/// <summary>A WebSocket as a pair of pipes: one pump fills the input, one empties the output.</summary>
internal sealed class WebSocketConnection : ConnectionContext
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly WebSocket _socket;
    private readonly Pipe _input = new();
    private readonly Pipe _output = new();
    private readonly CancellationTokenSource _closed = new();
    private Task _pumps = Task.CompletedTask;

    private WebSocketConnection(WebSocket socket)
    {
        _socket = socket;
        Transport = new Duplex(_input.Reader, _output.Writer);
        ConnectionClosed = _closed.Token;
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("n");
    public override IFeatureCollection Features { get; } = new FeatureCollection();
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();
    public override IDuplexPipe Transport { get; set; }

    public static WebSocketConnection Start(WebSocket socket)
    {
        var connection = new WebSocketConnection(socket);
        connection._pumps = Task.WhenAll(connection.Receive(), connection.Send());
        return connection;
    }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await _output.Writer.CompleteAsync();
        await _input.Reader.CompleteAsync();
        try
        {
            await _pumps.WaitAsync(CloseTimeout);
        }
        catch (TimeoutException)
        {
            _socket.Abort();
            await _pumps;
        }
        _socket.Dispose();
        _closed.Dispose();
    }

    private async Task Receive()
    {
        Exception? why = null;
        try
        {
            while (true)
            {
                var read = await _socket.ReceiveAsync(_input.Writer.GetMemory(), CancellationToken.None);
                if (read.MessageType == WebSocketMessageType.Close) break;
                _input.Writer.Advance(read.Count);
                if ((await _input.Writer.FlushAsync()).IsCompleted) break;
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The last one: aborted between two receives, which disposes a client's socket.
            why = e;
        }
        await _input.Writer.CompleteAsync(why);
        await _closed.CancelAsync();
    }

    private async Task Send()
    {
        try
        {
            while (true)
            {
                var read = await _output.Reader.ReadAsync();
                if (!read.Buffer.IsEmpty) await _socket.SendAsync(Contiguous(read.Buffer), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                _output.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted) break;
            }
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went away: the receiving pump ends with the same news and reports it.
        }
        await _output.Reader.CompleteAsync();
    }

    private static ReadOnlyMemory<byte> Contiguous(ReadOnlySequence<byte> buffer) => buffer.IsSingleSegment ? buffer.First : buffer.ToArray();

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
