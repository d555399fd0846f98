using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Routing;

namespace CampusCare.Grains.Queues;

/// <summary>
/// Relaxation in rings, and guests: a ticket that asks a sibling queue stands in both lines. Both may reserve an agent
/// for it; the ticket's journal takes the first and the other slot is freed.
/// </summary>
public sealed partial class QueueGrain
{
    /// <summary>A guest whose home queue doesn't renew it leaves after so long.</summary>
    public static readonly TimeSpan GuestLifetime = TimeSpan.FromSeconds(30);

    /// <summary>The most guests of a line; more are asked again with their home's next sweep.</summary>
    public const int MaximumGuests = 1_000;

    /// <summary>So many of a line, the first of them, ask elsewhere too; who moves up asks with the next sweep.</summary>
    public const int MaximumAsked = 256;

    /// <summary>So many of these ask other campuses: more slots than these nobody lends at once.</summary>
    public const int MaximumBorrowing = 32;

    /// <summary>Guests are renewed with every so many sweeps: well within <see cref="GuestLifetime"/>, also when a word of it is lost.</summary>
    public const int SweepsPerRenewal = 2;

    private readonly PriorityQueue<string, DateTimeOffset> _nextRing = new();
    private readonly Dictionary<string, Guest> _guests = [];
    private readonly Dictionary<string, IReadOnlyList<IQueueGrain>> _asked = [];
    private int _sweeps;

    private sealed record Guest(WaitingTicket Ticket, DateTimeOffset Until);

    public Task Host(WaitingTicket guest)
    {
        if (_offered.TryGetValue(guest.TicketId, out var offered) && offered.Ticket.Seq == guest.Seq) return Task.CompletedTask;
        if (_guests.Count >= MaximumGuests && !_guests.ContainsKey(guest.TicketId)) return Task.CompletedTask;
        _offered.Remove(guest.TicketId);
        _guests[guest.TicketId] = new Guest(guest, time.GetUtcNow() + GuestLifetime);
        Welcome(guest);
        AskForMatch();
        return Task.CompletedTask;
    }

    public Task Unhost(string ticketId)
    {
        if (_offered.TryGetValue(ticketId, out var offered) && offered.IsGuest) _offered.Remove(ticketId);
        if (_guests.Remove(ticketId)) _matcher.Remove(ticketId);
        return Task.CompletedTask;
    }

    private WaitingTicket TicketOf(string ticketId) =>
        _waiting.TryGetValue(ticketId, out var ticket) ? ticket : _guests[ticketId].Ticket;

    // Within the campus a guest stands in the line like any; one of another campus only while agents can be lent, which is
    // worked out once a second for all of them together.
    private void Welcome(WaitingTicket guest)
    {
        if (guest.Home is null) PlaceGuest(guest);
    }

    private void PlaceGuest(WaitingTicket guest) =>
        _matcher.Add(new Waiting(guest.TicketId, guest.PriorityKey, AskedBy(guest), guest.Home is null ? guest.NotAgents : OwnNames(guest.NotAgents), Ring: 1));

    // Where a waiting ticket stands now: what it asks for at this time, and when it will ask for less.
    private void Place(WaitingTicket ticket)
    {
        var stage = StageOf(ticket);
        _matcher.Add(new Waiting(ticket.TicketId, ticket.PriorityKey, stage.Demand, ticket.NotAgents, stage.Ring));
        if (stage.NextChange is { } next) _nextRing.Enqueue(ticket.TicketId, ticket.WaitingSince + next);
        AskSiblings(ticket, stage);
    }

    private Stage StageOf(WaitingTicket ticket)
    {
        var known = ticket.LastAgent is { } last && _matcher.Knows(last) ? last : null;
        return Stage.At(AskedBy(ticket), known, TimeSpan.FromSeconds(ticket.PatienceSeconds), _rules.Rings, time.GetUtcNow() - ticket.WaitingSince);
    }

    private void AskSiblings(WaitingTicket ticket, Stage stage)
    {
        if (stage.Ring == 0) return;
        var ring = _rules.Rings[stage.Ring - 1];
        if (!ring.Region && ring.Queues.IsDefaultOrEmpty) return;
        var position = _matcher.PositionOf(ticket.TicketId);
        if (position > MaximumAsked) return;
        List<IQueueGrain> asked = [.. ring.Queues.OrEmpty().Select(queue => GrainFactory.Queue(_campus, queue))];
        var guest = ticket with { Requirements = stage.Demand.Hard.Words() };
        foreach (var queue in asked) _ = queue.Host(guest);
        foreach (var campus in ring.Region && position <= MaximumBorrowing ? _lenders : [])
        {
            asked.Add(GrainFactory.Queue(campus, _id));
            _ = asked[^1].Host(guest with { Home = _campus });
        }
        if (asked.Count > 0) _asked[ticket.TicketId] = asked;
    }

    private void RecallGuest(string ticketId)
    {
        if (!_asked.Remove(ticketId, out var queues)) return;
        foreach (var queue in queues) _ = queue.Unhost(ticketId);
    }

    private void Relax(DateTimeOffset now)
    {
        var changed = false;
        while (_nextRing.TryPeek(out _, out var due) && due <= now)
        {
            if (!_waiting.TryGetValue(_nextRing.Dequeue(), out var ticket)) continue;
            Place(ticket);
            changed = true;
        }
        foreach (var ticketId in _guests.Where(entry => entry.Value.Until <= now).Select(static entry => entry.Key).ToList()) _ = Unhost(ticketId);
        if (changed) AskForMatch();
    }

    // Guests are renewed, so that one whose home forgot it leaves by itself.
    private void RenewGuests()
    {
        if (_sweeps++ % SweepsPerRenewal != 0 || !_rules.Rings.Any(static ring => ring.Region || !ring.Queues.IsDefaultOrEmpty)) return;
        foreach (var place in _matcher.First(MaximumAsked))
            if (_waiting.TryGetValue(place.TicketId, out var ticket)) AskSiblings(ticket, StageOf(ticket));
    }

    private static Demand AskedBy(WaitingTicket ticket) =>
        new(ticket.Category, ticket.Requirements.Levels(), ticket.Wishes.Levels(), Medium: ticket.Medium);

    // A changed strategy orders all seats anew.
    private void NewMatcher()
    {
        _matcher = new Matcher(_settings.Strategy);
        var agents = _agents.Values.ToList();
        _agents.Clear();
        foreach (var agent in agents) Know(agent);
        foreach (var ticket in _waiting.Values.ToList()) Place(ticket);
        foreach (var guest in _guests.Values.ToList()) Welcome(guest.Ticket);
    }
}
