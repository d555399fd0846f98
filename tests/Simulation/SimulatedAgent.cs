using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Embedded.Simulation;

namespace CampusCare.Simulation;

/// <summary>
/// A person at a desk, as a client of the grains: takes offers (or declines, or misses them), talks, solves; may vanish
/// in the middle of anything and come back, and then finds the work on the desk.
/// </summary>
internal sealed class SimulatedAgent(CampusWorld world, string id) : IGatewayObserver
{
    private static readonly TimeSpan Think = TimeSpan.FromSeconds(3);

    private readonly HashSet<string> _inHand = [];
    private VirtualClient? _client;
    private IGatewayObserver _reference = null!;

    private IAgentGrain Grain => world.Grains.Agent(CampusWorld.Campus, id);

    /// <summary>Whether the power failed and is not back.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Comes to work.</summary>
    public void Arrive()
    {
        IsAway = false;
        _inHand.Clear();
        _client = world.Simulation.StartClient();
        _reference = _client.Observe<IGatewayObserver>(this);
        var client = _client;
        _ = client.Start(() => Work(client));
    }

    /// <summary>The power fails: nothing that was begun goes on.</summary>
    public void Vanish()
    {
        IsAway = true;
        _client?.Vanish();
        world.Invariants.StandsBy(id, false);
    }

    public Task TicketChanged(TicketNews news) => Task.CompletedTask;

    public Task Alerted(ClockAlert alert) => Task.CompletedTask;

    public Task AgentChanged(AgentNews news)
    {
        // Two offers missed in a row: who is not there gets none until the next look at the desk.
        if (news.Desk.Status != AgentStatus.Available) world.Invariants.StandsBy(id, false);
        if (news.Offered is { } offer) Begin(offer.Reservation.ReservationId, () => Answer(offer));
        return Task.CompletedTask;
    }

    public Task QueueMoved(string campus, string queue) => Task.CompletedTask;

    private async Task Work(VirtualClient client)
    {
        while (client == _client)
        {
            await world.Stubbornly(() => Grain.Follow($"gateway-of-{id}", _reference));
            var desk = (await world.Stubbornly(Grain.Desk)).Value!;
            if (desk.Status != AgentStatus.Available)
            {
                world.Invariants.StandsBy(id, false);
                desk = (await world.Stubbornly(() => Grain.SetStatus(new SetStatus(AgentStatus.Available)))).Value!;
            }
            world.Invariants.StandsBy(id, true);
            foreach (var offer in desk.Offers) Begin(offer.Reservation.ReservationId, () => Answer(offer));
            foreach (var ticket in desk.Tickets) Begin(ticket.TicketId, () => Finish(ticket));
            await Task.Delay(world.Options.LookAtDesk, world.Time);
        }
    }

    // What is in hand already is not begun again, however often it is pushed or found on the desk.
    private void Begin(string what, Func<Task> work)
    {
        if (_inHand.Add(what)) _ = _client!.Start(work);
    }

    private async Task Answer(TicketNewsForAgent offer)
    {
        await Task.Delay(world.Exponential(Think), world.Time);
        var ticket = world.Grains.Ticket(CampusWorld.Campus, offer.Ticket.TicketId);
        var answer = new AnswerOffer(id, offer.Reservation.ReservationId, "busy");
        switch (world.Random.Next(20))
        {
            case 0:
                await world.Stubbornly(() => ticket.Reject(answer));
                return;
            case 1:
                return;
        }
        var accepted = await world.Stubbornly(() => ticket.Accept(answer));
        if (accepted.Value is { } view) Begin(view.TicketId, () => Finish(view));
    }

    private async Task Finish(TicketView view)
    {
        var ticket = world.Grains.Ticket(CampusWorld.Campus, view.TicketId);
        if (view.Phase == TicketPhase.Assigned)
        {
            await world.Stubbornly(() => ticket.Post(new PostMessage($"hello-{view.Seq}", Author.Agent, id, "马上帮您查")));
            await Task.Delay(world.Exponential(world.Options.HandleTime), world.Time);
        }
        await world.Stubbornly(() => ticket.Resolve(new ResolveTicket(id, world.Random.Next(3) == 0 ? null : "solved")));
        await Task.Delay(world.Exponential(Think), world.Time);
        await world.Stubbornly(() => ticket.WrapUp(new ResolveTicket(id, "solved")));
        _inHand.Remove(view.TicketId);
    }
}
