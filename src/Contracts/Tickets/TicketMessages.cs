using System.Collections.Immutable;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Triage;

namespace CampusCare.Contracts.Tickets;

/// <summary>Opens a ticket.</summary>
/// <param name="ContactId">Chosen by the client, 1–64 characters; the same id opens the same ticket.</param>
/// <param name="Customer">Who asks.</param>
/// <param name="Channel">How it reached us.</param>
/// <param name="Text">What was asked, 1–4,000 characters.</param>
/// <param name="OrderNumber">The order that it is about, when known.</param>
[GenerateSerializer, Immutable, Alias("OpenTicket")]
public sealed record OpenTicket(
    [property: Id(0)] string ContactId,
    [property: Id(1)] CustomerRef Customer,
    [property: Id(2)] Channel Channel,
    [property: Id(3)] string Text,
    [property: Id(4)] string? OrderNumber = null);

/// <summary>A contact is stored.</summary>
/// <param name="Ticket">The ticket that it opened or joined.</param>
/// <param name="Place">Where that stands in the line; null when it doesn't wait.</param>
/// <param name="IsNew">Whether the contact opened the ticket just now (false: it joined one, or was repeated).</param>
[GenerateSerializer, Immutable, Alias("Receipt")]
public sealed record Receipt([property: Id(0)] TicketView Ticket, [property: Id(1)] QueuePlace? Place, [property: Id(2)] bool IsNew = false);

/// <summary>The customer as the campus app vouches for them.</summary>
[GenerateSerializer, Immutable, Alias("CustomerRef")]
public sealed record CustomerRef(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] CustomerRole Role,
    [property: Id(3)] string? Phone = null);

/// <summary>Adds a message.</summary>
/// <param name="MessageId">Chosen by the client, 1–64 characters; the same id is stored once.</param>
/// <param name="Author">Customer or Agent.</param>
/// <param name="AuthorId">The customer's or agent's id; ownership is checked with it.</param>
/// <param name="Text">1–4,000 characters.</param>
[GenerateSerializer, Immutable, Alias("PostMessage")]
public sealed record PostMessage(
    [property: Id(0)] string MessageId,
    [property: Id(1)] Author Author,
    [property: Id(2)] string AuthorId,
    [property: Id(3)] string Text);

/// <summary>An agent's answer to an offer.</summary>
[GenerateSerializer, Immutable, Alias("AnswerOffer")]
public sealed record AnswerOffer(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string ReservationId,
    [property: Id(2)] string? Reason = null);

/// <summary>An agent's closing words.</summary>
/// <param name="AgentId">Who resolves.</param>
/// <param name="Disposition">The after-contact code; null leaves the after-contact work open.</param>
/// <param name="Note">What was done, for colleagues.</param>
[GenerateSerializer, Immutable, Alias("ResolveTicket")]
public sealed record ResolveTicket(
    [property: Id(0)] string AgentId,
    [property: Id(1)] string? Disposition,
    [property: Id(2)] string? Note = null);

/// <summary>A customer's rating, 1–5 stars.</summary>
[GenerateSerializer, Immutable, Alias("RateTicket")]
public sealed record RateTicket(
    [property: Id(0)] string CustomerId,
    [property: Id(1)] int Stars,
    [property: Id(2)] string? Comment = null);

/// <summary>The customer ends the matter.</summary>
[GenerateSerializer, Immutable, Alias("CloseTicket")]
public sealed record CloseTicket([property: Id(0)] string CustomerId);

/// <summary>A ticket as it stands.</summary>
[GenerateSerializer, Immutable, Alias("TicketView")]
public sealed record TicketView(
    [property: Id(0)] string TicketId,
    [property: Id(1)] string Campus,
    [property: Id(2)] TicketPhase Phase,
    [property: Id(3)] string Queue,
    [property: Id(4)] Category Category,
    [property: Id(5)] Urgency Urgency,
    [property: Id(6)] Sentiment Sentiment,
    [property: Id(7)] CustomerRef Customer,
    [property: Id(8)] Channel Channel,
    [property: Id(9)] string Subject,
    [property: Id(10)] string? OrderNumber,
    [property: Id(11)] string? AgentId,
    [property: Id(12)] string? AgentName,
    [property: Id(13)] DateTimeOffset OpenedAt,
    [property: Id(14)] DateTimeOffset WaitingSince,
    [property: Id(15)] string? Disposition,
    [property: Id(16)] int? Stars,
    [property: Id(17)] bool WrapUpOpen,
    [property: Id(18)] long Seq,
    [property: Id(19)] int Reopenings = 0);

/// <summary>
/// One event of a ticket as clients see it: one flat shape for all types (<see cref="TicketEventTypes"/>); what a type
/// does not need is null. Seqs of a ticket count 1, 2, 3… without gaps, for every reader.
/// </summary>
[GenerateSerializer, Immutable, Alias("TicketEventView")]
public sealed record TicketEventView(
    [property: Id(0)] long Seq,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string Type,
    [property: Id(3)] Author? Author = null,
    [property: Id(4)] string? AuthorId = null,
    [property: Id(5)] string? AuthorName = null,
    [property: Id(6)] string? Text = null,
    [property: Id(7)] string? MessageId = null,
    [property: Id(8)] string? Detail = null,
    [property: Id(9)] MatchExplanation? Explanation = null);

/// <summary>A ticket and its events after a seq, oldest first.</summary>
[GenerateSerializer, Immutable, Alias("TicketHistory")]
public sealed record TicketHistory(
    [property: Id(0)] TicketView Ticket,
    [property: Id(1)] ImmutableArray<TicketEventView> Events);

/// <summary>New events of a ticket, and the ticket after them.</summary>
[GenerateSerializer, Immutable, Alias("TicketNews")]
public sealed record TicketNews(
    [property: Id(0)] TicketView Ticket,
    [property: Id(1)] ImmutableArray<TicketEventView> Events);
