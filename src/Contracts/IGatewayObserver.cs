using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using Orleans.Concurrency;

namespace CampusCare.Contracts;

/// <summary>
/// What grains tell a gateway process. Each gateway has one such object and forwards to its connections; a lost call
/// is healed by the event's seq (the client sees a gap and asks for the rest).
/// </summary>
[Alias("Gateway")]
public interface IGatewayObserver : IGrainObserver
{
    /// <summary>A ticket that this gateway follows has new events.</summary>
    [OneWay] Task TicketChanged(TicketNews news);

    /// <summary>An agent that this gateway follows got an offer, lost one, or changed.</summary>
    [OneWay] Task AgentChanged(AgentNews news);

    /// <summary>A ticket of a queue that this gateway follows missed a clock or was escalated.</summary>
    [OneWay] Task Alerted(ClockAlert alert);

    /// <summary>A word from one browser to the other one of a call, in a ticket that this gateway follows. A lost one is said again.</summary>
    [OneWay] Task Signaled(SignalNews news);

    /// <summary>A queue that this gateway follows moved (told at most once a second): ask again where your customers stand.</summary>
    [OneWay] Task QueueMoved(string campus, string queue);

    /// <summary>What is broken at a campus that this gateway follows changed.</summary>
    [OneWay] Task IncidentsChanged(IncidentNews news);

    /// <summary>A silo died, and with it what its grains knew of their followers: follow again what is needed.</summary>
    [OneWay] Task GrainsLost();
}
