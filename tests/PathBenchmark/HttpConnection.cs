using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CampusCare.PathBenchmark;

/// <summary>
/// One kept-alive HTTP/1.1 connection that posts JSON and looks at the status alone: the load shares the machine with
/// what it loads, so it must cost next to nothing.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly string _host;

    private HttpConnection(Uri server) => _host = server.Authority;

    public static async Task<HttpConnection> To(Uri server)
    {
        var connection = new HttpConnection(server);
        await connection._socket.ConnectAsync(server.Host, server.Port);
        return connection;
    }

    /// <summary>Posts a body and waits for the whole answer.</summary>
    /// <exception cref="InvalidOperationException">The answer is not 201.</exception>
    public async Task Post(string path, string headers, string body)
    {
        var request = $"POST {path} HTTP/1.1\r\nHost: {_host}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";
        await _socket.SendAsync(Encoding.UTF8.GetBytes(request));
        var length = 0;
        while (!IsWhole(_buffer.AsSpan(0, length)))
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0) throw new InvalidOperationException("The server closed the connection.");
            length += read;
        }
        if (!_buffer.AsSpan(0, length).StartsWith("HTTP/1.1 201 "u8))
            throw new InvalidOperationException($"The server answered {Encoding.UTF8.GetString(_buffer, 0, length)}");
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf(HeadEnd);
        if (head < 0) return false;
        var text = Encoding.ASCII.GetString(answer[..head]);
        const string name = "Content-Length: ";
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return answer.EndsWith(LastChunk);
        var digits = text.AsSpan(at + name.Length);
        var end = digits.IndexOf('\r');
        return answer.Length >= head + HeadEnd.Length + int.Parse(end < 0 ? digits : digits[..end], CultureInfo.InvariantCulture);
    }
}
