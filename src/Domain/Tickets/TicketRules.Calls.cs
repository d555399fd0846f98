namespace CampusCare.Domain.Tickets;

/// <summary>
/// The sound of a call. What browsers tell each other to connect is passed on and never kept; that it connected, was held,
/// dropped or ended is an event.
/// </summary>
public static partial class TicketRules
{
    /// <summary>Why somebody may not pass anything on in a call; null: may. Only the customer and the agent of now are in it.</summary>
    public static Decision? NotInCall(Ticket ticket, Author side, string id)
    {
        if (side == Author.Customer ? ticket.CustomerId != id : side != Author.Agent || ticket.AgentId != id) return side == Author.Customer ? NotFound : NotYours;
        if (ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered && side == Author.Agent) return NotYours;
        return ticket.Phase == TicketPhase.Assigned && Media.Of(ticket.Channel) == Medium.Call ? null : NoCall;
    }

    /// <summary>Something happened to the sound. What is so already decides nothing.</summary>
    public static Decision MoveCall(Ticket ticket, Author side, string id, CallStep step)
    {
        if (NotInCall(ticket, side, id) is { } no) return no;
        if (step == CallStep.Ended) return HangUp(ticket, side, id);
        if (side == Author.Customer && step != CallStep.Dropped) return OnlyTheAgent;
        if (ticket.Call is { Steps: >= CallSound.MaximumSteps }) return Decision.Nothing;
        var happens = step switch
        {
            CallStep.Connected => ticket.Call is not { IsOn: true },
            CallStep.Held => ticket.Call?.State == CallState.Connected,
            CallStep.Resumed => ticket.Call?.State == CallState.Held,
            _ => ticket.Call is { IsOn: true },
        };
        return happens ? Decision.That(new CallMoved(step, side, id)) : Decision.Nothing;
    }

    // Either side hangs up, and the agent has the after-contact work to do, as after any conversation.
    private static Decision HangUp(Ticket ticket, Author side, string id) =>
        Decision.That([new CallMoved(CallStep.Ended, side, id), new Resolved(ticket.AgentId!, null)]);

    // A conversation that is ended by other words than hanging up ends its call.
    private static IEnumerable<TicketEvent> CallLeft(Ticket ticket, Author side, string id) =>
        ticket.Call is { State: not CallState.Ended } ? [new CallMoved(CallStep.Ended, side, id)] : [];

    private static readonly Decision NoCall = Decision.Refuse(RefusalCode.NotLive, "No call is going on here: the ticket waits, is over, or was no call. Look at it again.");

    private static readonly Decision OnlyTheAgent = Decision.Refuse(RefusalCode.Forbidden, "Only the agent connects and holds a call. Mute yourself, or hang up.", "step");
}
