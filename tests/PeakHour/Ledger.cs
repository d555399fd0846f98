using System.Collections.Concurrent;
using CampusCare.Client;
using CampusCare.ClientKit;
using CampusCare.PeakHour.Profiles;

namespace CampusCare.PeakHour;

/// <summary>Everything that clients of a run were told, with when they were told it, on this process's clock alone.</summary>
public sealed class Ledger(TimeProvider time) : IAgentDiary
{
    private readonly ConcurrentDictionary<string, Entry> _tickets = new();
    private readonly ConcurrentBag<(string TicketId, string Text)> _acks = [];
    private readonly ConcurrentBag<TimeSpan> _openToAck = [];
    private readonly ConcurrentDictionary<string, int> _refusals = new();
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private readonly ConcurrentDictionary<(string Ticket, string Message), MessageMarks> _messages = new();
    private readonly ConcurrentDictionary<string, bool> _watched = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _resolved;

    /// <summary>Contacts that the gateway acknowledged.</summary>
    public int Opened => _acks.Count;

    /// <summary>How often the gateway said no to a contact, by code.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    /// <summary>What went wrong for agents, by what and code. An offer that was gone in the meantime is not a fault of the system.</summary>
    public IReadOnlyDictionary<string, int> Failures => _failures;

    /// <summary>From when the contact was due to when its acknowledgement arrived.</summary>
    public Latency OpenToAck => Latency.Of(_openToAck);

    /// <summary>From the acknowledgement to the first offer in an agent's workspace; zero when the offer came first.</summary>
    public Latency AckToOffer => Latency.Of(_tickets.Values.Select(WaitForOffer).OfType<TimeSpan>());

    /// <summary>Acknowledged contacts that were resolved as far as clients know.</summary>
    public int ResolvedSoFar => Volatile.Read(ref _resolved);

    /// <summary>True when every acknowledged contact was resolved as far as clients know.</summary>
    public bool AllResolved => Volatile.Read(ref _resolved) >= Opened;

    /// <summary>Ends at the next ticket that is resolved.</summary>
    public Task NextResolved => Volatile.Read(ref _changed).Task;

    /// <summary>The gateway acknowledged a contact.</summary>
    /// <param name="ticketId">Its ticket.</param>
    /// <param name="text">What was asked.</param>
    /// <param name="due">When it was due to be sent, in timestamps of the clock.</param>
    public void Acknowledged(string ticketId, string text, long due)
    {
        var now = time.GetTimestamp();
        _openToAck.Add(time.GetElapsedTime(due, now));
        var entry = Of(ticketId);
        lock (entry)
        {
            // One whose acknowledgement got lost is done like any other, but does not stand for one that was acknowledged.
            if (entry is { AckAt: null, Resolved: true }) Interlocked.Increment(ref _resolved);
            (entry.DueAt, entry.AckAt) = (entry.DueAt ?? due, entry.AckAt ?? now);
        }
        _acks.Add((ticketId, text));
    }

    /// <summary>The gateway said no to a contact, or did not answer.</summary>
    public void Refused(string code) => _refusals.AddOrUpdate(code, 1, (_, count) => count + 1);

    /// <summary>All acknowledged contacts with what else was acknowledged about them.</summary>
    public IReadOnlyList<Acknowledged> Everything() => [.. _acks.Select(ack => Of(ack.TicketId).Summary(ack.TicketId, ack.Text))];

    public void Offered(string agentId, Offer offer)
    {
        var now = time.GetTimestamp();
        var entry = Of(offer.Ticket.TicketId);
        lock (entry) entry.OfferAt ??= now;
    }

    public void Accepted(string agentId, string ticketId)
    {
        var now = time.GetTimestamp();
        var entry = Of(ticketId);
        lock (entry)
        {
            entry.AcceptedAt ??= now;
            entry.AcceptedBy.Add(agentId);
        }
    }

    public void Posting(string agentId, string ticketId, string messageId) => _messages.TryAdd((ticketId, messageId), new MessageMarks(time.GetTimestamp()));

    /// <summary>A ticket's customer looks on from now.</summary>
    public void Watched(string ticketId) => _watched[ticketId] = true;

    /// <summary>A customer who looks on was shown a message.</summary>
    public void Delivered(string ticketId, string messageId)
    {
        if (_messages.TryGetValue((ticketId, messageId), out var marks)) marks.Deliver(time.GetTimestamp());
    }

    /// <summary>When what happened to each acknowledged ticket, since the run began.</summary>
    /// <param name="began">When that was, in timestamps of the clock.</param>
    public IReadOnlyList<TicketTimes> Times(long began) => [.. _tickets.Values.Select(entry => entry.Times(at => time.GetElapsedTime(began, at))).OfType<TicketTimes>()];

    /// <summary>The messages of tickets whose customer looked on.</summary>
    /// <param name="began">When the run began, in timestamps of the clock.</param>
    public IReadOnlyList<MessageTimes> Messages(long began) =>
        [.. _messages.Where(message => _watched.ContainsKey(message.Key.Ticket)).Select(message => message.Value.Times(at => time.GetElapsedTime(began, at)))];

    public void Posted(string agentId, string ticketId, string messageId)
    {
        var entry = Of(ticketId);
        lock (entry) entry.MessageIds.Add(messageId);
    }

    public void Resolved(string agentId, string ticketId)
    {
        var entry = Of(ticketId);
        lock (entry)
        {
            if (entry.Resolved) return;
            entry.Resolved = true;
            entry.ResolvedAt = time.GetTimestamp();
            if (entry.AckAt is null) return;
            Interlocked.Increment(ref _resolved);
        }
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    public void Failed(string agentId, string ticketId, string what) => _failures.AddOrUpdate(what, 1, (_, count) => count + 1);

    private TimeSpan? WaitForOffer(Entry entry)
    {
        lock (entry)
        {
            if (entry.AckAt is not { } ack || entry.OfferAt is not { } offer) return null;
            return offer > ack ? time.GetElapsedTime(ack, offer) : TimeSpan.Zero;
        }
    }

    private Entry Of(string ticketId) => _tickets.GetOrAdd(ticketId, _ => new Entry());

    private sealed class Entry
    {
        public long? AckAt { get; set; }
        public long? OfferAt { get; set; }
        public long? DueAt { get; set; }
        public long? AcceptedAt { get; set; }
        public long? ResolvedAt { get; set; }
        public List<string> AcceptedBy { get; } = [];
        public List<string> MessageIds { get; } = [];
        public bool Resolved { get; set; }

        public TicketTimes? Times(Func<long, TimeSpan> since)
        {
            lock (this) return DueAt is { } due ? new(since(due), Since(AckAt), Since(OfferAt), Since(AcceptedAt), Since(ResolvedAt)) : null;

            TimeSpan? Since(long? at) => at is { } mark ? since(mark) : null;
        }

        public Acknowledged Summary(string ticketId, string text)
        {
            lock (this) return new(ticketId, text, [.. AcceptedBy], [.. MessageIds], Resolved);
        }
    }

    private sealed class MessageMarks(long sent)
    {
        private long _delivered;

        public void Deliver(long at) => Interlocked.CompareExchange(ref _delivered, at, 0);

        public MessageTimes Times(Func<long, TimeSpan> since) => new(since(sent), Volatile.Read(ref _delivered) is > 0 and var at ? since(at) : null);
    }
}
