using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Live;

/// <summary>One connection of a customer's or agent's page.</summary>
/// <param name="caller">Who is at the other end.</param>
/// <param name="client">The other end.</param>
/// <param name="abort">Closes the connection.</param>
/// <param name="maxPending">How many pushes may wait for it.</param>
internal sealed class LiveConnection(Caller caller, ITicketClient client, Action abort, int maxPending)
{
    /// <summary>More tickets than a page shows at once.</summary>
    public const int MaxWatches = 100;

    private readonly Dictionary<GrainName, TicketWatcher> _watches = [];
    private int _pending;

    /// <summary>Who is at the other end.</summary>
    public Caller Caller => caller;

    /// <summary>The agent or customer, as grains are named.</summary>
    public GrainName Name => new(caller.Campus, caller.Id);

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
    /// Sends without waiting. A client that can't keep up loses its connection rather than our memory: it comes back
    /// and asks for what it missed.
    /// </summary>
    public void Push(Func<ITicketClient, Task> send)
    {
        if (Volatile.Read(ref _pending) >= maxPending)
        {
            abort();
            return;
        }
        var sending = send(client);
        if (!sending.IsCompleted) _ = Count(sending);
    }

    /// <summary>Sends to a customer's page; agents' pages don't know this message.</summary>
    public void PushToCustomer(Func<ICustomerClient, Task> send)
    {
        if (client is ICustomerClient customer) Push(_ => send(customer));
    }

    /// <summary>Sends to an agent's page.</summary>
    public void PushToAgent(Func<IAgentClient, Task> send)
    {
        if (client is IAgentClient agent) Push(_ => send(agent));
    }

    private async Task Count(Task sending)
    {
        Interlocked.Increment(ref _pending);
        // A send fails when the connection is gone; its hub hears that too.
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref _pending);
    }
}
