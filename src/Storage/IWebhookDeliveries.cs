namespace CampusCare.Storage;

/// <summary>An event that a subscriber has yet to be told.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Seq">The event's seq.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueAt">When it is tried next, or when it was given up.</param>
/// <param name="Fault">Why the last attempt failed; null before the first.</param>
public sealed record WebhookDelivery(string TicketId, long Seq, long Attempts, DateTimeOffset DueAt, string? Fault);

/// <summary>
/// What subscribers have yet to be told. The journal writes it in the transaction of the event (<see cref="NewEvent.Subscribers"/>),
/// so nothing acknowledged is forgotten, whatever order transactions end in. Every method throws
/// <see cref="StorageUnavailableException"/> when the database can't be used now.
/// </summary>
public interface IWebhookDeliveries
{
    /// <summary>The first event of each ticket that isn't told yet, where it is due: events of a ticket go one after the other.</summary>
    Task<IReadOnlyList<WebhookDelivery>> Due(string campus, string subscription, DateTimeOffset now, int limit, CancellationToken cancellation = default);

    /// <summary>When the next one is due; null when none waits.</summary>
    Task<DateTimeOffset?> NextDue(string campus, string subscription, CancellationToken cancellation = default);

    /// <summary>The subscriber took it.</summary>
    Task Delivered(string campus, string subscription, string ticketId, long seq, CancellationToken cancellation = default);

    /// <summary>It was tried in vain: tried again at a time, or given up.</summary>
    Task Failed(string campus, string subscription, WebhookDelivery tried, bool givenUp, CancellationToken cancellation = default);

    /// <summary>What was given up, by ticket and seq, after one of them.</summary>
    Task<IReadOnlyList<WebhookDelivery>> GivenUp(string campus, string subscription, int limit, (string TicketId, long Seq)? after = null, CancellationToken cancellation = default);

    /// <summary>Tries given-up events again from the beginning: one, or, without a ticket, all. Tells how many.</summary>
    Task<int> SendAgain(string campus, string subscription, (string TicketId, long Seq)? which, DateTimeOffset now, CancellationToken cancellation = default);

    /// <summary>Forgets all of a subscription that ended.</summary>
    Task Drop(string campus, string subscription, CancellationToken cancellation = default);

    /// <summary>The subscriptions that have something to be told, now or later: those to wake after a restart.</summary>
    Task<IReadOnlyList<(string Campus, string Subscription)>> Waiting(CancellationToken cancellation = default);
}
