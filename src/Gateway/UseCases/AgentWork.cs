using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>What an agent does at the desk. Whose ticket and whose offer it is, the grains decide by the caller's id.</summary>
internal sealed class AgentWork(Cluster cluster, AuditTrail trail)
{
    /// <summary>The agent with offers and tickets.</summary>
    public async Task<Reply<AgentDesk>> Desk(Caller caller) =>
        (await cluster.Read(Agent(caller).Desk())).Map(Visible.ToStaff);

    /// <summary>The agent says what the agent does now.</summary>
    public async Task<Reply<AgentDesk>> SetStatus(Caller caller, AgentStatus status, string? reason)
    {
        if (Check.Note(reason, "reason") is { } no) return no;
        var reply = await cluster.Command(Agent(caller).SetStatus(new SetStatus(status, reason)));
        return (await trail.Keep(caller, AuditActions.StatusSet, "", status.ToString(), reply)).Map(Visible.ToStaff);
    }

    /// <summary>The agent takes an offer.</summary>
    public async Task<Reply<TicketView>> Accept(Caller caller, string ticketId, string reservationId)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Id(reservationId, "reservationId")) is { } no) return no;
        return await Answer(caller, ticketId, Ticket(caller, ticketId).Accept(new AnswerOffer(Me(caller, ticketId), reservationId)));
    }

    /// <summary>The agent declines an offer.</summary>
    public async Task<Reply<TicketView>> Reject(Caller caller, string ticketId, string reservationId, string? reason)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Id(reservationId, "reservationId") ?? Check.Note(reason, "reason")) is { } no) return no;
        return await Answer(caller, ticketId, Ticket(caller, ticketId).Reject(new AnswerOffer(Me(caller, ticketId), reservationId, reason)));
    }

    /// <summary>The agent declares the matter solved; without a disposition the after-contact work stays open.</summary>
    public async Task<Reply<TicketView>> Resolve(Caller caller, string ticketId, string? disposition, string? note)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.OptionalId(disposition, "disposition") ?? Check.Note(note, "note")) is { } no) return no;
        return await Answer(caller, ticketId, Ticket(caller, ticketId).Resolve(new ResolveTicket(Me(caller, ticketId), disposition, note)));
    }

    /// <summary>The agent ends the after-contact work.</summary>
    public async Task<Reply<TicketView>> WrapUp(Caller caller, string ticketId, string? disposition, string? note)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Id(disposition, "disposition") ?? Check.Note(note, "note")) is { } no) return no;
        return await Answer(caller, ticketId, Ticket(caller, ticketId).WrapUp(new ResolveTicket(Me(caller, ticketId), disposition, note)));
    }

    /// <summary>The agent hands the ticket on.</summary>
    public async Task<Reply<TicketView>> Transfer(Caller caller, string ticketId, string? toQueue, string? toAgent, string? note)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.OptionalId(toQueue, "toQueue") ?? Check.OptionalId(toAgent, "toAgent") ?? Check.Note(note, "note")) is { } no) return no;
        var reply = await Answer(caller, ticketId, Ticket(caller, ticketId).Transfer(new TransferTicket(Me(caller, ticketId), toQueue, toAgent, note)));
        return await trail.Keep(caller, AuditActions.TicketTransferred, ticketId, toAgent ?? toQueue ?? "", reply);
    }

    /// <summary>The agent asks a colleague.</summary>
    public async Task<Reply<TicketView>> Consult(Caller caller, string ticketId, string consultId, string question, string? toQueue, string? toAgent)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Id(consultId, "consultId") ?? Check.Text(question, "question") ?? Check.OptionalId(toQueue, "toQueue") ?? Check.OptionalId(toAgent, "toAgent")) is { } no)
            return no;
        return await Answer(caller, ticketId, Ticket(caller, ticketId).Consult(new ConsultColleague(Me(caller, ticketId), consultId, question, toQueue, toAgent)));
    }

    /// <summary>The agent promises to come back.</summary>
    public async Task<Reply<TicketView>> Promise(Caller caller, string ticketId, DateTimeOffset dueAt, string? words)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Note(words, "words")) is { } no) return no;
        return await Answer(caller, ticketId, Ticket(caller, ticketId).Promise(new MakePromise(Me(caller, ticketId), dueAt, words)));
    }

    /// <summary>The agent writes for colleagues.</summary>
    public async Task<Reply<TicketView>> Note(Caller caller, string ticketId, string noteId, string text)
    {
        if ((Check.Ticket(caller, ticketId) ?? Check.Id(noteId, "noteId") ?? Check.Text(text, "text")) is { } no) return no;
        return await Answer(caller, ticketId, Ticket(caller, ticketId).Note(new WriteNote(noteId, Me(caller, ticketId), text)));
    }

    /// <summary>The agent looks at the phone number, on record.</summary>
    public async Task<Reply<PhoneNumber>> ShowPhone(Caller caller, string ticketId)
    {
        if (Check.Ticket(caller, ticketId) is { } no) return no;
        var reply = await cluster.Command(Veiled(caller, ticketId, Ticket(caller, ticketId).ShowPhone(Me(caller, ticketId))));
        return await trail.Keep(caller, AuditActions.PhoneShown, ticketId, "", reply);
    }

    private IAgentGrain Agent(Caller caller) => cluster.Grains.Agent(caller.Campus, caller.Id);

    private ITicketGrain Ticket(Caller caller, string ticketId) => cluster.Grains.Ticket(caller.Ticket(ticketId).Campus, caller.Ticket(ticketId).Id);

    private static string Me(Caller caller, string ticketId) => caller.NameOn(caller.Ticket(ticketId).Campus);

    private async Task<Reply<TicketView>> Answer(Caller caller, string ticketId, Task<Outcome<TicketView>> command) =>
        (await cluster.Command(Veiled(caller, ticketId, command))).Map(ticket => Visible.To(caller, ticket));

    // Another campus's ticket that isn't in the caller's hands does not exist.
    internal static async Task<Outcome<T>> Veiled<T>(Caller caller, string ticketId, Task<Outcome<T>> command) where T : class
    {
        var outcome = await command;
        return caller.Ticket(ticketId).Campus != caller.Campus && outcome.Refusal is { Code: RefusalCode.NotYourTicket or RefusalCode.OfferGone }
            ? new Refusal(RefusalCode.NotFound, "There is no such ticket.")
            : outcome;
    }
}
