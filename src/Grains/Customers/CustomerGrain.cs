using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Journals;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;
using Orleans.Placement;

namespace CampusCare.Grains.Customers;

/// <inheritdoc cref="ICustomerGrain"/>
/// <remarks>It keeps nothing: being one turn at a time is what makes two contacts about the same order meet.</remarks>
[PreferLocalPlacement]
public sealed partial class CustomerGrain(ITicketReadModel tickets, IStaffJournal staff, TimeProvider time) : Grain, ICustomerGrain
{
    /// <summary>How many tickets a history shows.</summary>
    public const int MaximumHistory = 50;

    public async Task<Outcome<Receipt>> Contact(OpenTicket contact)
    {
        var (campus, customerId) = GrainKeys.Split(this.GetPrimaryKeyString());
        if (contact.Customer.Id != customerId)
            throw new InvalidOperationException($"A contact of {contact.Customer.Id} came to customer {customerId}.");

        var own = TicketIds.For(campus, customerId, contact.ContactId);
        if (contact.ReplyTo is not null) return await ContactFromOutside(campus, contact, own);
        // A call takes an agent alone: it never joins what is no call.
        if (contact.Channel != Channel.Voice && contact.OrderNumber is { Length: > 0 } order && await OpenTicketAbout(campus, customerId, order, own) is { } known)
        {
            var joined = await GrainFactory.Ticket(campus, known)
                .Post(new PostMessage(contact.ContactId, Author.Customer, customerId, contact.Text));
            if (joined.Value is { } ticket) return new Receipt(ticket, null);
            if (joined.Refusal!.Code != RefusalCode.TicketClosed) return joined.Refusal;
        }
        return await GrainFactory.Ticket(campus, own).Open(contact);
    }

    public async Task<Outcome<TicketView>> Foresee(TroubledOrder order)
    {
        var (campus, customerId) = GrainKeys.Split(this.GetPrimaryKeyString());
        // No client's contact id has a space.
        var own = TicketIds.For(campus, customerId, $"order {order.Number}");
        var asked = await OpenTicketAbout(campus, customerId, order.Number, own);
        return asked is null ? await GrainFactory.Ticket(campus, own).Foresee(order) : await GrainFactory.Ticket(campus, asked).Get();
    }

    public async Task<ImmutableArray<TicketSummary>> Tickets(TicketSummary? after)
    {
        var (campus, customerId) = GrainKeys.Split(this.GetPrimaryKeyString());
        var rows = await tickets.OfCustomer(campus, customerId, MaximumHistory, after is null ? null : new TicketMark(after.OpenedAt, after.TicketId));
        return [.. rows.Select(Summary)];
    }

    public async Task<ImmutableArray<TicketSummary>> TicketsAfter(string? ticketId, int limit)
    {
        var (campus, customerId) = GrainKeys.Split(this.GetPrimaryKeyString());
        var after = ticketId is null ? null : await tickets.Find(campus, ticketId);
        if (ticketId is not null && after?.CustomerId != customerId) return [];
        var rows = await tickets.OfCustomer(campus, customerId, limit, after is null ? null : new TicketMark(after.OpenedAt, after.TicketId));
        return [.. rows.Select(Summary)];
    }

    public Task Record(DataRequest request)
    {
        var (campus, customerId) = GrainKeys.Split(this.GetPrimaryKeyString());
        return staff.Append(StaffEventCodec.Encode(campus, null, new DataRequested(customerId, request.Kind, request.By), time.GetUtcNow()));
    }

    // Null when the order has no open ticket, or when this very contact opened it (then opening again is a repetition).
    private async Task<string?> OpenTicketAbout(string campus, string customerId, string order, string own)
    {
        var open = (await tickets.OpenOfOrder(campus, order)).Where(row => row.CustomerId == customerId).ToList();
        return open.Any(row => row.TicketId == own) ? null : open.FirstOrDefault()?.TicketId;
    }

    private static TicketSummary Summary(TicketRow row) => new(
        row.TicketId,
        TicketViews.PhaseOf(row),
        Enum.Parse<Category>(row.Category, ignoreCase: true), row.Subject, row.OrderNumber, row.OpenedAt, row.Rating, row.ErasedAt, TicketViews.ChannelOf(row));
}
