using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>A word to the agent alone.</summary>
/// <param name="WhisperId">Chosen by the client, 1–64 visible ASCII characters; the same id is stored once.</param>
/// <param name="Text">1–4,000 characters.</param>
public sealed record WhisperRequest(string? WhisperId, string? Text);

/// <summary>Who gets a conversation that is taken from its agent.</summary>
/// <param name="ToQueue">A queue; null with ToAgent null: the supervisor.</param>
/// <param name="ToAgent">An agent.</param>
/// <param name="Note">Why, for colleagues; at most 4,000 characters.</param>
public sealed record TakeOverRequest(string? ToQueue = null, string? ToAgent = null, string? Note = null);

/// <summary>
/// What supervisors do in their campus's conversations. Each act is in the ticket's journal and in the audit log. The
/// grains check the campus once more.
/// </summary>
internal sealed class Supervise(Cluster cluster, AuditTrail trail, RateLimits limits)
{
    /// <summary>The supervisor begins to read along.</summary>
    public async Task<Reply<TicketView>> Listen(Caller caller, string ticketId) =>
        Check.Ticket(ticketId) ?? await Keep(caller, AuditActions.ConversationListened, ticketId, "", Ticket(caller, ticketId).Listen(Me(caller)));

    /// <summary>The supervisor writes to the agent alone.</summary>
    public async Task<Reply<TicketView>> Whisper(Caller caller, string ticketId, WhisperRequest whisper)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(whisper.WhisperId, "whisperId") ?? Check.Text(whisper.Text, "text") ?? limits.Write(caller)) is { } no) return no;
        var command = new WhisperToAgent(Me(caller), whisper.WhisperId!, whisper.Text!);
        return await Keep(caller, AuditActions.ConversationWhispered, ticketId, whisper.WhisperId!, Ticket(caller, ticketId).Whisper(command));
    }

    /// <summary>The supervisor joins, and the customer sees it.</summary>
    public async Task<Reply<TicketView>> Join(Caller caller, string ticketId) =>
        Check.Ticket(ticketId) ?? await Keep(caller, AuditActions.ConversationJoined, ticketId, "", Ticket(caller, ticketId).Join(Me(caller)));

    /// <summary>The supervisor leaves.</summary>
    public async Task<Reply<TicketView>> Leave(Caller caller, string ticketId) =>
        Check.Ticket(ticketId) ?? await Keep(caller, AuditActions.ConversationLeft, ticketId, "", Ticket(caller, ticketId).Leave(Me(caller)));

    /// <summary>The supervisor takes the conversation from its agent, or gives it to somebody else.</summary>
    public async Task<Reply<TicketView>> TakeOver(Caller caller, string ticketId, TakeOverRequest to)
    {
        if ((Check.Ticket(ticketId) ?? Check.OptionalId(to.ToQueue, "toQueue") ?? Check.OptionalId(to.ToAgent, "toAgent") ?? Check.Note(to.Note, "note")) is { } no) return no;
        var command = new TakeOverTicket(Me(caller), to.ToQueue, to.ToAgent, to.Note);
        return await Keep(caller, AuditActions.ConversationTakenOver, ticketId, to.ToAgent ?? to.ToQueue ?? "", Ticket(caller, ticketId).TakeOver(command));
    }

    /// <summary>A supervisor who joined, or took over, writes to the customer.</summary>
    public async Task<Reply<TicketView>> Post(Caller caller, string ticketId, MessageRequest message)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(message.MessageId, "messageId") ?? Check.Text(message.Text, "text") ?? limits.Write(caller)) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).Post(new PostMessage(message.MessageId!, Author.Supervisor, caller.Id, message.Text!)));
    }

    /// <summary>A supervisor who took over solved it.</summary>
    public async Task<Reply<TicketView>> Resolve(Caller caller, string ticketId, string? disposition, string? note)
    {
        if ((Check.Ticket(ticketId) ?? Check.Id(disposition, "disposition") ?? Check.Note(note, "note")) is { } no) return no;
        return await Answer(caller, Ticket(caller, ticketId).Resolve(new ResolveTicket(caller.Id, disposition, note)));
    }

    /// <summary>The caller, as grains know supervisors.</summary>
    public static SupervisorRef Me(Caller caller) => new(caller.Campus, caller.Id, caller.Name);

    private ITicketGrain Ticket(Caller caller, string ticketId) => cluster.Grains.Ticket(caller.Campus, ticketId);

    private async Task<Reply<TicketView>> Keep(Caller caller, string action, string ticketId, string detail, Task<Outcome<TicketView>> command) =>
        await trail.Keep(caller, action, ticketId, detail, await Answer(caller, command));

    private async Task<Reply<TicketView>> Answer(Caller caller, Task<Outcome<TicketView>> command) =>
        (await cluster.Command(command)).Map(ticket => Visible.To(caller, ticket));
}
