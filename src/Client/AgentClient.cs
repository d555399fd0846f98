namespace CampusCare.Client;

/// <summary>Somebody who answers: <c>/hubs/agent</c>.</summary>
public sealed class AgentClient : TalkingClient
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private HashSet<string> _offers = [];
    private bool _attends;

    /// <summary>A client that is not connected yet.</summary>
    public AgentClient(ClientOptions options) : base(options, "/hubs/agent")
    {
        Link.On<Desk>("DeskChanged", Take);
        Link.WhenOnline += () =>
        {
            if (_attends) _ = Attend();
        };
    }

    /// <summary>A client with a token that stays the same.</summary>
    public AgentClient(Uri gateway, string token) : this(ClientOptions.For(gateway, token))
    {
    }

    /// <summary>The desk as last seen; null before the first answer.</summary>
    public Desk? LastDesk { get; private set; }

    /// <summary>The desk changed, or may have while there was no connection; never an older one after a newer one. Must not block.</summary>
    public event Action<Desk>? DeskChanged;

    /// <summary>A ticket is offered, told once each; answer before it expires. Must not block.</summary>
    public event Action<Offer>? Offered;

    /// <summary>An offer, by its reservation, was taken, timed out or was taken back. Must not block.</summary>
    public event Action<string>? OfferWithdrawn;

    /// <summary>Comes to work: the desk now, and from then on each change of it, through lost connections.</summary>
    public async Task<Answer<Desk>> Desk(CancellationToken stop = default)
    {
        _attends = true;
        var answer = await Link.Ask<Desk>("Desk", [], stop);
        if (answer.Value is { } desk) Take(desk);
        return answer;
    }

    /// <summary>Says what the agent does now: available, busy, break, training, offline.</summary>
    public async Task<Answer<Desk>> SetStatus(string status, string? reason = null, CancellationToken stop = default)
    {
        var answer = await Link.Call<Desk>("SetStatus", [status, reason], stop);
        if (answer.Value is { } desk) Take(desk);
        return answer;
    }

    /// <summary>Takes an offer.</summary>
    public Task<Answer<Ticket>> Accept(Reservation reservation, CancellationToken stop = default) =>
        Link.Call<Ticket>("Accept", [reservation.Reference, reservation.ReservationId], stop);

    /// <summary>Declines an offer.</summary>
    public Task<Answer<Ticket>> Reject(Reservation reservation, string reason, CancellationToken stop = default) =>
        Link.Call<Ticket>("Reject", [reservation.Reference, reservation.ReservationId, reason], stop);

    /// <summary>Writes for colleagues only, now or when the connection is back; the same id is stored once.</summary>
    public async Task<Answer<Ticket>> Note(string ticketId, string text, string? noteId = null) =>
        TicketOf(await Send(new OutboxEntry(noteId ?? NewId(), ColleaguesNote, ticketId, text)));

    /// <summary>Declares the matter solved; without a disposition the after-contact work stays open.</summary>
    public Task<Answer<Ticket>> Resolve(string ticketId, string? disposition, string? note = null, CancellationToken stop = default) =>
        Link.Call<Ticket>("Resolve", [ticketId, disposition, note], stop);

    /// <summary>Ends the after-contact work.</summary>
    public Task<Answer<Ticket>> WrapUp(string ticketId, string disposition, string? note = null, CancellationToken stop = default) =>
        Link.Call<Ticket>("WrapUp", [ticketId, disposition, note], stop);

    /// <summary>Hands the ticket to a queue, or to an agent: one of the two.</summary>
    public Task<Answer<Ticket>> Transfer(string ticketId, string? toQueue, string? toAgent, string? note = null, CancellationToken stop = default) =>
        Link.Call<Ticket>("Transfer", [ticketId, toQueue, toAgent, note], stop);

    /// <summary>Asks a queue, or an agent, and keeps the ticket; the same id asks once.</summary>
    public Task<Answer<Ticket>> Consult(string ticketId, string consultId, string question, string? toQueue, string? toAgent, CancellationToken stop = default) =>
        Link.Call<Ticket>("Consult", [ticketId, consultId, question, toQueue, toAgent], stop);

    /// <summary>Promises the customer to come back by a time.</summary>
    public Task<Answer<Ticket>> Promise(string ticketId, DateTimeOffset dueAt, string? words = null, CancellationToken stop = default) =>
        Link.Call<Ticket>("Promise", [ticketId, dueAt, words], stop);

    /// <summary>The customer's number in full; the journal says who looked.</summary>
    public Task<Answer<PhoneNumber>> ShowPhone(string ticketId, CancellationToken stop = default) => Link.Call<PhoneNumber>("ShowPhone", [ticketId], stop);

    /// <summary>All tickets of a ticket's customer, newest first.</summary>
    public Task<Answer<TicketSummary[]>> CustomerTickets(string ticketId, CancellationToken stop = default) =>
        Link.Ask<TicketSummary[]>("CustomerTickets", [ticketId], stop);

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await base.DisposeAsync();
        _stop.Dispose();
    }

    private async Task Attend()
    {
        try
        {
            await Desk(_stop.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or RefusedException)
        {
            // Disposed, or refused: the link's state says so.
        }
    }

    // Told under the lock, so that it is told in order. What is offered is seen on the desk, so nothing gets lost with a connection.
    private void Take(Desk desk)
    {
        lock (_lock)
        {
            if (LastDesk is { } last && desk.Version <= last.Version) return;
            LastDesk = desk;
            var before = _offers;
            _offers = [.. desk.Offers.Select(static offer => offer.Reservation.ReservationId)];
            DeskChanged?.Invoke(desk);
            foreach (var gone in before.Except(_offers)) OfferWithdrawn?.Invoke(gone);
            foreach (var offer in desk.Offers)
                if (!before.Contains(offer.Reservation.ReservationId)) Offered?.Invoke(offer);
        }
    }
}
