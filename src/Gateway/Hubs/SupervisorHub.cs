using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Hubs;

/// <summary><c>/hubs/supervisor</c>: those who watch the whole campus.</summary>
[Authorize(Access.Supervisors)]
internal sealed class SupervisorHub(
    IHubContext<SupervisorHub, ISupervisorClient> hub, Wallboards wallboards, ListeningRooms rooms, TicketWatches watches, IncidentBoards incidents, Supervise supervise, UseRemedies remedies, Calls calls, IOptions<GatewayOptions> options)
    : ConnectedHub<ISupervisorClient>(incidents, options)
{
    protected override ISupervisorClient Client => hub.Clients.Client(Context.ConnectionId);

    protected override Action<LiveConnection> Refresh => wallboards.Refresh + (Action<LiveConnection>)rooms.Refresh + watches.Refresh;

    /// <summary>The campus's figures, and from then on those of each second.</summary>
    public Task<Reply<Wallboard>> Watch() => wallboards.Watch(Connection);

    /// <summary>The conversations that agents have in hand, and from then on each change of the list.</summary>
    [Worth(Worth.Overview)]
    public Task<Reply<LiveRoom>> Room() => rooms.Enter(Connection);

    /// <summary>A ticket's events after a seq, and from then on each new one. That the supervisor reads along is on record.</summary>
    public async Task<Reply<TicketHistory>> Listen(string ticketId, long afterSeq)
    {
        if ((Check.Ticket(ticketId) ?? Check.Seq(afterSeq, "afterSeq")) is { } no) return no;
        if (Connection.WatchOf(Caller.Ticket(ticketId)) is null && (await supervise.Listen(Caller, ticketId)).Problem is { } refused) return refused;
        return await watches.Watch(Connection, ticketId, afterSeq);
    }

    /// <summary>No more events of this ticket.</summary>
    public Reply<Done> StopListening(string ticketId)
    {
        watches.Unwatch(Connection, ticketId);
        return Done.Value;
    }

    /// <summary>Writes to the agent; the customer never sees it. The same whisperId is stored once.</summary>
    public Task<Reply<TicketView>> Whisper(string ticketId, string whisperId, string text) => supervise.Whisper(Caller, ticketId, new WhisperRequest(whisperId, text));

    /// <summary>Joins the conversation: the customer sees it, and may be written to.</summary>
    public Task<Reply<TicketView>> Join(string ticketId) => supervise.Join(Caller, ticketId);

    /// <summary>Leaves the conversation to its agent.</summary>
    public Task<Reply<TicketView>> Leave(string ticketId) => supervise.Leave(Caller, ticketId);

    /// <summary>Takes the conversation from its agent: for oneself, or, where one is named, for a queue or an agent.</summary>
    public async Task<Reply<TicketView>> TakeOver(string ticketId, string? toQueue, string? toAgent, string? note)
    {
        var reply = await supervise.TakeOver(Caller, ticketId, new TakeOverRequest(toQueue, toAgent, note));
        if (reply.Value?.AgentId == Caller.Id) rooms.Attend(Connection);
        return reply;
    }

    /// <summary>Writes to the customer, after joining or taking over. The same messageId is stored once.</summary>
    public Task<Reply<TicketView>> Post(string ticketId, string messageId, string text) => supervise.Post(Caller, ticketId, new MessageRequest(messageId, text));

    /// <summary>Declares a conversation solved that was taken over.</summary>
    public Task<Reply<TicketView>> Resolve(string ticketId, string disposition, string? note) => supervise.Resolve(Caller, ticketId, disposition, note);

    /// <summary>Says something to the agent's browser, in a call that the supervisor listens to: what it plays to the supervisor is what both say.</summary>
    public Task<Reply<Done>> Signal(string ticketId, CallSignal signal) => calls.Signal(Caller, ticketId, signal, supervises: true);

    /// <summary>Whispered: the supervisor begins to speak to the agent alone, on record. Of a call that was taken over, what agents say.</summary>
    public Task<Reply<TicketView>> MoveCall(string ticketId, CallStep step) => calls.Move(Caller, ticketId, step, supervises: true);

    /// <summary>Approves, as second person, what somebody else granted.</summary>
    public Task<Reply<TicketView>> ApproveRemedy(string ticketId, string remedyId) => remedies.Approve(Caller, ticketId, remedyId);

    /// <summary>Takes back what waits for approval.</summary>
    public Task<Reply<TicketView>> TakeRemedyBack(string ticketId, string remedyId) => remedies.TakeBack(Caller, ticketId, remedyId);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        wallboards.Leave(Connection);
        rooms.Leave(Connection);
        watches.Leave(Connection);
        return base.OnDisconnectedAsync(exception);
    }
}
