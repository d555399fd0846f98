using System.Collections.Concurrent;
using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>Which calls from the telephone network hear of which tickets: as the ticket stands, now and whenever it changes. The same may be told twice.</summary>
internal sealed class LineTickets(Follows follows, Cluster cluster)
{
    private readonly ConcurrentDictionary<GrainName, ImmutableArray<Action<TicketView>>> _heard = new();

    /// <summary>Begins to tell a call; <see cref="Leave"/> must follow.</summary>
    public async Task Hear(GrainName name, Action<TicketView> call)
    {
        _heard.AddOrUpdate(name, [call], (_, others) => others.Add(call));
        var key = new FollowKey(FollowKind.Ticket, name);
        // What can't be told now is renewed soon, and compared then.
        if (await cluster.Done(follows.Need(key)) is not null) follows.RenewSoon(key);
        await Compare(name);
    }

    /// <summary>Ends that.</summary>
    public void Leave(GrainName name, Action<TicketView> call)
    {
        _heard.AddOrUpdate(name, [], (_, others) => others.Remove(call));
        _heard.TryRemove(KeyValuePair.Create(name, ImmutableArray<Action<TicketView>>.Empty));
        follows.Release(new FollowKey(FollowKind.Ticket, name));
    }

    /// <summary>A ticket told its news.</summary>
    public void Changed(TicketNews news) => Tell(new GrainName(news.Ticket.Campus, news.Ticket.TicketId), news.Ticket);

    /// <summary>Tells how the ticket stands; after each renewal.</summary>
    public async Task Compare(GrainName name)
    {
        if (!_heard.ContainsKey(name)) return;
        if ((await cluster.Read(cluster.Grains.Ticket(name.Campus, name.Id).Get())).Value is { } now) Tell(name, now);
    }

    private void Tell(GrainName name, TicketView ticket)
    {
        if (!_heard.TryGetValue(name, out var calls)) return;
        foreach (var call in calls) call(ticket);
    }
}
