using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Embedded.Simulation;

namespace CampusCare.Simulation;

/// <summary>A gateway process: one observer for all agents who are connected to it.</summary>
internal sealed class SimulatedGateway : IGatewayObserver
{
    private readonly VirtualClient _process;
    private readonly Dictionary<string, SimulatedAgent> _connected = [];

    public SimulatedGateway(CampusWorld world, int number)
    {
        Name = $"gateway-{number}";
        _process = world.Simulation.StartClient();
        Reference = _process.Observe<IGatewayObserver>(this);
    }

    public string Name { get; }

    /// <summary>What grains call.</summary>
    public IGatewayObserver Reference { get; }

    public void Connect(SimulatedAgent agent) => _connected[agent.Id] = agent;

    /// <summary>The agent's connection broke; often, but not always, the gateway notices and says so.</summary>
    public void Disconnect(SimulatedAgent agent, bool notices)
    {
        _connected.Remove(agent.Id);
        if (notices) _ = _process.Start(() => agent.Unfollow(Name));
    }

    /// <summary>The process dies: nothing is pushed any more, and its agents look for another one.</summary>
    public void Die()
    {
        _process.Vanish();
        var lost = _connected.Values.ToList();
        _connected.Clear();
        foreach (var agent in lost) agent.ConnectionLost();
    }

    public Task TicketChanged(TicketNews news) => Task.CompletedTask;

    public Task AgentChanged(AgentNews news)
    {
        if (_connected.TryGetValue(news.AgentId, out var agent)) agent.Hear(news);
        return Task.CompletedTask;
    }

    public Task IncidentsChanged(IncidentNews news) => Task.CompletedTask;

    public Task GrainsLost() => Task.CompletedTask;

    public Task Signaled(SignalNews news) => Task.CompletedTask;

    public Task QueueMoved(string campus, string queue) => Task.CompletedTask;

    public Task Alerted(ClockAlert alert) => Task.CompletedTask;
}
