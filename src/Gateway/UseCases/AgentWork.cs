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

    /// <summary>The agent hands the ticket on.</summary>
    public async Task<Reply<TicketView>> Transfer(Caller caller, string ticketId, string? toQueue, string? toAgent, string? note)
    {
        if ((Check.Ticket(ticketId) ?? Check.OptionalId(toQueue, "toQueue") ?? Check.OptionalId(toAgent, "toAgent") ?? Check.Note(note, "note")) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).Transfer(new TransferTicket(caller.Id, toQueue, toAgent, note)));
    }

    /// <summary>The agent asks a colleague.</summary>
    public async Task<Reply<TicketView>> Consult(Caller caller, string ticketId, string consultId, string question, string? toQueue, string? toAgent)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(consultId, "consultId") ?? Check.Text(question, "question") ?? Check.OptionalId(toQueue, "toQueue") ?? Check.OptionalId(toAgent, "toAgent")) is { } no)
            return no;
        return await Answer(caller, Ticket(caller, ticketId).Consult(new ConsultColleague(caller.Id, consultId, question, toQueue, toAgent)));
    }

    /// <summary>The agent promises to come back.</summary>
    public async Task<Reply<TicketView>> Promise(Caller caller, string ticketId, DateTimeOffset dueAt, string? words)
    {
        if ((Check.Ticket(ticketId) ?? Check.Note(words, "words")) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).Promise(new MakePromise(caller.Id, dueAt, words)));
    }

    /// <summary>The agent writes for colleagues.</summary>
    public async Task<Reply<TicketView>> Note(Caller caller, string ticketId, string noteId, string text)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(noteId, "noteId") ?? Check.Text(text, "text")) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).Note(new WriteNote(noteId, caller.Id, text)));
    }

    private IAgentGrain Agent(Caller caller) => cluster.Grains.Agent(caller.Campus, caller.Id);

    private ITicketGrain Ticket(Caller caller, string ticketId) => cluster.Grains.Ticket(caller.Campus, ticketId);

    private async Task<Reply<TicketView>> Answer(Caller caller, Task<Outcome<TicketView>> command) =>
        (await cluster.Command(command)).Map(ticket => Visible.To(caller, ticket));
}
