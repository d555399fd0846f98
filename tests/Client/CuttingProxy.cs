using System.Net;
using System.Net.Sockets;

namespace CampusCare.Client.Tests;

/// <summary>
/// A TCP proxy that is a bad network: it cuts, halves, delays and stalls connections at random points, so often as it was
/// told, and is a good one after that. The seed decides what happens to the n-th connection.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private const int ChunkBytes = 4096;

    // From inside of the first handshake to some dozens of messages.
    private const int MinBytes = 50;
    private const int MaxBytes = 12_000;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _seed;
    private readonly int _cutsWanted;
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _half = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;
    private TaskCompletionSource<Uri> _target = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connections;
    private int _cuts;

    public CuttingProxy(Uri target, int seed, int cuts)
    {
        (_seed, _cutsWanted) = (seed, cuts);
        Lead(target);
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = Accept();
    }

    /// <summary>Where clients connect to.</summary>
    public Uri Url { get; }

    /// <summary>Completes when enough was cut.</summary>
    public Task Enough => _enough.Task;

    /// <summary>Completes when half of that was.</summary>
    public Task Half => _half.Task;

    public int Connections => Volatile.Read(ref _connections);

    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>New connections lead nowhere: whoever comes waits.</summary>
    public void Hold() => _target = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>New connections, and those that wait, lead there.</summary>
    public void Lead(Uri target)
    {
        if (!_target.TrySetResult(target)) throw new InvalidOperationException("Hold first.");
    }

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
            while (true) _ = Carry(await _listener.AcceptTcpClientAsync(_stop.Token), Interlocked.Increment(ref _connections));
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private async Task Carry(TcpClient client, int number)
    {
        using var near = client;
        using var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        var fate = new Fate(new Random(unchecked(_seed * 7919 + number)));
        try
        {
            var target = await _target.Task.WaitAsync(_stop.Token);
            await far.ConnectAsync(IPAddress.Loopback, target.Port, _stop.Token);
            await Task.WhenAny(Pump(near, far, fate), Pump(far, near, fate));
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            // Nobody there (any more).
        }
        // Without lingering the peers see a reset, as when a network goes away; else an orderly end.
        if (fate.IsReset) near.LingerState = far.LingerState = new LingerOption(true, 0);
    }

    private async Task Pump(TcpClient from, TcpClient to, Fate fate)
    {
        var buffer = new byte[ChunkBytes];
        try
        {
            while (true)
            {
                var read = await from.GetStream().ReadAsync(buffer, _stop.Token);
                if (read == 0) return;
                var pass = _enough.Task.IsCompleted ? read : fate.Pass(read);
                if (fate.Pause is { } pause && !_enough.Task.IsCompleted) await Task.Delay(pause, _stop.Token);
                await to.GetStream().WriteAsync(buffer.AsMemory(0, pass), _stop.Token);
                if (pass == read) continue;
                var cuts = Interlocked.Increment(ref _cuts);
                if (cuts >= _cutsWanted / 2) _half.TrySetResult();
                if (cuts >= _cutsWanted) _enough.TrySetResult();
                return;
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The other direction ended it.
        }
    }

    /// <summary>What becomes of one connection.</summary>
    private sealed class Fate(Random chance)
    {
        private readonly Lock _lock = new();
        private readonly bool _isSlow = chance.Next(4) == 0;
        private readonly bool _isBetween = chance.Next(3) == 0;
        private int _left = chance.Next(4) == 0 ? chance.Next(MinBytes, 1_500) : chance.Next(1_500, MaxBytes);

        public bool IsReset { get; } = chance.Next(2) == 0;

        /// <summary>A delay of each chunk on slow connections, and now and then a stall on any.</summary>
        public TimeSpan? Pause
        {
            get
            {
                lock (_lock)
                {
                    if (chance.Next(100) == 0) return TimeSpan.FromMilliseconds(chance.Next(50, 300));
                    return _isSlow ? TimeSpan.FromMilliseconds(chance.Next(1, 8)) : null;
                }
            }
        }

        /// <summary>How much of a chunk still gets through: all; or a part, or nothing of it, and then the connection is cut.</summary>
        public int Pass(int bytes)
        {
            lock (_lock)
            {
                var pass = bytes <= _left ? bytes : _isBetween ? 0 : _left;
                _left -= pass;
                // Exactly at the end of a chunk is cut with the next one.
                return pass;
            }
        }
    }
}
