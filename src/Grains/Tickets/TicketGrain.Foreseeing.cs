using CampusCare.Contracts;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Remedies;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Orders;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>
/// An order went wrong and its customer has not asked. Policy is looked at first, so that nobody is written to who is given
/// nothing; then the ticket is opened, and what is given goes the way of every remedy: the order's facts are news.
/// </summary>
public sealed partial class TicketGrain
{
    private static readonly Refusal NoSuchOrder = new(RefusalCode.NotFound, "The order system doesn't know this order of this customer, or can't be asked now. Try again later.");
    private static readonly Refusal NotBeforeAsked = new(RefusalCode.NoRemedy, "This campus gives nothing before somebody asks: set `proactive` in its remedy policy first.");
    private static readonly Refusal NothingWrong = new(RefusalCode.NoRemedy, "Nothing is wrong with this order by its facts. Tell again when there is.");

    public async Task<Outcome<TicketView>> Foresee(TroubledOrder order)
    {
        await Read();
        if (_ticket.State.Phase != TicketPhase.New) return _ticket.View;
        if (await GrainFactory.Campus(_campus).Settings() is not { } campus) return Unknown;
        if (campus.Remedies is not { Proactive: true } || !remedies.IsThere || !orders.IsThere) return NotBeforeAsked;
        if (await orders.Find(new OrderQuestion(_campus, order.CustomerId, CustomerRole.Student, order.Number)) is not { } facts || !facts.IsOf(CustomerRole.Student, order.CustomerId) || facts.Fault() is not null) return NoSuchOrder;
        var now = time.GetUtcNow();
        if (OrderTrouble.CategoryOf(OrderAnomalies.Find(facts, now)) is not { } category) return NothingWrong;
        var look = await GrainFactory.RemedyAccount(_campus, order.CustomerId).Ask(
            new RemedyQuestion(_id, TicketRules.RemedyKey(_id, 0), CustomerRole.Student, category, 0, facts.View(), RemedyAuthority.Automatic, Nothing));
        if (look.Rule is null || look.Needs != RemedyAuthority.Automatic) return Refused(TicketRules.NoRemedy(look.Reason));

        var contact = new Contact($"order {facts.Number}", order.CustomerId, order.Name, CustomerRole.Student, null, Channel.Proactive, OrderTrouble.Words(facts, now, order.Language), facts.Number);
        var route = await RouteTo(campus, contact, category);
        return await Do(ticket => TicketRules.Foresee(ticket, contact, category, route, facts, order.Language)) is { } no ? no : _ticket.View;
    }
}
