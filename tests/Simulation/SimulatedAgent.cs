using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Embedded.Simulation;

namespace CampusCare.Simulation;

/// <summary>
/// A person at a desk, as a client of the grains: takes offers (or declines, or misses them), talks, asks colleagues,
/// promises, hands over, solves; may vanish in the middle of anything and come back, and then finds the work on the desk.
/// </summary>
internal sealed class SimulatedAgent(CampusWorld world, string id)
{
    private static readonly TimeSpan Think = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(40);

    private readonly HashSet<string> _inHand = [];
    private VirtualClient? _client;
    private SimulatedGateway? _gateway;

    public string Id => id;

    private IAgentGrain Grain => world.Grains.Agent(CampusWorld.Campus, id);

    /// <summary>Whether the power failed and is not back.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Comes to work.</summary>
    public void Arrive()
    {
        IsAway = false;
        world.Invariants.Away(id, false);
        _inHand.Clear();
        _client = world.Simulation.StartClient();
        var client = _client;
        _ = client.Start(() => Work(client));
    }

    /// <summary>The power fails: nothing that was begun goes on.</summary>
    public void Vanish()
    {
        IsAway = true;
        _client?.Vanish();
        if (_gateway is { } gateway)
        {
            var isKept = world.Options.Mutation == Mutation.GatewayKeepsTheGone;
            gateway.Disconnect(this, notices: !isKept && world.Random.Next(4) != 0);
            if (isKept) _ = world.Simulation.StartClient().Start(() => PretendToBeThere(gateway));
            _gateway = null;
        }
        world.Invariants.StandsBy(id, false);
        world.Invariants.Away(id, true);
    }

    /// <summary>A gateway says that the person is no longer connected to it.</summary>
    public Task Unfollow(string gateway) => world.Stubbornly(() => Grain.Unfollow(gateway));

    /// <summary>Something was pushed.</summary>
    public void Hear(AgentNews news)
    {
        // Two offers missed in a row: who is not there gets none until the next look at the desk.
        if (news.Desk.Status != AgentStatus.Available) world.Invariants.StandsBy(id, false);
        if (news.Offered is { } offer) Begin(offer.Reservation.ReservationId, () => Answer(offer));
    }

    /// <summary>The gateway is gone.</summary>
    public void ConnectionLost()
    {
        _gateway = null;
        var client = _client!;
        _ = client.Start(async () =>
        {
            await Task.Delay(world.Exponential(Reconnect), world.Time);
            await LookAtDesk();
        });
    }

    private async Task Work(VirtualClient client)
    {
        while (client == _client)
        {
            await LookAtDesk();
            await Task.Delay(world.Options.LookAtDesk, world.Time);
        }
    }

    private async Task LookAtDesk()
    {
        if (_gateway is null)
        {
            _gateway = world.AnyGateway();
            _gateway.Connect(this);
        }
        var gateway = _gateway;
        await world.Stubbornly(() => Grain.Follow(gateway.Name, gateway.Reference));
        var desk = (await world.Stubbornly(Grain.Desk)).Value!;
        if (desk.Status != AgentStatus.Available)
        {
            world.Invariants.StandsBy(id, false);
            desk = (await world.Stubbornly(() => Grain.SetStatus(new SetStatus(AgentStatus.Available)))).Value!;
        }
        world.Invariants.StandsBy(id, true);
        foreach (var offer in desk.Offers) Begin(offer.Reservation.ReservationId, () => Answer(offer));
        foreach (var ticket in desk.Tickets) Begin(ticket.TicketId, () => Finish(ticket));
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
                _inHand.Remove(offer.Reservation.ReservationId);
                return;
            case 1:
                // Missed. The same agent asked for the same ticket again is asked by the same name.
                await Task.Delay(offer.Reservation.ExpiresAt - world.Time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero, world.Time);
                _inHand.Remove(offer.Reservation.ReservationId);
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
            if (await HandsOver(ticket, view)) return;
            await Task.Delay(world.Exponential(world.Options.HandleTime), world.Time);
            await world.Stubbornly(() => ticket.Post(new PostMessage($"answer-{view.Seq}", Author.Agent, id, "已经为您处理好了")));
        }
        await world.Stubbornly(() => ticket.Resolve(new ResolveTicket(id, world.Random.Next(3) == 0 ? null : "solved")));
        await Task.Delay(world.Exponential(Think), world.Time);
        await world.Stubbornly(() => ticket.WrapUp(new ResolveTicket(id, "solved")));
        _inHand.Remove(view.TicketId);
    }

    // Some tickets are for somebody else; about some a colleague is asked, and for some a time is promised.
    private async Task<bool> HandsOver(ITicketGrain ticket, TicketView view)
    {
        var what = world.Random.Next(world.Options.OneInSoManyIsSpecial);
        var isQuestion = view.ConsultationOf is not null;
        switch (what)
        {
            case 0:
                await world.Stubbornly(() => ticket.Transfer(new TransferTicket(id, CampusWorld.Queues[world.Random.Next(CampusWorld.Queues.Length)], null)));
                break;
            case 1:
                var colleague = world.AnyAgent();
                if (colleague.Id == id) return false;
                await world.Stubbornly(() => ticket.Transfer(new TransferTicket(id, null, colleague.Id, "请接手")));
                break;
            case 2 when !isQuestion:
                await world.Stubbornly(() => ticket.Consult(new ConsultColleague(id, $"q-{view.Seq}", "这个该怎么赔？", "safety", null)));
                return false;
            case 3 when !isQuestion:
                await world.Stubbornly(() => ticket.Promise(new MakePromise(id, world.Time.GetUtcNow() + Promised, "一会儿给您回复")));
                return false;
            default:
                return false;
        }
        _inHand.Remove(view.TicketId);
        return true;
    }

    private async Task PretendToBeThere(SimulatedGateway gateway)
    {
        while (IsAway)
        {
            await world.Stubbornly(() => Grain.Follow(gateway.Name, gateway.Reference));
            await Task.Delay(world.Options.LookAtDesk, world.Time);
        }
    }
}
