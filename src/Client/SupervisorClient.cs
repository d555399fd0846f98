using System.Collections.Concurrent;

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
    private readonly ConcurrentDictionary<TicketWatch, string> _watches = new();
    private volatile bool _inRoom;

    /// <summary>A client that is not connected yet.</summary>
    public SupervisorClient(ClientOptions options)
    {
        _link = new HubLink(options, "/hubs/supervisor");
        _link.On<Wallboard>("WallboardChanged", Take);
        _link.On<ClockAlert>("ClockMissed", Take);
        _link.On<LiveRoom>("RoomChanged", Take);
        _link.On<TicketHistory>("TicketChanged", news =>
        {
            foreach (var (watch, id) in _watches)
                if (id == news.Ticket.TicketId) watch.Push(news);
        });
        _link.WhenOnline += () =>
        {
            _ = Watch();
            if (_inRoom) _ = Enter();
            foreach (var watch in _watches.Keys) watch.Resume();
        };
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

    /// <summary>The conversations as last seen; null before <see cref="Room"/>.</summary>
    public LiveRoom? LastRoom { get; private set; }

    /// <summary>The list of conversations changed; never an older one after a newer one. Must not block.</summary>
    public event Action<LiveRoom>? RoomChanged;

    /// <summary>Connects and watches; from then on the client stays connected by itself.</summary>
    /// <exception cref="RefusedException">The gateway doesn't take the token.</exception>
    public Task Start(CancellationToken stop = default) => _link.Start(stop);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _link.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>The conversations that agents have in hand; from then on <see cref="RoomChanged"/> tells each change.</summary>
    public Task<Answer<LiveRoom>> Room(CancellationToken stop = default)
    {
        _inRoom = true;
        return _link.Ask<LiveRoom>("Room", [], stop);
    }

    /// <summary>Reads a conversation along, through lost connections. That it is read is on record.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="changed">Gets the ticket as it stands with each event once, in order; called one at a time, must not block.</param>
    public TicketWatch Listen(string ticketId, Action<TicketHistory> changed)
    {
        var watch = new TicketWatch(_link, ticketId, 0, changed, ended => _watches.TryRemove(ended, out _), "Listen", "StopListening");
        _watches[watch] = watch.TicketId;
        watch.Resume();
        return watch;
    }

    /// <summary>Writes to the agent; the customer never sees it.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="text">1–4,000 characters.</param>
    /// <param name="whisperId">The same id is stored once; a new one when none is given.</param>
    /// <param name="stop">Gives up.</param>
    public Task<Answer<Ticket>> Whisper(string ticketId, string text, string? whisperId = null, CancellationToken stop = default) =>
        _link.Call<Ticket>("Whisper", [ticketId, whisperId ?? NewId(), text], stop);

    /// <summary>Joins the conversation: the customer sees it, and may be written to.</summary>
    public Task<Answer<Ticket>> Join(string ticketId, CancellationToken stop = default) => _link.Call<Ticket>("Join", [ticketId], stop);

    /// <summary>Leaves the conversation to its agent.</summary>
    public Task<Answer<Ticket>> Leave(string ticketId, CancellationToken stop = default) => _link.Call<Ticket>("Leave", [ticketId], stop);

    /// <summary>Takes the conversation from its agent: for oneself, or, where one is named, for a queue or an agent.</summary>
    public Task<Answer<Ticket>> TakeOver(string ticketId, string? toQueue = null, string? toAgent = null, string? note = null, CancellationToken stop = default) =>
        _link.Call<Ticket>("TakeOver", [ticketId, toQueue, toAgent, note], stop);

    /// <summary>Writes to the customer, after joining or taking over.</summary>
    public Task<Answer<Ticket>> Post(string ticketId, string text, string? messageId = null, CancellationToken stop = default) =>
        _link.Call<Ticket>("Post", [ticketId, messageId ?? NewId(), text], stop);

    /// <summary>Declares a conversation solved that was taken over.</summary>
    public Task<Answer<Ticket>> Resolve(string ticketId, string disposition, string? note = null, CancellationToken stop = default) =>
        _link.Call<Ticket>("Resolve", [ticketId, disposition, note], stop);

    private static string NewId() => Guid.NewGuid().ToString("n");

    private async Task Enter()
    {
        try
        {
            if ((await Room(_stop.Token)).Value is { } room) Take(room);
        }
        catch (Exception gone) when (gone is OperationCanceledException or RefusedException)
        {
            // Disposed, or refused: the link's state says so.
        }
    }

    private void Take(LiveRoom room)
    {
        lock (_lock)
        {
            if (LastRoom is { } last && room.At <= last.At) return;
            LastRoom = room;
            RoomChanged?.Invoke(room);
        }
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
