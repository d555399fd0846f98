using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Live;

/// <summary>One connection of a page.</summary>
/// <param name="caller">Who is at the other end.</param>
/// <param name="client">The other end.</param>
/// <param name="maxPending">How many pushes may wait for it.</param>
/// <param name="refresh">
/// Shows the connection where everything stands. Called once a client that had fallen behind has taken what waited for
/// it: what was not sent meanwhile is not kept.
/// </param>
internal sealed class LiveConnection(Caller caller, object client, int maxPending, Action<LiveConnection> refresh)
{
    /// <summary>More tickets than a page shows at once.</summary>
    public const int MaxWatches = 100;

    private readonly Dictionary<GrainName, TicketWatcher> _watches = [];
    private int _pending;
    private bool _behind;

    /// <summary>Who is at the other end.</summary>
    public Caller Caller => caller;

    /// <summary>The agent or customer, as grains are named.</summary>
    public GrainName Name => new(caller.Campus, caller.Id);

    /// <summary>Whether something that was pushed still waits to be sent.</summary>
    public bool IsWaiting
    {
        get
        {
            lock (_watches) return _pending > 0;
        }
    }

    /// <summary>Whether nothing more is sent until what waits is through.</summary>
    public bool IsBehind
    {
        get
        {
            lock (_watches) return _behind;
        }
    }

    /// <summary>The tickets that this connection watches.</summary>
    public IReadOnlyCollection<TicketWatcher> Watches
    {
        get
        {
            lock (_watches) return [.. _watches.Values];
        }
    }

    /// <summary>The watch of a ticket, if any.</summary>
    public TicketWatcher? WatchOf(GrainName ticket)
    {
        lock (_watches) return _watches.GetValueOrDefault(ticket);
    }

    /// <summary>Keeps a watch; false when there are too many.</summary>
    public bool TryAdd(GrainName ticket, TicketWatcher watch)
    {
        lock (_watches) return _watches.Count < MaxWatches && _watches.TryAdd(ticket, watch);
    }

    /// <summary>Forgets a watch.</summary>
    public TicketWatcher? Remove(GrainName ticket)
    {
        lock (_watches) return _watches.Remove(ticket, out var watch) ? watch : null;
    }

    /// <summary>
    /// Sends without waiting. False when the client is behind: nothing was sent or kept, and it will be refreshed. A page
    /// that doesn't know this kind of message counts as told.
    /// </summary>
    public bool Push<TClient>(Func<TClient, Task> send) where TClient : class
    {
        if (client is not TClient other) return true;
        lock (_watches)
        {
            _behind |= _pending >= maxPending;
            if (_behind) return false;
            _pending++;
        }
        var sending = send(other);
        if (!sending.IsCompleted) _ = Await(sending);
        // Whoever pushes may hold a lock that the refreshing needs.
        else if (HasCaughtUp()) ThreadPool.QueueUserWorkItem(refresh, this, preferLocal: false);
        return true;
    }

    private async Task Await(Task sending)
    {
        // A send fails when the connection is gone; its hub hears that too.
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (HasCaughtUp()) refresh(this);
    }

    private bool HasCaughtUp()
    {
        lock (_watches)
        {
            if (--_pending > 0 || !_behind) return false;
            _behind = false;
            return true;
        }
    }
}
