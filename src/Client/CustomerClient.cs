using System.Collections.Concurrent;

namespace CampusCare.Client;

/// <summary>A student, rider or merchant: <c>/hubs/customer</c>.</summary>
public sealed class CustomerClient : TalkingClient
{
    /// <summary>More places than one person waits for; the oldest are forgotten.</summary>
    private const int MaxPlaces = 100;

    private readonly ConcurrentDictionary<string, QueuePlace> _places = new();

    /// <summary>A client that is not connected yet.</summary>
    public CustomerClient(ClientOptions options) : base(options, "/hubs/customer") => Link.On<QueuePlace>("PlaceChanged", Take);

    /// <summary>A client with a token that stays the same.</summary>
    public CustomerClient(Uri gateway, string token) : this(ClientOptions.For(gateway, token))
    {
    }

    /// <summary>A watched ticket's place in the line changed; never an older one after a newer one. Must not block.</summary>
    public event Action<QueuePlace>? PlaceChanged;

    /// <summary>Asks for help, now or when the connection is back. Completes when the gateway has it.</summary>
    /// <param name="text">1–4,000 characters.</param>
    /// <param name="orderNumber">The order that it is about.</param>
    /// <param name="contactId">The same id and text are one contact; a new one when none is given.</param>
    public Task<Answer<Opened>> OpenContact(string text, string? orderNumber = null, string? contactId = null) =>
        Send(new OutboxEntry(contactId ?? NewId(), Contact, "", text, orderNumber));

    /// <summary>Rates a resolved ticket, 1–5, which closes it.</summary>
    public Task<Answer<Ticket>> Rate(string ticketId, int stars, string? comment = null, CancellationToken stop = default) =>
        Link.Call<Ticket>("Rate", [ticketId, stars, comment], stop);

    /// <summary>Whether the bot's answer helped ("helped", "notHelped"), or that a person shall come ("person").</summary>
    public Task<Answer<Ticket>> Judge(string ticketId, string verdict, CancellationToken stop = default) => Link.Call<Ticket>("Judge", [ticketId, verdict], stop);

    /// <summary>It is solved, or no longer wanted.</summary>
    public Task<Answer<Ticket>> Close(string ticketId, CancellationToken stop = default) => Link.Call<Ticket>("Close", [ticketId], stop);

    /// <summary>Goes, keeps the place and is called back: on the phone (the number given, else the token's), or in the chat.</summary>
    public Task<Answer<Ticket>> KeepPlace(string ticketId, bool byPhone, string? phone = null, CancellationToken stop = default) =>
        Link.Call<Ticket>("KeepPlace", [ticketId, byPhone, phone], stop);

    /// <summary>The caller's tickets, newest first.</summary>
    public Task<Answer<TicketSummary[]>> MyTickets(CancellationToken stop = default) => Link.Ask<TicketSummary[]>("MyTickets", [], stop);

    /// <summary>Where a ticket stands in its line.</summary>
    public Task<Answer<QueuePlace>> Place(string ticketId, CancellationToken stop = default) => Link.Ask<QueuePlace>("Place", [ticketId], stop);

    private void Take(QueuePlace place)
    {
        if (_places.TryGetValue(place.TicketId, out var known) && known.Version >= place.Version) return;
        if (_places.Count >= MaxPlaces) _places.Clear();
        _places[place.TicketId] = place;
        PlaceChanged?.Invoke(place);
    }
}
