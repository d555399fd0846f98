using CampusCare.Contracts.Tickets;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Hubs;

/// <summary>What both sides of a conversation do over their hubs.</summary>
internal abstract class LiveHub<TClient>(TicketWatches watches, WriteMessage messages, IOptions<GatewayOptions> options) : Hub<TClient>
    where TClient : class, ITicketClient
{
    private static readonly object ConnectionKey = new();

    /// <summary>Who calls.</summary>
    protected Caller Caller => Connection.Caller;

    /// <summary>The connection as the live parts know it.</summary>
    protected LiveConnection Connection => (LiveConnection)Context.Items[ConnectionKey]!;

    /// <summary>The other end, good beyond this call.</summary>
    protected abstract TClient Client { get; }

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

    public override Task OnConnectedAsync()
    {
        Context.Items[ConnectionKey] = new LiveConnection(Caller.Of(Context.User), Client, Context.Abort, options.Value.MaxPendingPushes);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watches.Leave(Connection);
        return Task.CompletedTask;
    }
}
