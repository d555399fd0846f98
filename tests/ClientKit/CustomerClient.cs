using Microsoft.AspNetCore.SignalR.Client;

namespace CampusCare.ClientKit;

/// <summary>A customer's page: one connection to the customer hub.</summary>
public sealed class CustomerClient : IAsyncDisposable
{
    private readonly HubConnection _hub;

    /// <summary>The page of whom the token names.</summary>
    public CustomerClient(Uri gateway, string token) : this(Hubs.Connection(gateway, Hubs.Customer, token))
    {
    }

    /// <summary>The same on a connection that isn't started yet.</summary>
    public CustomerClient(HubConnection hub)
    {
        _hub = hub;
        _hub.On<TicketHistory>("TicketChanged", news => TicketChanged?.Invoke(news));
    }

    /// <summary>A watched ticket has new events.</summary>
    public event Action<TicketHistory>? TicketChanged;

    public Task Start(CancellationToken stop = default) => _hub.StartAsync(stop);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    public Task<Answer<Opened>> Open(string contactId, string text, string? orderNumber = null, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Opened>>("Open", new { contactId, text, orderNumber }, stop);

    public Task<Answer<TicketHistory>> Watch(string ticketId, long afterSeq, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<TicketHistory>>("Watch", ticketId, afterSeq, stop);

    public Task<Answer<Ticket>> Post(string ticketId, string messageId, string text, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Ticket>>("Post", ticketId, messageId, text, stop);

    public Task<Answer<Ticket>> Rate(string ticketId, int stars, string? comment = null, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Ticket>>("Rate", ticketId, stars, comment, stop);

    public Task<Answer<Ticket>> Close(string ticketId, CancellationToken stop = default) =>
        _hub.InvokeAsync<Answer<Ticket>>("Close", ticketId, stop);
}
