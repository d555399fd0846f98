using CampusCare.Domain.Incidents;

namespace CampusCare.Domain.Tickets;

/// <summary>Who comes because something is broken hears that it is known, and once more when it is over: each once, by the ids of the messages.</summary>
public static partial class TicketRules
{
    /// <summary>A ticket that was opened before the incident was declared.</summary>
    public static Decision TellIncident(Ticket ticket, KnownIncident incident) =>
        Waits(ticket) && ticket.Category == incident.Category && !ticket.MessageIds.ContainsKey(incident.MessageId)
            ? Decision.That(Told(incident, Routing.Language.Of(ticket.Text)))
            : Decision.Nothing;

    /// <summary>Who was told of it is told that it is over.</summary>
    public static Decision TellIncidentOver(Ticket ticket, KnownIncident incident) =>
        ticket.MessageIds.ContainsKey(incident.MessageId) && !ticket.MessageIds.ContainsKey(incident.EndMessageId) && ticket.Phase is not TicketPhase.Closed && ticket.ErasedAt is null
            ? Decision.That(Word(incident.EndMessageId, incident.Over(Routing.Language.Of(ticket.Text))))
            : Decision.Nothing;

    private static bool Waits(Ticket ticket) =>
        (ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered or TicketPhase.Assigned || ticket.IsWithBot) && ticket.ErasedAt is null && ticket.ConsultationOf is null;

    private static MessagePosted Told(KnownIncident incident, string language) => Word(incident.MessageId, incident.Told(language)) with { Incident = incident.Id };

    private static MessagePosted Word(string messageId, string text) => new(messageId, Author.System, SystemWords.AuthorId) { Personal = new PersonalData(text) };
}
