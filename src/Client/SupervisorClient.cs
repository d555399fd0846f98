namespace CampusCare.Client;

/// <summary>Somebody who watches the whole campus: <c>/hubs/supervisor</c>.</summary>
public sealed class SupervisorClient : IAsyncDisposable
{
    /// <summary>Alerts that are remembered, so that none is told twice.</summary>
    private const int MaxKnown = 1_000;

    private readonly HubLink _link;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<(string, string, long)> _known = [];
    private readonly Queue<(string, string, long)> _order = [];

    /// <summary>A client that is not connected yet.</summary>
    public SupervisorClient(ClientOptions options)
    {
        _link = new HubLink(options, "/hubs/supervisor");
        _link.On<Wallboard>("WallboardChanged", Take);
        _link.On<ClockAlert>("ClockMissed", Take);
        _link.WhenOnline += () => _ = Watch();
    }

    /// <summary>A client with a token that stays the same.</summary>
    public SupervisorClient(Uri gateway, string token) : this(ClientOptions.For(gateway, token))
    {
    }

    /// <summary>How the client is connected.</summary>
    public LinkState State => _link.State;

    /// <summary>The figures as last seen.</summary>
    public Wallboard? LastBoard { get; private set; }

    /// <summary>The figures of a second; never older ones after newer ones. Must not block.</summary>
    public event Action<Wallboard>? BoardChanged;

    /// <summary>A ticket missed a clock, or went to the next line; told once each. Must not block.</summary>
    public event Action<ClockAlert>? ClockMissed;

    /// <summary>Connects and watches; from then on the client stays connected by itself.</summary>
    /// <exception cref="RefusedException">The gateway doesn't take the token.</exception>
    public Task Start(CancellationToken stop = default) => _link.Start(stop);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _link.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Watch()
    {
        try
        {
            if ((await _link.Ask<Wallboard>("Watch", [], _stop.Token)).Value is { } board) Take(board);
        }
        catch (Exception gone) when (gone is OperationCanceledException or RefusedException)
        {
            // Disposed, or refused: the link's state says so.
        }
    }

    private void Take(Wallboard board)
    {
        lock (_lock)
        {
            if (LastBoard is { } last && board.At <= last.At) return;
            LastBoard = board;
            BoardChanged?.Invoke(board);
        }
    }

    private void Take(ClockAlert alert)
    {
        lock (_lock)
        {
            var key = (alert.TicketId, alert.Kind, alert.Seq);
            if (!_known.Add(key)) return;
            _order.Enqueue(key);
            if (_order.Count > MaxKnown) _known.Remove(_order.Dequeue());
            ClockMissed?.Invoke(alert);
        }
    }
}
