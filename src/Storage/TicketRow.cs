namespace CampusCare.Storage;

/// <summary>
/// What queues, agents, reports and search need to know of a ticket: replaced as a whole in the transaction
/// that appends the events it follows from. Times are UTC, to the microsecond.
/// </summary>
public sealed record TicketRow
{
    /// <summary>Unique over all campuses.</summary>
    public required string TicketId { get; init; }

    public required string Campus { get; init; }

    public required string Queue { get; init; }

    /// <summary>One of <see cref="TicketStates"/>.</summary>
    public required string State { get; init; }

    public required string CustomerId { get; init; }

    /// <summary>Personal, blanked by an erasure.</summary>
    public string? CustomerName { get; init; }

    /// <summary>In which role the customer asks; null for a question to a colleague.</summary>
    public string? CustomerRole { get; init; }

    /// <summary>The mood of the first words.</summary>
    public string? Sentiment { get; init; }

    /// <summary>Who has it, has it on offer, or had it last; unique over all campuses.</summary>
    public string? AgentId { get; init; }

    /// <summary>Whose name the customer saw last; personal, blanked by an erasure.</summary>
    public string? AgentName { get; init; }

    /// <summary>Since when an agent has the conversation; null while nobody does.</summary>
    public DateTimeOffset? AgentSince { get; init; }

    /// <summary>Since when the customer's words wait for an answer; null when the next word is the customer's.</summary>
    public DateTimeOffset? UnansweredSince { get; init; }

    /// <summary>Which of its agent's slots the ticket holds, such as chat-0; null when none. No other ticket can hold it, too.</summary>
    public string? Slot { get; init; }

    public required string Channel { get; init; }

    public string? OrderNumber { get; init; }

    public required string Category { get; init; }

    public required string Urgency { get; init; }

    /// <summary>The first words of the matter; personal, blanked by an erasure.</summary>
    public required string Subject { get; init; }

    /// <summary>
    /// Orders the waiting tickets of a queue, lowest first: waiting-since minus the weight of the priority,
    /// in a unit that the routing rules choose. It never changes while the ticket waits.
    /// </summary>
    public long PriorityKey { get; init; }

    /// <summary>JSON text of the required skills with their levels.</summary>
    public string Requirements { get; init; } = "[]";

    public string? ReservationId { get; init; }

    public DateTimeOffset? OfferExpiresAt { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the earliest running service-level clock runs out; null when none runs.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>JSON text of what supervisors should see of it, such as clocks that it missed; null when that is nothing.</summary>
    public string? Alerts { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Stars, 1–5.</summary>
    public int? Rating { get; init; }

    public string? Disposition { get; init; }

    /// <summary>When its personal parts were erased; null while they are kept.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>Seq of the last event that the row reflects; set by the journal.</summary>
    public long Seq { get; init; }
}
