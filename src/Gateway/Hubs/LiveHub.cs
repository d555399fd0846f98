using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Tickets;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Hubs;

/// <summary>What both sides of a conversation do over their hubs.</summary>
internal abstract class LiveHub<TClient>(TicketWatches watches, IncidentBoards incidents, WriteMessage messages, Calls calls, IOptions<GatewayOptions> options) : ConnectedHub<TClient>(incidents, options)
    where TClient : class, ITicketClient
{
    protected override Action<LiveConnection> Refresh => watches.Refresh;

    /// <summary>A ticket's events after a seq, and from then on each new one.</summary>
    public Task<Reply<TicketHistory>> Watch(string ticketId, long afterSeq) => watches.Watch(Connection, ticketId, afterSeq);

    /// <summary>No more events of this ticket.</summary>
    public Reply<Done> Unwatch(string ticketId)
    {
        watches.Unwatch(Connection, ticketId);
        return Done.Value;
    }

    /// <summary>Writes to the other side.</summary>
    public Task<Reply<TicketView>> Post(string ticketId, string messageId, string text) =>
        messages.Post(Caller, ticketId, new MessageRequest(messageId, text));

    /// <summary>Says something to the other browser of a call; it is passed on and not kept. Watch the ticket to hear the other one.</summary>
    public Task<Reply<Done>> Signal(string ticketId, CallSignal signal) => calls.Signal(Caller, ticketId, signal);

    /// <summary>Puts on record that the sound connected, was held, went on or dropped; ended hangs up, and the agent has the after-contact work.</summary>
    public Task<Reply<TicketView>> MoveCall(string ticketId, CallStep step) => calls.Move(Caller, ticketId, step);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watches.Leave(Connection);
        return base.OnDisconnectedAsync(exception);
    }
}
