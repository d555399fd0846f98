using System.Collections.Immutable;
using CampusCare.Contracts.Incidents;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Webhooks;

/// <summary>
/// One subscription of a campus: tells its address what happens to tickets, each ticket's events in order. What it has yet
/// to tell stands in the database, written with the events themselves.
/// </summary>
[Alias("Webhook")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>Begins it. It hears of tickets that are opened from then on. Repeating it with the same address and events is harmless.</summary>
    Task<Outcome<WebhookView>> Begin(BeginWebhook command);

    /// <summary>How it stands.</summary>
    [AlwaysInterleave] Task<Outcome<WebhookView>> Get();

    /// <summary>
    /// Adds a secret, before those that sign already; all sign until they are taken away. Asked for again by the request
    /// that added the newest one, it takes that one's place: whoever asks again never saw it.
    /// </summary>
    Task<Outcome<WebhookView>> AddSecret(string secret, string? requestId = null);

    /// <summary>Takes all secrets away but the newest.</summary>
    Task<Outcome<WebhookView>> DropOldSecrets();

    /// <summary>Tells the address a word that means nothing, and how that went.</summary>
    Task<Outcome<WebhookTried>> Test();

    /// <summary>Ends it, and forgets what it had yet to tell.</summary>
    Task<Outcome<WebhookView>> End();

    /// <summary>What was given up, by ticket and seq, after one of them.</summary>
    [AlwaysInterleave] Task<ImmutableArray<DeadLetter>> DeadLetters(string? afterTicket, long afterSeq, int limit);

    /// <summary>Tries given-up events again: one, or, without a ticket, all.</summary>
    Task<Outcome<WebhookView>> SendAgain(string? ticketId, long seq);

    /// <summary>An incident was declared, changed or ended: it is told beside what happens to tickets, in order. Repeating it is harmless.</summary>
    [OneWay] Task TellIncident(Incident incident);

    /// <summary>There may be something to tell.</summary>
    [OneWay] Task Nudge();
}

/// <summary>A subscription to begin.</summary>
/// <param name="Url">Where events are posted.</param>
/// <param name="Events">Names of <see cref="WebhookEvents"/>.</param>
/// <param name="Secret">Signs what is posted.</param>
[GenerateSerializer, Immutable, Alias("BeginWebhook")]
public sealed record BeginWebhook([property: Id(0)] string Url, [property: Id(1)] ImmutableArray<string> Events, [property: Id(2)] string Secret);

/// <summary>A subscription as it stands.</summary>
/// <param name="Id">Unique in the campus.</param>
/// <param name="Url">Where events are posted.</param>
/// <param name="Events">Of which it hears.</param>
/// <param name="Since">It hears of tickets that were opened from then on.</param>
/// <param name="Secrets">How many secrets sign.</param>
[GenerateSerializer, Immutable, Alias("WebhookView")]
public sealed record WebhookView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Url,
    [property: Id(2)] ImmutableArray<string> Events,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] int Secrets);

/// <summary>How telling went.</summary>
/// <param name="Fault">Why the address didn't take it; null when it did.</param>
[GenerateSerializer, Immutable, Alias("WebhookTried")]
public sealed record WebhookTried([property: Id(0)] string? Fault);

/// <summary>An event that was given up.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Seq">The event's seq.</param>
/// <param name="GivenUpAt">When.</param>
/// <param name="Fault">Why the last attempt failed.</param>
[GenerateSerializer, Immutable, Alias("DeadLetter")]
public sealed record DeadLetter(
    [property: Id(0)] string TicketId,
    [property: Id(1)] long Seq,
    [property: Id(2)] DateTimeOffset GivenUpAt,
    [property: Id(3)] string? Fault);

/// <summary>Which subscriptions of a campus hear of what: all that its tickets need to know of them.</summary>
/// <param name="Id">The subscription.</param>
/// <param name="Events">Of which it hears.</param>
/// <param name="Since">It hears of tickets that were opened from then on.</param>
[GenerateSerializer, Immutable, Alias("WebhookInterest")]
public sealed record WebhookInterest([property: Id(0)] string Id, [property: Id(1)] ImmutableArray<string> Events, [property: Id(2)] DateTimeOffset Since);
