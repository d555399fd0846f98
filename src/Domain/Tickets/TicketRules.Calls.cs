namespace CampusCare.Domain.Tickets;

/// <summary>
/// The sound of a call. What browsers tell each other to connect is passed on and never kept; that it connected, was held,
/// dropped or ended is an event.
/// </summary>
public static partial class TicketRules
{
    /// <summary>
    /// Why somebody may not pass anything on in a call; null: may. In it are its customer, its agent of now, and supervisors
    /// who listen, which is on record.
    /// </summary>
    public static Decision? NotInCall(Ticket ticket, Author side, string id)
    {
        var isIn = Side(ticket, side, id) switch
        {
            Author.Customer => ticket.CustomerId == id,
            Author.Supervisor => ticket.ListenedBy.Contains(id),
            _ => ticket.AgentId == id && ticket.Phase is not (TicketPhase.Waiting or TicketPhase.Offered),
        };
        if (!isIn) return side switch { Author.Customer => NotFound, Author.Supervisor => NotListening, _ => NotYours };
        return ticket.Phase == TicketPhase.Assigned && Media.Of(ticket.Channel) == Medium.Call ? null : NoCall;
    }

    /// <summary>Something happened to the sound. What is so already decides nothing.</summary>
    public static Decision MoveCall(Ticket ticket, Author side, string id, CallStep step, string? name = null)
    {
        if (NotInCall(ticket, side, id) is { } no) return no;
        side = Side(ticket, side, id);
        if ((side == Author.Supervisor) != (step == CallStep.Whispered)) return OnlyTheOthers;
        if (step == CallStep.Ended) return HangUp(ticket, side, id);
        if (side == Author.Customer && step != CallStep.Dropped) return OnlyTheOthers;
        if (ticket.Call is { Steps: >= CallSound.MaximumSteps }) return Decision.Nothing;
        var happens = step switch
        {
            CallStep.Connected => ticket.Call is not { IsOn: true },
            CallStep.Held => ticket.Call?.State == CallState.Connected,
            CallStep.Resumed => ticket.Call?.State == CallState.Held,
            _ => ticket.Call is { IsOn: true },
        };
        return happens ? Decision.That(new CallMoved(step, side, id) { Personal = name is null ? null : new PersonalData(Name: name) }) : Decision.Nothing;
    }

    // Who took a call over is its agent.
    private static Author Side(Ticket ticket, Author side, string id) =>
        side == Author.Supervisor && ticket.AgentId == id && ticket.Phase is not (TicketPhase.Waiting or TicketPhase.Offered) ? Author.Agent : side;

    // Either side hangs up, and the agent has the after-contact work to do, as after any conversation.
    private static Decision HangUp(Ticket ticket, Author side, string id) =>
        Decision.That([new CallMoved(CallStep.Ended, side, id), new Resolved(ticket.AgentId!, null)]);

    // A conversation that is ended by other words than hanging up ends its call.
    private static IEnumerable<TicketEvent> CallLeft(Ticket ticket, Author side, string id) =>
        ticket.Call is { State: not CallState.Ended } ? [new CallMoved(CallStep.Ended, side, id)] : [];

    private static readonly Decision NoCall = Decision.Refuse(RefusalCode.NotLive, "No call is going on here: the ticket waits, is over, or was no call. Look at it again.");

    private static readonly Decision OnlyTheOthers =
        Decision.Refuse(RefusalCode.Forbidden, "Only the agent connects and holds a call, customer and agent hang up, and supervisors whisper.", "step");

    private static readonly Decision NotListening = Decision.Refuse(RefusalCode.NotJoined, "Listen to this conversation first: that you do is on record.");
}
