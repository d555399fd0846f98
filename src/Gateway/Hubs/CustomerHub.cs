using CampusCare.Contracts.Customers;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Live;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Hubs;

/// <summary><c>/hubs/customer</c>: students, riders, merchants.</summary>
[Authorize(Access.Customers)]
internal sealed class CustomerHub(
    IHubContext<CustomerHub, ICustomerClient> hub, TicketWatches watches, IncidentBoards incidents, OpenContact contacts, WriteMessage messages, EndTicket endings, UseKnowledge knowledge, ReadTickets tickets, Calls calls, IOptions<GatewayOptions> options)
    : LiveHub<ICustomerClient>(watches, incidents, messages, calls, options)
{
    protected override ICustomerClient Client => hub.Clients.Client(Context.ConnectionId);

    /// <summary>Asks for help.</summary>
    public Task<Reply<ContactReceipt>> Open(ContactRequest contact) => contacts.Open(Caller, contact, Channel.Web);

    /// <summary>Rates a resolved ticket, which closes it.</summary>
    public Task<Reply<TicketView>> Rate(string ticketId, int stars, string? comment) => endings.Rate(Caller, ticketId, new RatingRequest(stars, comment));

    /// <summary>Whether the bot's answer helped, or that a person shall come.</summary>
    public Task<Reply<TicketView>> Judge(string ticketId, AnswerVerdict verdict) => knowledge.Judge(Caller, ticketId, verdict);

    /// <summary>It is solved, or no longer wanted.</summary>
    public Task<Reply<TicketView>> Close(string ticketId) => endings.Close(Caller, ticketId);

    /// <summary>Keeps the place in the line and goes: the agent calls back, on the phone when a number is given or known and asked for, else in the chat.</summary>
    public Task<Reply<TicketView>> KeepPlace(string ticketId, bool byPhone, string? phone) => endings.KeepPlace(Caller, ticketId, new HoldRequest(byPhone, phone));

    /// <summary>The caller's tickets, newest first.</summary>
    [Worth(Worth.Overview)]
    public Task<Reply<TicketSummary[]>> MyTickets() => tickets.Own(Caller);

    /// <summary>Where a ticket stands in its line.</summary>
    [Worth(Worth.Look)]
    public Task<Reply<QueuePlace>> Place(string ticketId) => tickets.Place(Caller, ticketId);
}
