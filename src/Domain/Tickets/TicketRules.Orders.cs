using CampusCare.Domain.Orders;

namespace CampusCare.Domain.Tickets;

/// <summary>What the order system says about a ticket's order.</summary>
public static partial class TicketRules
{
    /// <summary>How often a ticket takes down how its order stands.</summary>
    public const int MaximumOrderLooks = 20;

    /// <summary>Takes down how the order stands, unless it is nobody's here, or nothing is new.</summary>
    public static Decision SeeOrder(Ticket ticket, OrderFacts order) =>
        ticket.Phase is TicketPhase.New or TicketPhase.Closed || ticket.ErasedAt is not null || !MaySee(ticket, order, ticket.Role, ticket.CustomerId)
            ? Decision.Nothing
            : Decision.That(Seen(order));

    private static bool MaySee(Ticket ticket, OrderFacts order, CustomerRole role, string customerId) =>
        order.IsOf(role, customerId) && order.Fault() is null && ticket.OrderLooks < MaximumOrderLooks && (ticket.Order is not { } known || IsNews(known, order));

    private static bool IsNews(OrderFacts known, OrderFacts order) => order.ReadAt >= known.ReadAt && order with { ReadAt = known.ReadAt } != known;

    // Whose name or place it is stands in the part that can be erased.
    private static OrderSeen Seen(OrderFacts order) => new(order with { Rider = null, RiderAt = null, Place = null })
    {
        Personal = new PersonalData(Order: new OrderPersons(order.Rider, order.RiderAt, order.Place)),
    };
}
