using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Hubs;

/// <summary>What both sides of a conversation do over their hubs.</summary>
internal abstract class LiveHub<TClient>(TicketWatches watches, IncidentBoards incidents, WriteMessage messages, IOptions<GatewayOptions> options) : ConnectedHub<TClient>(incidents, options)
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

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watches.Leave(Connection);
        return base.OnDisconnectedAsync(exception);
    }
}
