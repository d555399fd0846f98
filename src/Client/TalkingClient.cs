using System.Collections.Concurrent;

namespace CampusCare.Client;

/// <summary>What both sides of a conversation have: a connection that comes back, tickets to follow, and an outbox.</summary>
public abstract class TalkingClient : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TicketWatch, string> _watches = new();
    private readonly Outbox _outbox;

    private protected TalkingClient(ClientOptions options, string hub)
    {
        Link = new HubLink(options, hub);
        _outbox = new Outbox(Link, options, Deliver);
        Link.On<TicketHistory>("TicketChanged", news => Each(news.Ticket.TicketId, watch => watch.Push(news)));
        Link.WhenOnline += () =>
        {
            foreach (var watch in _watches.Keys) watch.Resume();
        };
    }

    /// <summary>How the client is connected.</summary>
    public LinkState State => Link.State;

    /// <summary>The connection was lost, came back, or was refused; must not block.</summary>
    public event Action<LinkState>? StateChanged
    {
        add => Link.StateChanged += value;
        remove => Link.StateChanged -= value;
    }

    /// <summary>What was written and not yet acknowledged, oldest first.</summary>
    public IReadOnlyList<OutboxEntry> Outbox => _outbox.Entries;

    private protected HubLink Link { get; }

    /// <summary>Connects, and sends what an earlier process left in the outbox. From then on the client stays connected by itself.</summary>
    /// <exception cref="RefusedException">The gateway doesn't take the token.</exception>
    public async Task Start(CancellationToken stop = default)
    {
        _outbox.Resume();
        await Link.Start(stop);
        _outbox.Resume();
    }

    /// <summary>Follows a ticket: <paramref name="changed"/> gets it as it stands, with each event after a seq once, in order.</summary>
    /// <param name="ticketId">The ticket; one of another campus with that campus before it.</param>
    /// <param name="changed">Called one at a time; must not block.</param>
    /// <param name="afterSeq">The last event that was seen before; 0 for none.</param>
    public TicketWatch Watch(string ticketId, Action<TicketHistory> changed, long afterSeq = 0)
    {
        var watch = new TicketWatch(Link, ticketId, afterSeq, changed, ended => _watches.TryRemove(ended, out _));
        _watches[watch] = watch.TicketId;
        watch.Resume();
        return watch;
    }

    /// <summary>Writes to the other side, now or when the connection is back. Completes when the gateway has it.</summary>
    /// <param name="ticketId">The ticket.</param>
    /// <param name="text">1–4,000 characters.</param>
    /// <param name="messageId">The same id is stored once; a new one when none is given.</param>
    public async Task<Answer<Ticket>> Post(string ticketId, string text, string? messageId = null) =>
        TicketOf(await Send(new OutboxEntry(messageId ?? NewId(), Message, ticketId, text)));

    public virtual async ValueTask DisposeAsync()
    {
        await _outbox.DisposeAsync();
        await Link.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected const string Message = "message";
    private protected const string Contact = "contact";
    private protected const string ColleaguesNote = "note";

    private protected Task<Answer<Opened>> Send(OutboxEntry entry) => _outbox.Add(entry);

    private protected static Answer<Ticket> TicketOf(Answer<Opened> answer) => new(answer.Value?.Ticket, answer.Problem);

    private protected static string NewId() => Guid.NewGuid().ToString("n");

    private async Task<Answer<Opened>> Deliver(OutboxEntry entry, CancellationToken stop)
    {
        if (entry.Kind == Contact)
            return await Link.Call<Opened>("Open", [new { contactId = entry.Id, text = entry.Text, orderNumber = entry.OrderNumber }], stop);
        var posted = await Link.Call<Ticket>(entry.Kind == Message ? "Post" : "Note", [entry.TicketId, entry.Id, entry.Text], stop);
        return new(posted.Value is { } ticket ? new Opened(ticket, null) : null, posted.Problem);
    }

    private void Each(string ticketId, Action<TicketWatch> action)
    {
        foreach (var (watch, id) in _watches)
            if (id == ticketId) action(watch);
    }
}
