using CampusCare.Contracts.Agents;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>One agent's desk, on one or more pages.</summary>
internal sealed class OpenDesk
{
    private readonly Lock _lock = new();
    private readonly HashSet<LiveConnection> _pages = [];
    private AgentDesk? _shown;
    private int _newsCount;

    /// <summary>Counts what the agent told; a reading of the desk during which it changed may be old.</summary>
    public int NewsCount
    {
        get
        {
            lock (_lock) return _newsCount;
        }
    }

    public bool IsEmpty
    {
        get
        {
            lock (_lock) return _pages.Count == 0;
        }
    }

    /// <summary>False when the page was there.</summary>
    public bool Add(LiveConnection page)
    {
        lock (_lock) return _pages.Add(page);
    }

    /// <summary>False when the page was not there.</summary>
    public bool Remove(LiveConnection page)
    {
        lock (_lock) return _pages.Remove(page);
    }

    /// <summary>Hands the agent's news to all pages.</summary>
    public void Tell(AgentNews news)
    {
        var desk = Visible.ToStaff(news.Desk);
        lock (_lock)
        {
            _newsCount++;
            Show(desk);
            if (news.Offered is { } offered)
            {
                var offer = Visible.ToStaff(offered);
                Push(client => client.Offered(offer));
            }
            if (news.WithdrawnReservationId is { } withdrawn) Push(client => client.OfferWithdrawn(withdrawn));
        }
    }

    /// <summary>A page was given this reading. False when news passed by since <paramref name="newsCount"/>.</summary>
    public bool Showed(AgentDesk desk, int newsCount)
    {
        lock (_lock)
        {
            if (_newsCount != newsCount) return false;
            _shown = desk;
            return true;
        }
    }

    /// <summary>Shows a reading that differs from what the pages show, unless news passed by since <paramref name="newsCount"/>.</summary>
    public void Show(AgentDesk desk, int newsCount)
    {
        lock (_lock)
        {
            if (_newsCount == newsCount && (_shown is null || !Same(_shown, desk))) Show(desk);
        }
    }

    private void Show(AgentDesk desk)
    {
        _shown = desk;
        Push(client => client.DeskChanged(desk));
    }

    private void Push(Func<IAgentClient, Task> send)
    {
        foreach (var page in _pages) page.PushToAgent(send);
    }

    private static bool Same(AgentDesk one, AgentDesk other) =>
        (one.Name, one.Status, one.StatusReason, one.RoutingState, one.Capacity) == (other.Name, other.Status, other.StatusReason, other.RoutingState, other.Capacity)
        && one.Offers.Select(static offer => offer.Reservation.ReservationId).SequenceEqual(other.Offers.Select(static offer => offer.Reservation.ReservationId))
        && one.Tickets.Select(static ticket => (ticket.TicketId, ticket.Seq)).SequenceEqual(other.Tickets.Select(static ticket => (ticket.TicketId, ticket.Seq)));
}
