using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>
/// Tells waiting customers where they stand. When a queue says that it moved, all its tickets that are watched here
/// are asked about at once; what is told while that runs asks once more.
/// </summary>
internal sealed class QueueLines(Follows follows, Cluster cluster, ILogger<QueueLines> log)
{
    private readonly Dictionary<GrainName, Line> _lines = [];

    /// <summary>The ticket as it stands: in a line, or in none any more. What is older than the last word is ignored.</summary>
    public void Track(WatchedTicket ticket, TicketView now)
    {
        lock (_lines)
        {
            if (now.Seq < ticket.TrackedSeq) return;
            ticket.TrackedSeq = now.Seq;
            ticket.WaitsIn = now.Phase is TicketPhase.Waiting or TicketPhase.Offered ? new GrainName(now.Campus, now.Queue) : null;
        }
        Place(ticket);
    }

    /// <summary>A page began to watch the ticket: it should know where the ticket stands.</summary>
    public void Show(WatchedTicket ticket)
    {
        if (LineOf(ticket) is { } queue) _ = Ask(queue, new() { [ticket.Name.Id] = ticket }).Logged(log);
    }

    /// <summary>A page stopped watching the ticket.</summary>
    public void Forget(WatchedTicket ticket) => Place(ticket);

    /// <summary>A queue moved.</summary>
    public void Moved(GrainName queue)
    {
        Line? line;
        lock (_lines)
        {
            if (!_lines.TryGetValue(queue, out line)) return;
            line.Again = true;
            if (line.Asking) return;
            line.Asking = true;
        }
        _ = AskUntilStill(queue, line).Logged(log);
    }

    // Lines matter to customers only: staff who watch a waiting ticket need none.
    private void Place(WatchedTicket ticket)
    {
        GrainName? from, to;
        lock (_lines)
        {
            from = ticket.Line;
            to = ticket.HasCustomers ? ticket.WaitsIn : null;
            if (from == to) return;
            ticket.Line = to;
            if (from is { } left && _lines[left].Leave(ticket)) _lines.Remove(left);
            if (to is { } joined)
            {
                if (!_lines.TryGetValue(joined, out var line)) _lines[joined] = line = new Line();
                line.Tickets[ticket.Name.Id] = ticket;
            }
        }
        if (from is { } old) follows.Release(Key(old));
        // Without an answer the next renewal begins it; until then the customer keeps the place known so far.
        if (to is { } queue) _ = cluster.Done(follows.Need(Key(queue))).Logged(log);
    }

    private GrainName? LineOf(WatchedTicket ticket)
    {
        lock (_lines) return ticket.Line;
    }

    private async Task AskUntilStill(GrainName queue, Line line)
    {
        while (true)
        {
            Dictionary<string, WatchedTicket> tickets;
            lock (_lines)
            {
                if (!line.Again)
                {
                    line.Asking = false;
                    return;
                }
                line.Again = false;
                tickets = new(line.Tickets);
            }
            await Ask(queue, tickets);
        }
    }

    private async Task Ask(GrainName queue, Dictionary<string, WatchedTicket> tickets)
    {
        var places = await cluster.Read(
            cluster.Grains.Queue(queue.Campus, queue.Id).PlacesOf([.. tickets.Keys]),
            static places => (Reply<Places>)new Places(places));
        if (places.Value is not { } known) return;
        foreach (var place in known.All)
        {
            if (tickets.TryGetValue(place.TicketId, out var ticket)) ticket.Tell(place);
        }
    }

    private static FollowKey Key(GrainName queue) => new(FollowKind.Queue, queue);

    private sealed record Places(ImmutableArray<QueuePlace> All);

    private sealed class Line
    {
        public Dictionary<string, WatchedTicket> Tickets { get; } = [];

        public bool Asking { get; set; }

        public bool Again { get; set; }

        /// <summary>True when the line is empty then.</summary>
        public bool Leave(WatchedTicket ticket) => Tickets.Remove(ticket.Name.Id) && Tickets.Count == 0;
    }
}
