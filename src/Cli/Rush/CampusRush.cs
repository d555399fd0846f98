using CampusCare.Cli.Demo;
using CampusCare.Client;
using CampusCare.ClientKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;

namespace CampusCare.Cli.Rush;

/// <summary>Simulated customers and agents of one campus, who come in through the public gateway as real ones would.</summary>
internal sealed partial class CampusRush : IAgentDiary, IAsyncDisposable
{
    private readonly GatewayClient _gateway;
    private readonly DemoCampus _campus;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly int _seed;
    private readonly Random _chance;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<SimulatedAgent> _agents = [];
    private readonly SemaphoreSlim _room = new(RushPace.UnderWay);
    private readonly HashSet<Task> _contacts = [];
    private Task _arrivals = Task.CompletedTask;

    public CampusRush(GatewayClient gateway, DemoCampus campus, int seed, TimeProvider time, ILogger log)
    {
        (_gateway, _campus, _time, _log) = (gateway, campus, time, log);
        // Campuses differ, and each is the same for the same seed.
        _seed = seed * 31 + DemoCampuses.All.IndexOf(campus);
        _chance = new Random(_seed);
    }

    private string Campus => _campus.Settings.Campus;

    /// <summary>The agents come to work; customers follow.</summary>
    public async Task Start(CancellationToken stop)
    {
        var manners = new AgentManners(RushPace.BeforeAccept, RushPace.BeforeReply, Replies, static (ticket, chance) => chance.Pick(Phrases.Dispositions, ticket.Queue));
        foreach (var profile in _campus.Agents.Skip(1).Take(RushPace.AgentsPerCampus))
        {
            var token = (await _gateway.SignIn(new(Campus, "Agent", profile.AgentId, profile.Name), stop)).Yes.Value;
            var agent = new SimulatedAgent(new AgentClient(_gateway.Gateway, token), manners, this, _time, _seed);
            _agents.Add(agent);
            await agent.Start(stop);
        }
        _arrivals = Arrive();
    }

    /// <summary>Customers leave, agents say "offline" and leave.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _arrivals;
        await Task.WhenAll(_contacts);
        foreach (var agent in _agents) await agent.DisposeAsync();
        _stop.Dispose();
        _room.Dispose();
    }

    private async Task Arrive()
    {
        // Contact ids must differ from those of the last start, or its tickets would be met again.
        var start = _time.GetUtcNow().ToUnixTimeSeconds().ToString("x");
        try
        {
            for (var number = 1; ; number++)
            {
                await Task.Delay(RushPace.UntilNextContact(_chance), _time, _stop.Token);
                await _room.WaitAsync(_stop.Token);
                _contacts.RemoveWhere(contact => contact.IsCompleted);
                _contacts.Add(Contact($"rush-{start}-{number}", _chance.Next()));
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The rush is over.
        }
    }

    private async Task Contact(string contactId, int seed)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        using var timer = _time.CreateTimer(_ => patience.Cancel(), null, RushPace.LongestContact, Timeout.InfiniteTimeSpan);
        try
        {
            var chance = new Random(seed);
            var customers = _campus.Customers.Where(customer => !customer.Id.EndsWith("-1", StringComparison.Ordinal)).ToArray();
            var customer = customers[chance.Next(customers.Length)];
            var token = (await _gateway.SignIn(new(Campus, "Customer", customer.Id, customer.Name, customer.Kind), patience.Token)).Yes.Value;
            await new SimulatedCustomer(_gateway.Gateway, token, chance, _time).Live(contactId, chance.Pick(OpeningsOf(customer)), patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Went home.
        }
        catch (Exception e) when (e is HttpRequestException or RefusedException or HubException or IOException or InvalidOperationException)
        {
            ContactFailed(contactId, e.Message);
        }
        finally
        {
            _room.Release();
        }
    }

    private static string[] OpeningsOf(DemoCustomer customer) => customer.Kind switch
    {
        "Rider" => Phrases.Rider,
        "Merchant" => Phrases.Merchant,
        _ => Phrases.Student,
    };

    private static IReadOnlyList<string> Replies(Ticket ticket, Random chance) => [chance.Pick(Phrases.Hello, ticket.Queue), chance.Pick(Phrases.Solution, ticket.Queue)];

    void IAgentDiary.Failed(string agentId, string ticketId, string what) => AgentFailed(agentId, ticketId, what);

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated contact {ContactId} ended early: {Why}")]
    private partial void ContactFailed(string contactId, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "Simulated agent {AgentId} on ticket {TicketId}: {What}")]
    private partial void AgentFailed(string agentId, string ticketId, string what);
}
