using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What an agent does at the desk. Whose ticket and whose offer it is, the grains decide by the caller's id.</summary>
internal sealed class AgentWork(Cluster cluster)
{
    /// <summary>The agent with offers and tickets.</summary>
    public async Task<Reply<AgentDesk>> Desk(Caller caller) =>
        (await cluster.Read(Agent(caller).Desk())).Map(Visible.ToStaff);

    /// <summary>The agent says what the agent does now.</summary>
    public async Task<Reply<AgentDesk>> SetStatus(Caller caller, AgentStatus status, string? reason)
    {
        if (Check.Note(reason, "reason") is { } no) return no;
        return (await cluster.Command(Agent(caller).SetStatus(new SetStatus(status, reason)))).Map(Visible.ToStaff);
    }

    /// <summary>The agent takes an offer.</summary>
    public async Task<Reply<TicketView>> Accept(Caller caller, string ticketId, string reservationId)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(reservationId, "reservationId")) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).Accept(new AnswerOffer(caller.Id, reservationId)));
    }

    /// <summary>The agent declines an offer.</summary>
    public async Task<Reply<TicketView>> Reject(Caller caller, string ticketId, string reservationId, string? reason)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(reservationId, "reservationId") ?? Check.Note(reason, "reason")) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).Reject(new AnswerOffer(caller.Id, reservationId, reason)));
    }

    /// <summary>The agent declares the matter solved; without a disposition the after-contact work stays open.</summary>
    public async Task<Reply<TicketView>> Resolve(Caller caller, string ticketId, string? disposition, string? note)
    {
        if ((Check.Ticket(ticketId) ?? Check.OptionalId(disposition, "disposition") ?? Check.Note(note, "note")) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).Resolve(new ResolveTicket(caller.Id, disposition, note)));
    }

    /// <summary>The agent ends the after-contact work.</summary>
    public async Task<Reply<TicketView>> WrapUp(Caller caller, string ticketId, string? disposition, string? note)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(disposition, "disposition") ?? Check.Note(note, "note")) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).WrapUp(new ResolveTicket(caller.Id, disposition, note)));
    }

    private IAgentGrain Agent(Caller caller) => cluster.Grains.Agent(caller.Campus, caller.Id);

    private ITicketGrain Ticket(Caller caller, string ticketId) => cluster.Grains.Ticket(caller.Campus, ticketId);

    private async Task<Reply<TicketView>> Answer(Caller caller, Task<Outcome<TicketView>> command) =>
        (await cluster.Command(command)).Map(ticket => Visible.To(caller, ticket));
}
