using System.Text.Json.Serialization;

namespace CampusCare.Client;

// The public API's shapes as a client reads them. Kept apart from src/Contracts on purpose, so that a renamed field there
// breaks a test instead of every customer. Words (phases, types, codes) are text: an older client must be able to read
// what a newer gateway says.

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
    /// <summary>What the bot said; null when it said nothing.</summary>
    public BotAnswer? Bot { get; init; }

    /// <summary>How its agent names it: with its campus, when the agent is lent.</summary>
    public string Reference => AgentId?.Contains('/') == true ? $"{Campus}/{TicketId}" : TicketId;
}

/// <summary>What the bot said.</summary>
/// <param name="ArticleId">The article that it answered with last.</param>
/// <param name="Version">Which version.</param>
/// <param name="Asks">Whether it waits for the customer's verdict.</param>
/// <param name="Helped">The verdict; null while there is none.</param>
/// <param name="HandedOver">Why a person has the matter; null while the bot has it.</param>
/// <param name="Choices">What the customer may choose next.</param>
public sealed record BotAnswer(string ArticleId, int Version, bool Asks, bool? Helped, string? HandedOver, string[] Choices);

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
/// <param name="TicketId">The ticket.</param>
/// <param name="Position">1 for the next one; 0 while it is offered to an agent.</param>
/// <param name="Waiting">How many wait in the line.</param>
/// <param name="ExpectedWaitSeconds">Null when no agent is at work.</param>
/// <param name="LowSeconds">Four of five waits end between this</param>
/// <param name="HighSeconds">and this.</param>
/// <param name="OpensAt">When the queue opens; null while it is open.</param>
/// <param name="IsFull">The line is as long as the campus lets it become.</param>
/// <param name="Version">Of two places of one ticket, the one with the larger version is the newer.</param>
public sealed record QueuePlace(
    string TicketId,
    int Position,
    int Waiting,
    double? ExpectedWaitSeconds,
    double? LowSeconds = null,
    double? HighSeconds = null,
    DateTimeOffset? OpensAt = null,
    bool IsFull = false,
    long Version = 0);

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
/// <param name="AgentId">The agent.</param>
/// <param name="Name">Shown to customers.</param>
/// <param name="Status">What the agent said: available, busy, break, training, offline.</param>
/// <param name="RoutingState">What follows from the slots: idle, reserved, working, wrappingUp.</param>
/// <param name="Capacity">How many chats at once.</param>
/// <param name="Offers">Wait for an answer.</param>
/// <param name="Tickets">In the agent's hands.</param>
/// <param name="Calls">How many calls at once.</param>
/// <param name="Forms">How many forms at once.</param>
/// <param name="Version">Of two desks of one agent, the one with the larger version is the newer.</param>
public sealed record Desk(
    string AgentId,
    string Name,
    string Status,
    string RoutingState,
    int Capacity,
    Offer[] Offers,
    Ticket[] Tickets,
    int Calls = 1,
    int Forms = 10,
    long Version = 0);

/// <summary>A customer's ticket in a list.</summary>
public sealed record TicketSummary(string TicketId, string Phase, string Category, string Subject, string? OrderNumber, DateTimeOffset OpenedAt, int? Stars);

/// <summary>A queue's figures.</summary>
public sealed record QueueFigures(
    string Queue, int Waiting, int Offered, double LongestWaitSeconds, int AgentsAvailable, int FreeSlots, long AssignedSinceStart, double? ExpectedWaitSeconds);

/// <summary>A campus in one second; of two, the one with the later <paramref name="At"/> is the newer.</summary>
public sealed record Wallboard(
    string Campus, DateTimeOffset At, QueueFigures[] Queues, int Waiting, int Offered, double LongestWaitSeconds, int AgentsAvailable, int FreeSlots, InflowAlert? Inflow = null);

/// <summary>More contacts come than the forecast said.</summary>
/// <param name="Since">When it was seen.</param>
/// <param name="At">When contacts were counted last.</param>
/// <param name="Came">Contacts of the five minutes before that.</param>
/// <param name="Expected">What was told for them.</param>
/// <param name="AgentsWanted">Agents at their desks whom such an inflow needs.</param>
/// <param name="AgentsPlanned">Agents at their desks by the plan.</param>
/// <param name="StandBy">Agents on stand-by by the plan.</param>
public sealed record InflowAlert(DateTimeOffset Since, DateTimeOffset At, int Came, double Expected, int AgentsWanted, int AgentsPlanned, int StandBy);

/// <summary>A conversation that an agent has in hand.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Queue">Whose line it came from.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Sentiment">The mood of the first words: negative, neutral, positive.</param>
/// <param name="CustomerName">Who asks.</param>
/// <param name="AgentId">Who answers.</param>
/// <param name="AgentName">The agent's name.</param>
/// <param name="Subject">The first words.</param>
/// <param name="AgentSince">Since when the agent has it.</param>
/// <param name="UnansweredSince">Since when the customer waits for an answer; null when the next word is the customer's.</param>
/// <param name="TakenOver">Whether a supervisor took it over.</param>
public sealed record LiveConversation(
    string TicketId,
    string Queue,
    string Category,
    string? Sentiment,
    string CustomerName,
    string AgentId,
    string AgentName,
    string Subject,
    DateTimeOffset? AgentSince,
    DateTimeOffset? UnansweredSince,
    bool TakenOver);

/// <summary>A campus's conversations, at most 200; of two, the one with the later <paramref name="At"/> is the newer.</summary>
public sealed record LiveRoom(string Campus, DateTimeOffset At, LiveConversation[] Conversations, bool More);

/// <summary>A ticket's clock ran out, or (kind "tier") it went to the next line. Ticket, kind and seq name it.</summary>
public sealed record ClockAlert(string Campus, string TicketId, string Queue, string Kind, DateTimeOffset DueAt, string? AgentId, long Seq);

/// <summary>A telephone number in full.</summary>
public sealed record PhoneNumber(string Number);

/// <summary>A "no" in the shape of RFC 9457.</summary>
public sealed record Problem(string? Title, int? Status, string? Detail, string? Code, string? Field)
{
    /// <summary>"Not now": the same command with the same id may be repeated.</summary>
    [JsonIgnore]
    public bool IsPassing => Code is "offline" or "storageUnavailable" or "overloaded" or "outcomeUnknown" or "rateLimited" or "failed";
}

/// <summary>Exactly one of the two is set.</summary>
public sealed record Answer<T>(T? Value, Problem? Problem) where T : class
{
    /// <summary>The value of an answer that has to be a yes.</summary>
    /// <exception cref="RefusedException">It is a no.</exception>
    public T Yes => Value ?? throw new RefusedException(Problem);
}

/// <summary>The gateway said no where the caller can't go on without a yes.</summary>
public sealed class RefusedException(Problem? problem, Exception? inner = null) : Exception($"{problem?.Code ?? problem?.Title ?? "no answer"}: {problem?.Detail}", inner);
