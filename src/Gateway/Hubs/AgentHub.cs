using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Customers;
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

/// <summary><c>/hubs/agent</c>: those who answer.</summary>
[Authorize(Access.Agents)]
internal sealed class AgentHub(
    IHubContext<AgentHub, IAgentClient> hub, TicketWatches watches, IncidentBoards incidents, AgentDesks desks, AgentWork work, UseRemedies remedies, WriteMessage messages, ReadTickets tickets, Calls calls, IOptions<GatewayOptions> options)
    : LiveHub<IAgentClient>(watches, incidents, messages, calls, options)
{
    protected override IAgentClient Client => hub.Clients.Client(Context.ConnectionId);

    protected override Action<LiveConnection> Refresh => base.Refresh + desks.Refresh;

    /// <summary>The desk with offers and tickets, and from then on each change of it.</summary>
    public Task<Reply<AgentDesk>> Desk() => desks.Attend(Connection);

    /// <summary>Says what the agent does now; a reason goes with Break, Training and Offline.</summary>
    public Task<Reply<AgentDesk>> SetStatus(AgentStatus status, string? reason) => work.SetStatus(Caller, status, reason);

    /// <summary>Takes an offer.</summary>
    public Task<Reply<TicketView>> Accept(string ticketId, string reservationId) => work.Accept(Caller, ticketId, reservationId);

    /// <summary>Declines an offer.</summary>
    public Task<Reply<TicketView>> Reject(string ticketId, string reservationId, string? reason) => work.Reject(Caller, ticketId, reservationId, reason);

    /// <summary>Declares the matter solved; without a disposition the after-contact work stays open.</summary>
    public Task<Reply<TicketView>> Resolve(string ticketId, string? disposition, string? note) => work.Resolve(Caller, ticketId, disposition, note);

    /// <summary>Ends the after-contact work.</summary>
    public Task<Reply<TicketView>> WrapUp(string ticketId, string disposition, string? note) => work.WrapUp(Caller, ticketId, disposition, note);

    /// <summary>Hands the ticket to a queue, or to an agent; it waits there at the head.</summary>
    public Task<Reply<TicketView>> Transfer(string ticketId, string? toQueue, string? toAgent, string? note) => work.Transfer(Caller, ticketId, toQueue, toAgent, note);

    /// <summary>Asks a queue, or an agent, and keeps the ticket. The same consultId asks once; the answer comes with the ticket's events.</summary>
    public Task<Reply<TicketView>> Consult(string ticketId, string consultId, string question, string? toQueue, string? toAgent) =>
        work.Consult(Caller, ticketId, consultId, question, toQueue, toAgent);

    /// <summary>Promises the customer to come back by a time; the next word to the customer keeps it.</summary>
    public Task<Reply<TicketView>> Promise(string ticketId, DateTimeOffset dueAt, string? words) => work.Promise(Caller, ticketId, dueAt, words);

    /// <summary>The customer's phone number in full, to call back; the ticket's journal says who looked.</summary>
    public Task<Reply<PhoneNumber>> ShowPhone(string ticketId) => work.ShowPhone(Caller, ticketId);

    /// <summary>Writes for colleagues only. The same noteId is stored once.</summary>
    public Task<Reply<TicketView>> Note(string ticketId, string noteId, string text) => work.Note(Caller, ticketId, noteId, text);

    /// <summary>Grants what the ticket's proposedRemedies say, by its rule; what needs a second person waits for one. Granted once, however often it is said.</summary>
    public Task<Reply<TicketView>> GrantRemedy(string ticketId, string rule) => remedies.Grant(Caller, ticketId, new RemedyRequest(rule));

    /// <summary>Takes back what waits for approval.</summary>
    public Task<Reply<TicketView>> TakeRemedyBack(string ticketId, string remedyId) => remedies.TakeBack(Caller, ticketId, remedyId);

    /// <summary>All tickets of a ticket's customer, newest first.</summary>
    [Worth(Worth.Overview)]
    public Task<Reply<TicketSummary[]>> CustomerTickets(string ticketId) => tickets.OfTheSameCustomer(Caller, ticketId);

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        desks.Leave(Connection);
        return base.OnDisconnectedAsync(exception);
    }
}
