using System.Collections.Concurrent;
using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>
/// Which connection watches which ticket. A watch is registered before the history is read, and whatever passes by in
/// between is fetched again: a client that calls Watch with the last seq it saw misses nothing.
/// </summary>
internal sealed class TicketWatches(Follows follows, ReadTickets tickets, QueueLines lines, Cluster cluster, ILogger<TicketWatches> log)
{
    private static readonly Problem TooMany =
        ProblemOf.Refusal(RefusalCode.Overloaded, $"A connection watches at most {LiveConnection.MaxWatches} tickets. Call Unwatch for those that are off the screen.");

    private readonly ConcurrentDictionary<GrainName, WatchedTicket> _watched = new();
    private readonly Lock _structure = new();

    /// <summary>Begins to watch, or resumes: the events after a seq now, and from then on each new one once.</summary>
    public async Task<Reply<TicketHistory>> Watch(LiveConnection connection, string ticketId, long afterSeq)
    {
        if ((Check.Ticket(connection.Caller, ticketId) ?? Check.Seq(afterSeq, "afterSeq")) is { } no) return no;
        var name = connection.Caller.Ticket(ticketId);
        return connection.WatchOf(name) is { } watcher
            ? await Resume(watcher, afterSeq)
            : await Begin(connection, name, afterSeq);
    }

    /// <summary>Ends a watch, if there is one.</summary>
    public void Unwatch(LiveConnection connection, string ticketId) => Unwatch(connection, connection.Caller.Ticket(ticketId));

    /// <summary>Ends all watches of a connection that closed.</summary>
    public void Leave(LiveConnection connection)
    {
        foreach (var watcher in connection.Watches) Unwatch(connection, watcher.Ticket.Name);
    }

    /// <summary>A ticket told its news.</summary>
    public void Changed(TicketNews news)
    {
        if (!_watched.TryGetValue(new GrainName(news.Ticket.Campus, news.Ticket.TicketId), out var ticket)) return;
        if (ticket.Deliver(news)) _ = CatchUp(ticket).Logged(log);
        lines.Track(ticket, news.Ticket);
    }

    /// <summary>Somebody in a call says something to the other one: only that one's pages get it.</summary>
    public void Signaled(SignalNews news)
    {
        if (_watched.TryGetValue(new GrainName(news.Campus, news.TicketId), out var ticket)) ticket.Deliver(news);
    }

    /// <summary>Fetches what was told while nobody here was followed; after each renewal.</summary>
    public async Task Compare(GrainName name)
    {
        if (!_watched.TryGetValue(name, out var ticket)) return;
        var reply = await cluster.Read(cluster.Grains.Ticket(name.Campus, name.Id).Get());
        if (reply.Value is { } now && ticket.Heard(now.Seq)) await CatchUp(ticket);
    }

    /// <summary>The client was behind: it gets each ticket as it stands, with the events that it missed, and its place.</summary>
    public void Refresh(LiveConnection connection)
    {
        foreach (var watcher in connection.Watches)
        {
            _ = CatchUp(watcher.Ticket).Logged(log);
            lines.Show(watcher.Ticket);
        }
    }

    private async Task<Reply<TicketHistory>> Begin(LiveConnection connection, GrainName name, long afterSeq)
    {
        if (Join(connection, name) is not { } watcher) return TooMany;
        var reply = await cluster.Done(follows.Need(Key(name))) is { } no ? no : await Resume(watcher, afterSeq);
        if (reply.Value is null) Unwatch(connection, name);
        return reply;
    }

    private void Unwatch(LiveConnection connection, GrainName name)
    {
        if (connection.Remove(name) is { } watcher) End(watcher);
    }

    private async Task<Reply<TicketHistory>> Resume(TicketWatcher watcher, long afterSeq)
    {
        var name = watcher.Ticket.Name;
        var caller = watcher.Connection.Caller;
        var reply = await tickets.History(caller, name.Campus == caller.Campus ? name.Id : $"{name.Campus}/{name.Id}", afterSeq);
        if (reply.Value is not { } history) return reply;
        if (watcher.Ticket.Ready(watcher, history.Ticket.Seq)) _ = CatchUp(watcher.Ticket).Logged(log);
        lines.Track(watcher.Ticket, history.Ticket);
        lines.Show(watcher.Ticket);
        return reply;
    }

    private TicketWatcher? Join(LiveConnection connection, GrainName name)
    {
        lock (_structure)
        {
            var ticket = _watched.TryGetValue(name, out var known) ? known : new WatchedTicket(name);
            var watcher = new TicketWatcher(ticket, connection);
            if (!connection.TryAdd(name, watcher)) return null;
            ticket.Add(watcher);
            _watched[name] = ticket;
            return watcher;
        }
    }

    private void End(TicketWatcher watcher)
    {
        lock (_structure)
        {
            if (watcher.Ticket.Remove(watcher)) _watched.TryRemove(watcher.Ticket.Name, out _);
        }
        follows.Release(Key(watcher.Ticket.Name));
        lines.Forget(watcher.Ticket);
    }

    private async Task CatchUp(WatchedTicket ticket)
    {
        if (!ticket.BeginCatchUp()) return;
        while (ticket.MissingAfter() is { } seq)
        {
            var reply = await cluster.Read(cluster.Grains.Ticket(ticket.Name.Campus, ticket.Name.Id).History(seq));
            if (reply.Value is { Events.IsEmpty: false } history)
            {
                ticket.Deliver(new TicketNews(history.Ticket, history.Events));
                lines.Track(ticket, history.Ticket);
            }
            else
            {
                ticket.EndCatchUp();
                return;
            }
        }
    }

    private static FollowKey Key(GrainName name) => new(FollowKind.Ticket, name);
}
