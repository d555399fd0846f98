using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Routing;
using CampusCare.Grains.Tickets;
using Microsoft.Extensions.Logging;

namespace CampusCare.Grains.Queues;

/// <summary>
/// Lending between the campuses of a region. Who needs help asks (a ring that says so); who is asked lends only while its
/// own service level holds. A campus that nobody hears goes on alone.
/// </summary>
public sealed partial class QueueGrain
{
    /// <summary>Between two looks at who lends; more often changes nothing that matters.</summary>
    public static readonly TimeSpan LendersPeriod = TimeSpan.FromMinutes(1);

    /// <summary>How long the region may take to answer; then the lenders of before are asked.</summary>
    public static readonly TimeSpan RegionTimeout = TimeSpan.FromSeconds(2);

    private ImmutableArray<string> _lenders = [];
    private ArrivalRate _arrivals = null!;
    private DateTimeOffset _lendersAskedAt;
    private string _region = "";

    // As the other campus names the agent who is lent, and back.
    private string NameFor(WaitingTicket ticket, string agentId) => ticket.Home is null ? agentId : TicketViews.AgentKey(_campus, agentId);

    private ImmutableArray<string> OwnNames(ImmutableArray<string> agents) =>
        [.. agents.Select(GrainKeys.Split).Where(agent => agent.Campus == _campus).Select(static agent => agent.Id)];

    private async Task FindLenders()
    {
        var now = time.GetUtcNow();
        if (!_rules.Rings.Any(static ring => ring.Region) || now - _lendersAskedAt < LendersPeriod) return;
        try
        {
            _lenders = (await GrainFactory.Region(_region).LendersOf(_id).WaitAsync(RegionTimeout, time)).Remove(_campus);
            _lendersAskedAt = now;
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NoRegion(error, _campus, _id, _region);
        }
    }

    // As many foreign guests stand in the line as slots can be lent, the first of them; what was offered and is needed
    // here is taken back, what was accepted is finished.
    private void Lend(DateTimeOffset now)
    {
        var guests = _guests.Values.Where(static guest => guest.Ticket.Home is not null).Select(static guest => guest.Ticket).ToList();
        var offered = _offered.Values.Where(static pending => pending.Ticket.Home is not null).ToList();
        if (guests.Count == 0 && offered.Count == 0) return;
        var load = Load(now);
        foreach (var pending in offered.Take(Lending.Default.TakeBack(load))) _ = TicketGrainOf(pending.Ticket).ReservationRecalled(pending.Reservation.ReservationId);
        var can = _settings.Lends ? Lending.Default.CanLend(load) : 0;
        foreach (var guest in guests.OrderBy(static guest => guest.PriorityKey).ThenBy(static guest => guest.TicketId, StringComparer.Ordinal))
        {
            if (can-- <= 0) _matcher.Remove(guest.TicketId);
            else if (_matcher.PositionOf(guest.TicketId) == 0) PlaceGuest(guest);
        }
        AskForMatch();
    }

    private LenderLoad Load(DateTimeOffset now) => new(
        _arrivals.At(now), TimeSpan.FromSeconds(_handleSeconds), TimeSpan.FromSeconds(1 / _abandonment.PerSecond),
        _matcher.SlotsOf(Medium.Chat), _agents.Values.Sum(static agent => agent.Lent), _waiting.Count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Campus}/{Queue} got no answer from region {Region}; it asks the campuses it knew before.")]
    private partial void NoRegion(Exception error, string campus, string queue, string region);
}
