using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tickets;

/// <summary>
/// What happened to a ticket. Stored for ever under its type's name, so a member may be added with a default, but
/// never renamed or removed. What may have to be erased one day stands in <see cref="Personal"/> and nowhere else.
/// </summary>
public abstract record TicketEvent
{
    /// <summary>Words and names of persons; null when the event has none, or when they were erased.</summary>
    [JsonIgnore]
    public PersonalData? Personal { get; init; }
}

/// <summary>The part of an event that can be erased.</summary>
public sealed record PersonalData(string? Text = null, string? Name = null, string? Phone = null);

/// <summary>A customer asked. Personal: the text, the customer's name and phone.</summary>
public sealed record Opened(
    string ContactId,
    string CustomerId,
    CustomerRole Role,
    Channel Channel,
    string? OrderNumber,
    Category Category,
    double Confidence,
    Urgency Urgency,
    Sentiment Sentiment) : TicketEvent;

/// <summary>The ticket began to wait in a queue, at first for the agent who served this customer last, if there is one.</summary>
public sealed record Queued(
    string Queue, DateTimeOffset WaitingSince, long PriorityKey, ImmutableArray<SkillLevel> Requirements, string? LastAgent = null) : TicketEvent;

/// <summary>An agent holds a slot for the ticket until <paramref name="ExpiresAt"/>. Personal: the agent's name.</summary>
public sealed record Offered(
    string ReservationId, string AgentId, DateTimeOffset ExpiresAt, string Why, Routing.Explanation? Explanation = null) : TicketEvent;

/// <summary>The offer ended without an acceptance (Rejected, TimedOut or Rescinded); the ticket waits again at its place.</summary>
public sealed record OfferEnded(string ReservationId, string AgentId, ReservationState How, string? Reason) : TicketEvent;

/// <summary>The agent took the ticket. Personal: the agent's name.</summary>
public sealed record Accepted(string ReservationId, string AgentId) : TicketEvent;

/// <summary>Somebody wrote. Personal: the text and the writer's name.</summary>
public sealed record MessagePosted(string MessageId, Author Author, string AuthorId) : TicketEvent;

/// <summary>The agent declared it solved. With a disposition the after-contact work is done too. Personal: the note.</summary>
public sealed record Resolved(string AgentId, string? Disposition) : TicketEvent;

/// <summary>The after-contact work ended. Personal: the note.</summary>
public sealed record WrappedUp(string AgentId, string Disposition) : TicketEvent;

/// <summary>The customer wrote again: not solved after all. The ticket waits again.</summary>
public sealed record Reopened(DateTimeOffset WaitingSince, long PriorityKey) : TicketEvent;

/// <summary>The customer rated, 1–5 stars. Personal: the comment.</summary>
public sealed record Rated(int Stars) : TicketEvent;

/// <summary>The matter ended.</summary>
public sealed record Closed(ClosingReason Reason) : TicketEvent;
