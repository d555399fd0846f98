using CampusCare.Contracts.Agents;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Live;

/// <summary>One agent's desk, on one or more pages. Each shows the newest that is known here; an older one is never shown after it.</summary>
internal sealed class OpenDesk
{
    private readonly Lock _lock = new();
    private readonly HashSet<LiveConnection> _pages = [];
    private AgentDesk? _shown;

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
            if (!IsNewer(desk)) return;
            Show(desk);
            if (news.Offered is { } offered)
            {
                var offer = Visible.ToStaff(offered);
                Push(client => client.Offered(offer));
            }
            if (news.WithdrawnReservationId is { } withdrawn) Push(client => client.OfferWithdrawn(withdrawn));
        }
    }

    /// <summary>Takes in a reading, and tells all pages when they missed what it says. The newest desk that is known here.</summary>
    public AgentDesk Compare(AgentDesk desk)
    {
        lock (_lock)
        {
            if (!IsNewer(desk)) return _shown!;
            if (_shown is { } shown && !Same(shown, desk)) Show(desk);
            return _shown = desk;
        }
    }

    /// <summary>Shows the desk to a page that missed some of its changes.</summary>
    public void ShowTo(LiveConnection page)
    {
        lock (_lock)
        {
            if (_shown is { } desk) page.Push<IAgentClient>(client => client.DeskChanged(desk));
        }
    }

    private void Show(AgentDesk desk)
    {
        _shown = desk;
        Push(client => client.DeskChanged(desk));
    }

    private void Push(Func<IAgentClient, Task> send)
    {
        foreach (var page in _pages) page.Push(send);
    }

    private bool IsNewer(AgentDesk desk) => _shown is null || desk.Version > _shown.Version;

    private static bool Same(AgentDesk one, AgentDesk other) =>
        (one.Name, one.Status, one.StatusReason, one.RoutingState, one.Capacity) == (other.Name, other.Status, other.StatusReason, other.RoutingState, other.Capacity)
        && one.Offers.Select(static offer => offer.Reservation.ReservationId).SequenceEqual(other.Offers.Select(static offer => offer.Reservation.ReservationId))
        && one.Tickets.Select(static ticket => (ticket.TicketId, ticket.Seq)).SequenceEqual(other.Tickets.Select(static ticket => (ticket.TicketId, ticket.Seq)));
}
