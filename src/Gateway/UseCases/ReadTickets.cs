using System.Runtime.InteropServices;
using CampusCare.Contracts;
using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What callers may read of tickets: customers their own, staff those of their campus.</summary>
internal sealed class ReadTickets(Cluster cluster)
{
    private static readonly Problem NotYours = ProblemOf.NotFound("There is no such ticket.");

    private static readonly Problem NotWaiting =
        ProblemOf.Refusal(RefusalCode.NotWaiting, "The ticket doesn't wait any more: it is with an agent, resolved or closed.");

    /// <summary>The ticket as it stands.</summary>
    public async Task<Reply<TicketView>> Get(Caller caller, string ticketId) =>
        (await Find(caller, ticketId)).Map(ticket => Visible.To(caller, ticket));

    /// <summary>The ticket and its events after a seq.</summary>
    public async Task<Reply<TicketHistory>> History(Caller caller, string ticketId, long afterSeq)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Seq(afterSeq, "after")) is { } no) return no;
        var (campus, id) = caller.Ticket(ticketId);
        var reply = await cluster.Read(cluster.Grains.Ticket(campus, id).History(afterSeq));
        if (reply.Value is { } history && !MayRead(caller, history.Ticket)) return NotYours;
        return reply.Map(history => Visible.To(caller, history));
    }

    /// <summary>For staff: why the ticket waited, and why it went to whom.</summary>
    public async Task<Reply<RoutingStory>> Story(Caller caller, string ticketId) =>
        (await History(caller, ticketId, 0)).Map(RoutingStoryteller.Of);

    /// <summary>Where the ticket stands in its line.</summary>
    public async Task<Reply<QueuePlace>> Place(Caller caller, string ticketId)
    {
        var found = await Find(caller, ticketId);
        if (found.Value is not { } ticket) return found.Problem!;
        if (ticket.Phase is not (TicketPhase.Waiting or TicketPhase.Offered)) return NotWaiting;
        return await cluster.Read(
            cluster.Grains.Queue(ticket.Campus, ticket.Queue).PlacesOf([ticket.TicketId]),
            static places => places is [var place] ? place : (Reply<QueuePlace>)NotWaiting);
    }

    /// <summary>The calling customer's tickets, newest first.</summary>
    public Task<Reply<TicketSummary[]>> Own(Caller caller) => OfCustomer(caller.Campus, caller.Id);

    /// <summary>The same, page by page: those after one of them, or the newest.</summary>
    public Task<Reply<TicketSummary[]>> Own(Caller caller, string? after, int limit) => OfCustomer(caller.Campus, caller.Id, after, limit);

    /// <summary>For staff: a customer's tickets on all channels, page by page.</summary>
    public async Task<Reply<TicketSummary[]>> OfSomebody(Caller caller, string customerId, string? after, int limit)
    {
        if (!Check.IsId(customerId)) return NobodyKnown;
        var reply = await OfCustomer(caller.Campus, customerId, after, limit);
        return after is null && reply.Value is [] ? NobodyKnown : reply;
    }

    private static readonly Problem NobodyKnown = ProblemOf.NotFound("Nothing is known of such a customer.");

    private Task<Reply<TicketSummary[]>> OfCustomer(string campus, string customerId, string? after, int limit) => cluster.Read(
        cluster.Grains.Customer(campus, customerId).TicketsAfter(after, limit),
        static tickets => (Reply<TicketSummary[]>)ImmutableCollectionsMarshal.AsArray(tickets)!);

    /// <summary>For staff: all tickets of a ticket's customer, newest first.</summary>
    public async Task<Reply<TicketSummary[]>> OfTheSameCustomer(Caller caller, string ticketId)
    {
        var found = await Find(caller, ticketId);
        if (found.Value is not { } ticket) return found.Problem!;
        return ticket.Campus == caller.Campus ? await OfCustomer(caller.Campus, ticket.Customer.Id) : Array.Empty<TicketSummary>();
    }

    private Task<Reply<TicketSummary[]>> OfCustomer(string campus, string customerId) =>
        cluster.Read(cluster.Grains.Customer(campus, customerId).Tickets(), static tickets => (Reply<TicketSummary[]>)ImmutableCollectionsMarshal.AsArray(tickets)!);

    private async Task<Reply<TicketView>> Find(Caller caller, string ticketId)
    {
        if (Check.Ticket(caller, ticketId) is { } no) return no;
        var (campus, id) = caller.Ticket(ticketId);
        var reply = await cluster.Read(cluster.Grains.Ticket(campus, id).Get());
        return reply.Value is { } ticket && !MayRead(caller, ticket) ? NotYours : reply;
    }

    // An agent who is lent sees the ticket at hand, and nothing else of that campus.
    private static bool MayRead(Caller caller, TicketView ticket) => ticket.Campus == caller.Campus
        ? !caller.IsCustomer || ticket.Customer.Id == caller.Id
        : !caller.IsCustomer && ticket.AgentId == caller.NameOn(ticket.Campus);
}
