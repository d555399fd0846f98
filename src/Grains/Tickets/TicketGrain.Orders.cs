using CampusCare.Contracts;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Orders;

namespace CampusCare.Grains.Tickets;

/// <summary>
/// The ticket's order: asked for when the contact comes, and waited for a moment only. What comes later is a hint to the
/// ticket itself, so that a slow order system delays nobody.
/// </summary>
public sealed partial class TicketGrain
{
    /// <summary>How long a contact waits for the order system.</summary>
    public static readonly TimeSpan OrderPatience = TimeSpan.FromMilliseconds(150);

    public async Task OrderFound(OrderView order) => await Hear(ticket => TicketRules.SeeOrder(ticket, order.Facts()));

    private Task<OrderFacts?> OrderOf(Contact contact, Category category)
    {
        var number = contact.OrderNumber ?? OrderQuestions.NumberIn(contact.Text);
        return !orders.IsThere || contact.ConsultationOf is not null || (number is null && !OrderQuestions.IsAboutOrder(category))
            ? Task.FromResult<OrderFacts?>(null)
            : InTime(orders.Find(new OrderQuestion(_campus, contact.CustomerId, contact.Role, number)), contact.Role, contact.CustomerId);
    }

    // The same order as it stands now, for a customer who asks where it is.
    private Task<OrderFacts?> OrderAgain(string text)
    {
        var state = _ticket.State;
        return state.Order is not { IsOver: false } order || !OrderQuestions.AsksWhere(text)
            ? Task.FromResult(state.Order)
            : InTime(orders.Find(new OrderQuestion(_campus, state.CustomerId, state.Role, order.Number)), state.Role, state.CustomerId);
    }

    // A later word may name the order; and whatever was not to be had before, or got lost, is asked for again. Nobody waits.
    private void LookLater(string text)
    {
        var state = _ticket.State;
        if (!orders.IsThere || state.Order is not null || state.Phase is TicketPhase.New or TicketPhase.Closed || state.ConsultationOf is not null) return;
        var number = OrderQuestions.NumberIn(text) ?? state.OrderNumber;
        if (number is null && !OrderQuestions.IsAboutOrder(state.Category)) return;
        _ = Learn(orders.Find(new OrderQuestion(_campus, state.CustomerId, state.Role, number)));
    }

    private async Task<OrderFacts?> InTime(Task<OrderFacts?> finding, CustomerRole role, string customerId)
    {
        try
        {
            return await finding.WaitAsync(OrderPatience, time) is { } order && order.IsOf(role, customerId) && order.Fault() is null ? order : null;
        }
        catch (TimeoutException)
        {
            _ = Learn(finding);
            return null;
        }
    }

    private async Task Learn(Task<OrderFacts?> finding)
    {
        if (await finding is { } order) _ = GrainFactory.Ticket(_campus, _id).OrderFound(order.View());
    }
}
