using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Hubs;

/// <summary>Hears how watched tickets go on, and what is broken at the campus.</summary>
public interface ITicketClient
{
    /// <summary>New events of a ticket, and the ticket after them. A seq that isn't the last one plus one: call Watch with the last one.</summary>
    Task TicketChanged(TicketNews news);

    /// <summary>What is broken at the campus changed: this is all of it. Read it by REST after connecting.</summary>
    Task IncidentsChanged(IncidentNotice[] open);
}

/// <summary>Somebody in a conversation.</summary>
public interface ITalkingClient : ITicketClient
{
    /// <summary>Another browser of a call says something. What belongs to an earlier connection is to be dropped.</summary>
    Task Signaled(HeardSignal signal);
}

/// <summary>A student's, rider's or merchant's page.</summary>
public interface ICustomerClient : ITalkingClient
{
    /// <summary>The place in the line of a watched ticket changed.</summary>
    Task PlaceChanged(QueuePlace place);
}

/// <summary>An agent's workspace.</summary>
public interface IAgentClient : ITalkingClient
{
    /// <summary>The desk after any change of status, offers or tickets.</summary>
    Task DeskChanged(AgentDesk desk);

    /// <summary>A ticket is offered; answer before it expires.</summary>
    Task Offered(TicketNewsForAgent offer);

    /// <summary>An offer timed out or was taken back.</summary>
    Task OfferWithdrawn(string reservationId);
}

/// <summary>A supervisor's page.</summary>
public interface ISupervisorClient : ITalkingClient
{
    /// <summary>The campus's conversations changed; at most once a second.</summary>
    Task RoomChanged(LiveRoom room);

    /// <summary>The figures of this second.</summary>
    Task WallboardChanged(Wallboard wallboard);

    /// <summary>A ticket missed a clock (first or next response, resolution, promise), or went to the next line (tier).</summary>
    Task ClockMissed(ClockAlert alert);
}
