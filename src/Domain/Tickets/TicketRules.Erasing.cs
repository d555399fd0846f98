namespace CampusCare.Domain.Tickets;

/// <summary>Pictures, and what is erased when.</summary>
public static partial class TicketRules
{
    /// <summary>How many pictures one ticket holds.</summary>
    public const int MaximumEvidence = 20;

    /// <summary>The customer, or the agent who has the ticket, adds a picture. The same one is added once.</summary>
    public static Decision AddEvidence(Ticket ticket, EvidenceFile file, Author author, string authorId, string? sketches = null)
    {
        if (ticket.ErasedAt is not null) return Erased;
        if (author == Author.Agent && IsAsker(ticket, authorId)) (author, authorId) = (Author.Customer, ticket.CustomerId);
        if (NotAPartner(ticket, author, authorId) is { } no) return no;
        if (ticket.Evidence.Contains(file.Hash)) return Decision.Nothing;
        if (ticket.Phase == TicketPhase.Closed) return Decision.Refuse(RefusalCode.TicketClosed, "This ticket is closed. Open a new contact; it can name the same order.");
        if (ticket.Evidence.Length >= MaximumEvidence) return Decision.Refuse(RefusalCode.Invalid, $"A ticket holds {MaximumEvidence} pictures.", "evidence");
        return Decision.That(new EvidenceAdded(file, author, authorId) { Personal = new PersonalData(Name: author == Author.Customer ? ticket.CustomerName : ticket.AgentName, Sketches: author == Author.Customer ? sketches : null) });
    }

    /// <summary>
    /// Ends the ticket, so that it can be erased. A resolved one is over: nobody spoke up. One that isn't over is refused,
    /// unless the customer who asks for the erasure wants it ended.
    /// </summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="closeOpen">Whether an open ticket is ended, too.</param>
    /// <param name="untouchedSince">A ticket with a later event than this is refused; null: any age will do.</param>
    public static Decision EndToErase(Ticket ticket, bool closeOpen, DateTimeOffset? untouchedSince)
    {
        if (ticket.ErasedAt is not null) return Decision.Nothing;
        if (ticket.UpdatedAt >= untouchedSince) return NotOver;
        return ticket.Phase switch
        {
            TicketPhase.Closed => Decision.Nothing,
            TicketPhase.Resolved => Decision.That([.. WrapUpLeft(ticket), new Closed(closeOpen ? ClosingReason.Erasure : ClosingReason.Silent)]),
            _ when closeOpen => Decision.That(new Closed(ClosingReason.Erasure)),
            _ => NotOver,
        };
    }

    /// <summary>Puts on record that the personal parts are gone.</summary>
    public static Decision Erase(Ticket ticket, ErasureReason reason) =>
        ticket.ErasedAt is not null ? Decision.Nothing
        : ticket.Phase != TicketPhase.Closed ? NotOver
        : Decision.That(new PersonalErased(reason));

    private static readonly Decision NotOver =
        Decision.Refuse(RefusalCode.TicketOpen, "This ticket is not over. End it first, or ask for open tickets to be ended, too.");

    private static readonly Decision Erased =
        Decision.Refuse(RefusalCode.TicketClosed, "The words of this ticket were erased; nothing is added to it any more. Open a new contact.");
}
