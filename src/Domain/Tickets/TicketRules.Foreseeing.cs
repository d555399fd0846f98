using CampusCare.Domain.Orders;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tickets;

/// <summary>Tickets that nobody asked for: an order went wrong, and we write first.</summary>
public static partial class TicketRules
{
    /// <summary>
    /// Opens it as an answered one: the customer reads it, and whatever the customer says then is heard as after any answer.
    /// Nothing when there is a ticket: an order gets one.
    /// </summary>
    public static Decision Foresee(Ticket ticket, Contact contact, Category category, Route route, OrderFacts order, string language) => ticket.Phase != TicketPhase.New
        ? Decision.Nothing
        : Decision.That(
            new Opened(contact.ContactId, contact.CustomerId, contact.Role, Channel.Proactive, order.Number, category, 1, Urgency.Normal, Sentiment.Neutral, contact.Tier)
            {
                Personal = new PersonalData(contact.Text, contact.CustomerName),
            },
            Seen(order),
            new Answered(OrderTrouble.ArticleId, 1, language, 1, route.Queue));
}
