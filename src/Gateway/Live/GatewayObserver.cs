using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;

namespace CampusCare.Gateway.Live;

/// <summary>The one object of this process that grains tell their news; it hands them on and never waits.</summary>
internal sealed class GatewayObserver(TicketWatches tickets, AgentDesks desks, QueueLines lines, Wallboards boards, IncidentBoards incidents, LineTickets phones, Renewals renewals) : IGatewayObserver
{
    public Task TicketChanged(TicketNews news)
    {
        tickets.Changed(news);
        phones.Changed(news);
        return Task.CompletedTask;
    }

    public Task AgentChanged(AgentNews news)
    {
        desks.Changed(news);
        return Task.CompletedTask;
    }

    public Task Alerted(ClockAlert alert)
    {
        boards.Alerted(alert);
        return Task.CompletedTask;
    }

    public Task Signaled(SignalNews news)
    {
        tickets.Signaled(news);
        return Task.CompletedTask;
    }

    public Task QueueMoved(string campus, string queue)
    {
        lines.Moved(new GrainName(campus, queue));
        return Task.CompletedTask;
    }

    public Task IncidentsChanged(IncidentNews news)
    {
        incidents.Changed(news);
        return Task.CompletedTask;
    }

    public Task GrainsLost()
    {
        renewals.SiloDied();
        return Task.CompletedTask;
    }
}
