using System.Collections.Immutable;
using CampusCare.Contracts.Tickets;

namespace CampusCare.Contracts.Customers;

/// <summary>A customer: decides where a new contact belongs, and knows the customer's tickets.</summary>
[Alias("Customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Takes a contact. One about an order with an open ticket joins that ticket; any other opens its own.</summary>
    Task<Outcome<Receipt>> Contact(OpenTicket contact);

    /// <summary>
    /// An order of the customer went wrong: what policy gives without a person is given, and the customer is written to, once
    /// for an order; unless the customer asked already, whose ticket is the answer then.
    /// </summary>
    Task<Outcome<TicketView>> Foresee(TroubledOrder order);

    /// <summary>The customer's tickets, newest first, at most 50; those opened before <paramref name="after"/>, when it is given.</summary>
    Task<ImmutableArray<TicketSummary>> Tickets(TicketSummary? after = null);

    /// <summary>Those after one of them in that order, or the newest; none after a ticket that isn't the customer's.</summary>
    Task<ImmutableArray<TicketSummary>> TicketsAfter(string? ticketId, int limit);

    /// <summary>Puts on record who asked for the customer's data, or for their erasure.</summary>
    Task Record(DataRequest request);
}

/// <summary>An order that went wrong, as the campus tells it. What is wrong is asked of the order system.</summary>
/// <param name="Number">The order.</param>
/// <param name="CustomerId">Who ordered it.</param>
/// <param name="Name">The customer's name; empty when it isn't told.</param>
/// <param name="Language">In which language to write: <c>zh</c> or <c>en</c>.</param>
[GenerateSerializer, Immutable, Alias("TroubledOrder")]
public sealed record TroubledOrder([property: Id(0)] string Number, [property: Id(1)] string CustomerId, [property: Id(2)] string Name, [property: Id(3)] string Language);

/// <summary>Somebody asks for all data of a customer.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Kind">What for.</param>
[GenerateSerializer, Immutable, Alias("DataRequest")]
public sealed record DataRequest([property: Id(0)] string By, [property: Id(1)] Domain.DataRequestKind Kind);

/// <summary>A line of the customer's history, whatever the channel.</summary>
[GenerateSerializer, Immutable, Alias("TicketSummary")]
public sealed record TicketSummary(
    [property: Id(0)] string TicketId,
    [property: Id(1)] Domain.TicketPhase Phase,
    [property: Id(2)] Domain.Triage.Category Category,
    [property: Id(3)] string Subject,
    [property: Id(4)] string? OrderNumber,
    [property: Id(5)] DateTimeOffset OpenedAt,
    [property: Id(6)] int? Stars,
    [property: Id(7)] DateTimeOffset? ErasedAt = null,
    [property: Id(8)] Domain.Channel Channel = default);
