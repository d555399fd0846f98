namespace CampusCare.Domain.Tickets;

/// <summary>Offers: made, taken, ended.</summary>
public static partial class TicketRules
{
    /// <summary>An agent granted a slot of a medium (null: of any). Where the queue says so, the agent has it at once.</summary>
    public static Decision Offer(Ticket ticket, Offer offer, bool autoAccept = false, Medium? medium = null)
    {
        if (ticket.Offer?.ReservationId == offer.ReservationId) return Decision.Nothing;
        if (ticket is { Phase: TicketPhase.Assigned } && ticket.ReservationId == offer.ReservationId) return Decision.Nothing;
        if (ticket.Phase != TicketPhase.Waiting) return Decision.Refuse(RefusalCode.NotWaiting, "The ticket no longer waits.");
        // The customer keeps the place to be called back, and the slot was for a chat.
        if (medium is { } granted && granted != Media.Of(ticket.Channel)) return Decision.Refuse(RefusalCode.NotWaiting, "The ticket waits for another medium now.");
        var name = new PersonalData(Name: offer.AgentName);
        var offered = new Offered(offer.ReservationId, offer.AgentId, offer.ExpiresAt, offer.Why, offer.Explanation, offer.Slot) { Personal = name };
        return autoAccept
            ? Decision.That(offered, new Accepted(offer.ReservationId, offer.AgentId) { Personal = name })
            : Decision.That(offered);
    }

    /// <summary>The agent takes the offer. What counts is whether the journal still has it, not the clock.</summary>
    public static Decision Accept(Ticket ticket, string agentId, string reservationId)
    {
        if (ticket.Phase == TicketPhase.Assigned && ticket.ReservationId == reservationId && ticket.AgentId == agentId) return Decision.Nothing;
        if (ticket.Offer is not { } offer || offer.ReservationId != reservationId || offer.AgentId != agentId) return OfferGone;
        return Decision.That(new Accepted(reservationId, agentId) { Personal = new PersonalData(Name: offer.AgentName) });
    }

    /// <summary>The offer ends without an acceptance. <paramref name="agentId"/> is null when the system ends it.</summary>
    public static Decision EndOffer(Ticket ticket, string? agentId, string reservationId, ReservationState how, string? reason)
    {
        if (ticket.Offer is not { } offer || offer.ReservationId != reservationId || (agentId is not null && offer.AgentId != agentId)) return OfferGone;
        if (reason is { Length: > MaximumText }) return Decision.Refuse(RefusalCode.Invalid, $"A reason has at most {MaximumText} characters.", "reason");
        // What somebody typed must be erasable.
        return Decision.That(agentId is null
            ? new OfferEnded(reservationId, offer.AgentId, how, reason)
            : new OfferEnded(reservationId, offer.AgentId, how, null) { Personal = Note(reason) });
    }
}
