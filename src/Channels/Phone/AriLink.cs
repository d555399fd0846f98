using System.Net.WebSockets;

namespace CampusCare.Channels.Phone;

/// <summary>The telephone server's events: one connection at a time, made anew whenever it ends.</summary>
/// <param name="settings">Where they are.</param>
/// <param name="time">For the pauses.</param>
public sealed class AriLink(PhoneSettings settings, TimeProvider time)
{
    /// <summary>The longest event that is read; a longer one ends the connection.</summary>
    public const int MaximumEvent = 256 * 1024;

    /// <summary>The longest pause before another attempt.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    private volatile CancellationTokenSource? _current;

    /// <summary>The pause before an attempt: none before the first two, as most cuts are short, then 1, 2, 4… seconds.</summary>
    public static TimeSpan PauseBefore(int attempt) => attempt switch
    {
        < 2 => TimeSpan.Zero,
        > 6 => LongestPause,
        _ => TimeSpan.FromSeconds(Math.Min(1 << (attempt - 2), LongestPause.TotalSeconds)),
    };

    /// <summary>Ends the connection of now: what may have been lost is compared after the next one is there.</summary>
    public void Renew() => _current?.Cancel();

    /// <summary>Reads events until it is stopped, or another process has the application (true).</summary>
    /// <param name="connected">Called on each new connection, before its first event.</param>
    /// <param name="happened">Called for each event; must not wait long.</param>
    /// <param name="lost">Told why a connection ended.</param>
    /// <param name="stop">Ends it.</param>
    public async Task<bool> Run(Func<Task> connected, Action<AriEvent> happened, Action<string> lost, CancellationToken stop)
    {
        for (var attempt = 0; ; attempt++)
        {
            await Task.Delay(PauseBefore(attempt), time, stop);
            var began = time.GetTimestamp();
            using var current = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _current = current;
            try
            {
                using var socket = new ClientWebSocket();
                socket.Options.KeepAliveInterval = KeepAlive;
                socket.Options.KeepAliveTimeout = KeepAlive;
                socket.Options.Proxy = null;
                await Connect(socket, current.Token);
                // The application takes events from now on: what is asked for now can't miss any.
                await connected();
                if (await Read(socket, happened, current.Token)) return true;
                lost("The server closed it.");
            }
            catch (Exception error) when (error is WebSocketException or IOException or HttpRequestException or InvalidDataException || (error is OperationCanceledException && !stop.IsCancellationRequested))
            {
                lost(error.Message);
            }
            finally
            {
                _current = null;
                // A server that takes every connection and ends it soon is asked as seldom as one that takes none.
                if (time.GetElapsedTime(began) > LongestPause) attempt = 0;
            }
        }
    }

    private async Task Connect(ClientWebSocket socket, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(_ => limit.Cancel(), null, AriClient.Timeout, Timeout.InfiniteTimeSpan);
        await socket.ConnectAsync(settings.Events, limit.Token);
    }

    private static async Task<bool> Read(ClientWebSocket socket, Action<AriEvent> happened, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), stop);
            if (part.MessageType == WebSocketMessageType.Close) return false;
            message.Write(buffer, 0, part.Count);
            if (message.Length > MaximumEvent) throw new InvalidDataException("An event was longer than any should be.");
            if (!part.EndOfMessage) continue;
            var read = AriEvent.Parse(message.GetBuffer().AsMemory(0, (int)message.Length));
            message.SetLength(0);
            if (read is { IsReplaced: true }) return true;
            if (read is not null) happened(read);
        }
    }
}
