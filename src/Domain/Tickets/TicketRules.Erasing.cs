namespace CampusCare.Domain.Tickets;

/// <summary>What is erased, and when it may be.</summary>
public static partial class TicketRules
{
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
