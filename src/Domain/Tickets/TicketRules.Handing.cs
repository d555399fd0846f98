using CampusCare.Domain.Routing;
using CampusCare.Domain.ServiceLevels;

namespace CampusCare.Domain.Tickets;

/// <summary>Handing on and asking around: transfer, return, consultation, virtual hold, promise.</summary>
public static partial class TicketRules
{
    /// <summary>How many questions to colleagues a ticket may have open.</summary>
    public const int MaximumConsults = 3;

    /// <summary>The latest time that may be promised.</summary>
    public static readonly TimeSpan LongestPromise = TimeSpan.FromDays(14);

    /// <summary>The name that an agent has as the customer of a consultation.</summary>
    public static string AskerId(string agentId) => $"agent:{agentId}";

    /// <summary>Whether this agent asked the consultation.</summary>
    public static bool IsAsker(Ticket ticket, string agentId) => ticket.ConsultationOf is not null && ticket.CustomerId == AskerId(agentId);

    /// <summary>The agent hands the ticket to another line or person. It waits at the head, and may come back if nobody else can take it.</summary>
    public static Decision Transfer(Ticket ticket, string agentId, Route to, string? note, DateTimeOffset now)
    {
        if (ticket is { Phase: TicketPhase.Waiting } && ticket.AgentId == agentId && ticket.Queue == to.Queue && ticket.LastAgent == to.LastAgent) return Decision.Nothing;
        if (ticket.Phase != TicketPhase.Assigned || ticket.AgentId != agentId) return NotYours;
        if (BadNote(note, "note") is { } bad) return bad;
        if (to.LastAgent == agentId) return Decision.Refuse(RefusalCode.Invalid, "The ticket is with you already. Choose another agent, or a queue.", "toAgent");
        return Decision.That(new Transferred(agentId, to.Queue, to.LastAgent, to.PatienceSeconds, now, Priority.HeadKey(now), to.Requirements) { Personal = Note(note) });
    }

    /// <summary>The agent is gone for good: the ticket waits again at the head of its line. Nothing when somebody else has it by now.</summary>
    public static Decision Return(Ticket ticket, string agentId, string reservationId, DateTimeOffset now) =>
        ticket.Phase == TicketPhase.Assigned && ticket.AgentId == agentId && ticket.ReservationId == reservationId
            ? Decision.That(new Returned(agentId, now, Math.Min(ticket.PriorityKey, Priority.HeadKey(now))))
            : Decision.Nothing;

    /// <summary>What is wrong with asking a colleague, if anything; <see cref="Decision.Nothing"/> when it was asked before.</summary>
    public static Decision? BadConsult(Ticket ticket, string agentId, string consultId, string question)
    {
        if (ticket.AgentId != agentId || ticket.Phase != TicketPhase.Assigned) return NotYours;
        if ((BadId(consultId, "consultId") ?? BadText(question, "question")) is { } bad) return bad;
        if (ticket.ConsultIds.Contains(consultId)) return Decision.Nothing;
        return ticket.OpenConsults.Length < MaximumConsults
            ? null
            : Decision.Refuse(RefusalCode.Invalid, $"{MaximumConsults} questions are open already. Wait for an answer, or hand the ticket over.");
    }

    /// <summary>The agent asks a colleague, whose ticket is <paramref name="consultTicketId"/>, and keeps the responsibility.</summary>
    public static Decision Consult(Ticket ticket, string agentId, string consultId, string question, string consultTicketId, string queue, string? toAgent) =>
        BadConsult(ticket, agentId, consultId, question)
        ?? Decision.That(new ConsultAsked(consultId, consultTicketId, agentId, queue, toAgent) { Personal = new PersonalData(question) });

    /// <summary>The colleague solved the question. Nothing when that is known.</summary>
    public static Decision AnswerConsult(Ticket ticket, string consultTicketId, string agentId, string agentName, string? answer) =>
        ticket.OpenConsults.Contains(consultTicketId)
            ? Decision.That(new ConsultAnswered(consultTicketId, agentId) { Personal = ticket.ErasedAt is null ? new PersonalData(answer, agentName) : null })
            : Decision.Nothing;

    /// <summary>Virtual hold: the customer goes and keeps the place; the agent calls back on the channel.</summary>
    public static Decision KeepPlace(Ticket ticket, string customerId, Channel channel, string? phone)
    {
        if (ticket.CustomerId != customerId) return NotFound;
        if (ticket.PlaceIsKept && ticket.Channel == channel && (phone is null || phone == ticket.CustomerPhone)) return Decision.Nothing;
        if (ticket.Phase != TicketPhase.Waiting) return Decision.Refuse(RefusalCode.NotWaiting, "Nobody needs to wait: an agent has the ticket, or is asked just now.");
        if (channel == Channel.Phone && (phone ?? ticket.CustomerPhone) is null)
            return Decision.Refuse(RefusalCode.Invalid, "To be called back, a phone number is needed.", "phone");
        if (phone is not null && BadId(phone, "phone") is { } bad) return bad;
        return Decision.That([new PlaceKept(channel) { Personal = phone is null ? null : new PersonalData(Phone: phone) }, .. SayOutside(ticket, SystemWords.PlaceKept)]);
    }

    /// <summary>The agent who has the ticket looks at the phone number. Each look is on record.</summary>
    public static Decision ShowPhone(Ticket ticket, string agentId)
    {
        if (ticket.AgentId != agentId || ticket.Phase != TicketPhase.Assigned) return NotYours;
        return ticket.CustomerPhone is null
            ? Decision.Refuse(RefusalCode.NotFound, "This customer gave no phone number. Write instead.", "phone")
            : Decision.That(new PhoneShown(agentId));
    }

    /// <summary>The agent promises to come back by a time: a clock of its own, kept by the next word to the customer.</summary>
    public static Decision Promise(Ticket ticket, string agentId, DateTimeOffset dueAt, string? words, DateTimeOffset now)
    {
        if (ticket.AgentId != agentId || ticket.Phase != TicketPhase.Assigned) return NotYours;
        if (BadNote(words, "words") is { } bad) return bad;
        if (dueAt <= now || dueAt > now + LongestPromise)
            return Decision.Refuse(RefusalCode.Invalid, $"A promise is for a time to come, within {LongestPromise.TotalDays:0} days.", "dueAt");
        return ticket.Clocks.Running(ClockKind.Promise)?.DueAt == dueAt
            ? Decision.Nothing
            : Decision.That([new Promised(agentId, dueAt) { Personal = Note(words) }, .. SayOutside(ticket, language => SystemWords.Promised(language, dueAt - now, words))]);
    }
}
