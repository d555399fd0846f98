using System.Net;
using System.Net.Sockets;

namespace CampusCare.Gateway.Tests;

/// <summary>A road on which nothing comes down while it is blocked, and hardly anything fits on the way; words go up all the time.</summary>
internal sealed class SlowRoad : IAsyncDisposable
{
    private const int ChunkBytes = 2048;
    private const int SegmentBytes = 536;

    // TCP_MAXSEG: with large segments the system keeps megabytes for a reader who doesn't read.
    private const int Tcp = 6;
    private const int MaxSegment = 2;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Uri _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SlowRoad(Uri target)
    {
        _target = target;
        _open.SetResult();
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Accept();
    }

    /// <summary>Where clients connect to.</summary>
    public Uri Url { get; }

    public void Block() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _open.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    private async Task Accept()
    {
        try
        {
            while (true) _ = Carry(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private async Task Carry(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true, ReceiveBufferSize = ChunkBytes };
        far.Client.SetRawSocketOption(Tcp, MaxSegment, BitConverter.GetBytes(SegmentBytes));
        near.NoDelay = true;
        await far.ConnectAsync(IPAddress.Loopback, _target.Port, _stop.Token);
        await Task.WhenAny(Pump(near, far, () => Task.CompletedTask), Pump(far, near, () => _open.Task.WaitAsync(_stop.Token)));
    }

    private async Task Pump(TcpClient from, TcpClient to, Func<Task> passable)
    {
        var buffer = new byte[ChunkBytes];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _stop.Token) is > 0 and var read)
            {
                await passable();
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The other direction ended it.
        }
    }
}
