using CampusCare.Domain.Routing;

namespace CampusCare.Domain.Tickets;

/// <summary>
/// Supervisors in a conversation: they read along, whisper to the agent, join, and take over. Only while an agent has the
/// conversation in hand, and each act is an event.
/// </summary>
public static partial class TicketRules
{
    /// <summary>How many supervisors join one conversation.</summary>
    public const int MaximumJoined = 3;

    /// <summary>A supervisor begins to read along. It is on record once for each supervisor; reading what is over changes nothing.</summary>
    public static Decision Listen(Ticket ticket, string supervisorId) =>
        ticket.ListenedBy.Contains(supervisorId) || ticket.Phase is TicketPhase.Resolved or TicketPhase.Closed ? Decision.Nothing : Decision.That(new Listened(supervisorId));

    /// <summary>A supervisor writes to the agent alone.</summary>
    public static Decision Whisper(Ticket ticket, string whisperId, Supervisor supervisor, string text)
    {
        if ((BadText(text, "text") ?? BadId(whisperId, "whisperId")) is { } bad) return bad;
        if (WrittenBefore(ticket, whisperId, supervisor.Id, text, "whisperId") is { } before) return before;
        if (ticket.Phase != TicketPhase.Assigned) return NotLive;
        if (ticket.AgentId == supervisor.Id) return Decision.Refuse(RefusalCode.Invalid, "The conversation is with you: there is nobody to whisper to. Write a note instead.", "text");
        return Decision.That(new Whispered(whisperId, supervisor.Id) { Personal = new PersonalData(text, supervisor.Name) });
    }

    /// <summary>A supervisor joins, and the customer is told.</summary>
    public static Decision Join(Ticket ticket, Supervisor supervisor)
    {
        if (IsJoined(ticket, supervisor.Id)) return Decision.Nothing;
        if (ticket.Phase != TicketPhase.Assigned) return NotLive;
        if (ticket.AgentId == supervisor.Id) return Decision.Nothing; // more than joined
        if (ticket.Joined.Length >= MaximumJoined) return Decision.Refuse(RefusalCode.NoRoom, $"{MaximumJoined} supervisors are in this conversation already.");
        return Decision.That(
        [
            new SupervisorJoined(supervisor.Id) { Personal = new PersonalData(Name: supervisor.Name) },
            .. SayOutside(ticket, language => SystemWords.SupervisorJoined(language, supervisor.Name)),
        ]);
    }

    /// <summary>A supervisor who had joined leaves. Nothing when the supervisor isn't there.</summary>
    public static Decision Leave(Ticket ticket, Supervisor supervisor) => IsJoined(ticket, supervisor.Id)
        ? Decision.That(new SupervisorLeft(supervisor.Id) { Personal = new PersonalData(Name: supervisor.Name) })
        : Decision.Nothing;

    /// <summary>A supervisor takes the conversation from its agent, and answers for it. <paramref name="reservationId"/> names the hold.</summary>
    public static Decision TakeOver(Ticket ticket, Supervisor supervisor, string reservationId, string? note)
    {
        if (ticket.Phase != TicketPhase.Assigned) return NotLive;
        if (ticket.AgentId == supervisor.Id) return Decision.Nothing;
        if (BadNote(note, "note") is { } bad) return bad;
        return Decision.That(new TakenOver(supervisor.Id, ticket.AgentId!, reservationId) { Personal = new PersonalData(NoteText(note), supervisor.Name) });
    }

    /// <summary>A supervisor takes the conversation from its agent and gives it to another line or person. It waits there at the head.</summary>
    public static Decision Reassign(Ticket ticket, Supervisor supervisor, Route to, string? note, DateTimeOffset now)
    {
        if (ticket is { Phase: TicketPhase.Waiting } && ticket.Queue == to.Queue && ticket.LastAgent == to.LastAgent && to.LastAgent is not null) return Decision.Nothing;
        if (ticket.Phase != TicketPhase.Assigned) return NotLive;
        if (BadNote(note, "note") is { } bad) return bad;
        if (to.LastAgent is not null && to.LastAgent == ticket.AgentId) return Decision.Refuse(RefusalCode.Invalid, "This agent has the conversation. Choose another one, or a queue.", "toAgent");
        return Decision.That(new Transferred(ticket.AgentId!, to.Queue, to.LastAgent, to.PatienceSeconds, now, Priority.HeadKey(now), to.Requirements, supervisor.Id) { Personal = Note(note) });
    }

    /// <summary>Whether the customer sees this supervisor in the conversation.</summary>
    public static bool IsJoined(Ticket ticket, string supervisorId) => ticket.Joined.Any(supervisor => supervisor.Id == supervisorId);

    private static string? NoteText(string? note) => string.IsNullOrWhiteSpace(note) ? null : note;

    private static readonly Decision NotLive =
        Decision.Refuse(RefusalCode.NotLive, "Nobody talks here just now: the ticket waits, or is over. Look at the list again.");

    private static readonly Decision NotJoined =
        Decision.Refuse(RefusalCode.NotJoined, "You are not in this conversation. Join it first, or whisper to the agent.");
}
