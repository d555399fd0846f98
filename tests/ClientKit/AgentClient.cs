using Microsoft.AspNetCore.SignalR.Client;

namespace CampusCare.ClientKit;

/// <summary>An agent's workspace: one connection to the agent hub.</summary>
public sealed class AgentClient : IAsyncDisposable
{
    private readonly HubConnection _hub;

    /// <summary>The workspace of whom the token names.</summary>
    public AgentClient(Uri gateway, string token) : this(Hubs.Connection(gateway, Hubs.Agent, token))
    {
    }

    /// <summary>The same on a connection that isn't started yet.</summary>
    public AgentClient(HubConnection hub)
    {
        _hub = hub;
        _hub.On<Offer>("Offered", offer => Offered?.Invoke(offer));
        _hub.On<string>("OfferWithdrawn", id => OfferWithdrawn?.Invoke(id));
        _hub.On<Desk>("DeskChanged", desk => DeskChanged?.Invoke(desk));
        _hub.On<TicketHistory>("TicketChanged", news => TicketChanged?.Invoke(news));
        _hub.Reconnected += async _ => DeskChanged?.Invoke((await Desk()).Yes);
    }

    /// <summary>A ticket was offered.</summary>
    public event Action<Offer>? Offered;

    /// <summary>An offer, by its reservation, timed out or was taken back.</summary>
    public event Action<string>? OfferWithdrawn;

    /// <summary>The desk as it is now; after a reconnect too, as offers may have been missed.</summary>
    public event Action<Desk>? DeskChanged;

    /// <summary>A watched ticket has new events.</summary>
    public event Action<TicketHistory>? TicketChanged;

    public Task Start(CancellationToken stop = default) => _hub.StartAsync(stop);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    public Task<Answer<Desk>> Desk(CancellationToken stop = default) => _hub.InvokeAsync<Answer<Desk>>("Desk", stop);

    public Task<Answer<Desk>> SetStatus(string status, string? reason = null, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Desk>>("SetStatus", status, reason, stop);

    public Task<Answer<Ticket>> Accept(Reservation reservation, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Ticket>>("Accept", reservation.Reference, reservation.ReservationId, stop);

    public Task<Answer<Ticket>> Reject(Reservation reservation, string reason, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Ticket>>("Reject", reservation.Reference, reservation.ReservationId, reason, stop);

    public Task<Answer<TicketHistory>> Watch(string ticketId, long afterSeq, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<TicketHistory>>("Watch", ticketId, afterSeq, stop);

    public Task Unwatch(string ticketId, CancellationToken stop = default) => _hub.InvokeAsync("Unwatch", ticketId, stop);

    public Task<Answer<Ticket>> Post(string ticketId, string messageId, string text, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Ticket>>("Post", ticketId, messageId, text, stop);

    public Task<Answer<Ticket>> Resolve(string ticketId, string? disposition, string? note = null, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Ticket>>("Resolve", ticketId, disposition, note, stop);

    public Task<Answer<Ticket>> WrapUp(string ticketId, string disposition, string? note = null, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Ticket>>("WrapUp", ticketId, disposition, note, stop);
}
