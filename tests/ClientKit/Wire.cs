namespace CampusCare.ClientKit;

// The public API's shapes as a client reads them: only what clients here need. Kept apart from src/Contracts on purpose,
// so that a renamed field there breaks a test instead of every customer.

/// <summary>A ticket as it stands.</summary>
public sealed record Ticket(
    string TicketId,
    string Campus,
    string Phase,
    string Queue,
    string Category,
    string Subject,
    string? AgentId,
    string? AgentName,
    DateTimeOffset OpenedAt,
    string? Disposition,
    int? Stars,
    bool WrapUpOpen,
    long Seq,
    string? Channel = null)
{
    /// <summary>How its agent names it: with its campus, when the agent is lent.</summary>
    public string Reference => AgentId?.Contains('/') == true ? $"{Campus}/{TicketId}" : TicketId;
}

/// <summary>One event of a ticket.</summary>
public sealed record TicketEvent(
    long Seq,
    DateTimeOffset At,
    string Type,
    string? Author = null,
    string? AuthorId = null,
    string? AuthorName = null,
    string? Text = null,
    string? MessageId = null,
    string? Detail = null);

/// <summary>A ticket and events of it, oldest first: the answer to a question, or what is pushed.</summary>
public sealed record TicketHistory(Ticket Ticket, TicketEvent[] Events);

/// <summary>Where a ticket stands in its line.</summary>
public sealed record QueuePlace(string TicketId, int Position, int Waiting, double? ExpectedWaitSeconds);

/// <summary>The answer to a new contact.</summary>
public sealed record Opened(Ticket Ticket, QueuePlace? Place);

/// <summary>A slot that an agent holds for a ticket.</summary>
public sealed record Reservation(string ReservationId, string TicketId, string Queue, string AgentId, DateTimeOffset ExpiresAt, string Why, string? Home = null)
{
    /// <summary>How the agent names the ticket: with its campus, when the agent is lent.</summary>
    public string Reference => Home is null ? TicketId : $"{Home}/{TicketId}";
}

/// <summary>A ticket that waits for an agent's yes.</summary>
public sealed record Offer(Reservation Reservation, Ticket Ticket);

/// <summary>An agent's workspace.</summary>
public sealed record Desk(string AgentId, string Name, string Status, string RoutingState, int Capacity, Offer[] Offers, Ticket[] Tickets, int Calls = 1, int Forms = 10);

/// <summary>A "no" in the shape of RFC 9457.</summary>
public sealed record Problem(string? Title, int? Status, string? Detail, string? Code, string? Field);

/// <summary>Exactly one of the two is set.</summary>
public sealed record Answer<T>(T? Value, Problem? Problem) where T : class
{
    /// <summary>The value of an answer that has to be a yes.</summary>
    /// <exception cref="RefusedException">It is a no.</exception>
    public T Yes => Value ?? throw new RefusedException(Problem);
}

/// <summary>The gateway said no where the caller can't go on without a yes.</summary>
public sealed class RefusedException(Problem? problem) : Exception($"{problem?.Code ?? problem?.Title ?? "no answer"}: {problem?.Detail}");

/// <summary>Who somebody is, for the built-in issuer of demos and tests.</summary>
/// <param name="Campus">The tenant.</param>
/// <param name="Role">Customer, Agent, Expert, QualityInspector, Supervisor, CampusAdmin or PlatformAdmin.</param>
/// <param name="Sub">The person's id.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Kind">Student, Rider or Merchant; for customers only.</param>
public sealed record Person(string Campus, string Role, string Sub, string Name, string? Kind = null);

/// <summary>A bearer token.</summary>
public sealed record Token(string Value, DateTimeOffset ExpiresAt);
