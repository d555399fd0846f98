using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using Microsoft.Extensions.Logging;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>What a ticket tells others after a commit: followers, its queue, the agent whose slot changed.</summary>
public sealed partial class TicketGrain
{
    private const string NoRoom = "The agent has no room.";

    private QueuePlace? _place;

    private IAgentGrain Agent(string agentId) => GrainFactory.Agent(_campus, agentId);

    private IQueueGrain Queue => GrainFactory.Queue(_campus, _ticket.State.Queue);

    /// <summary>Read, decide, commit, tell. Null when done, else the "no".</summary>
    private async Task<Refusal?> Do(Func<Ticket, Decision> rule, bool readFirst = true)
    {
        if (readFirst) await Read();
        var before = _ticket.State;
        var no = await _ticket.Do(rule, readFirst);
        if (_ticket.Lost) DeactivateOnIdle();
        if (no is null && _ticket.State.Seq > before.Seq) await Tell(before);
        return no;
    }

    // A ticket that is read again may have been stored by an activation that could not tell it any more: its silo died,
    // or the answer to its append got lost. Telling twice is harmless.
    private async Task Read()
    {
        if (!await _ticket.Read()) return;
        var state = _ticket.State;
        if (state.Phase is TicketPhase.New or TicketPhase.Closed || state is { Phase: TicketPhase.Resolved, WrapUpOpen: false }) return;
        await Tell(Ticket.None);
    }

    // What was committed stays committed, whoever can't be told now: the queue's sweep and the agent's own reading
    // of the journal bring them back to it.
    private async Task Tell(Ticket before)
    {
        var news = new TicketNews(_ticket.View, _ticket.After(before.Seq));
        _followers.Tell(gateway => gateway.TicketChanged(news));
        try
        {
            await TellAgent(before);
            if (before.Phase != _ticket.State.Phase || before.WaitingSeq != _ticket.State.WaitingSeq) await TellQueue();
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NotTold(error, _campus, _id, _ticket.State.Phase);
        }
    }

    private async Task TellQueue()
    {
        var state = _ticket.State;
        _place = null;
        if (state.Phase == TicketPhase.Waiting) _place = await Queue.Enqueue(state.Waiting(_id));
        else if (state.Phase is TicketPhase.Assigned or TicketPhase.Closed) await Queue.Leave(_id);
    }

    private async Task TellAgent(Ticket before)
    {
        var now = _ticket.State;
        if (before.Offer is { } ended && now.Offer is null && now.ReservationId != ended.ReservationId)
            await Settle(ended.AgentId, ended.ReservationId, EndOf(_ticket.After(before.Seq)));
        if (now.Offer is { } offer && before.Offer is null) await Present(offer);
        if (now.ReservationId is { } slot && now.AgentId is { } agent && SlotOf(now) is { } held && held != SlotOf(before))
            await Settle(agent, slot, held);
    }

    private async Task Present(Offer offer)
    {
        var reservation = new Reservation(offer.ReservationId, _id, _ticket.State.Queue, offer.AgentId, offer.AgentName, offer.ExpiresAt, offer.Why, offer.Explanation?.View());
        if (!await Agent(offer.AgentId).Present(new TicketNewsForAgent(reservation, _ticket.View)))
            await Do(ticket => TicketRules.EndOffer(ticket, null, offer.ReservationId, ReservationState.Rescinded, NoRoom));
    }

    private Task Settle(string agentId, string reservationId, ReservationState how) =>
        Agent(agentId).Settle(new SlotChange(reservationId, how, _ticket.View));

    private static ReservationState EndOf(IEnumerable<TicketEventView> events) => events.LastOrDefault(static e => e.Type.StartsWith("offer", StringComparison.Ordinal))?.Type switch
    {
        TicketEventTypes.OfferRejected => ReservationState.Rejected,
        TicketEventTypes.OfferTimedOut => ReservationState.TimedOut,
        TicketEventTypes.OfferRescinded => ReservationState.Rescinded,
        _ => ReservationState.Canceled,
    };

    // What the ticket means for the slot that its agent gave it.
    private static ReservationState? SlotOf(Ticket ticket) => ticket.Phase switch
    {
        _ when ticket.ReservationId is null => null,
        TicketPhase.Assigned => ReservationState.Accepted,
        TicketPhase.Resolved when ticket.WrapUpOpen => ReservationState.Wrapping,
        _ => ReservationState.Completed,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ticket {Campus}/{Ticket} is {Phase}, but its queue or agent could not be told; their next sweep will see it.")]
    private partial void NotTold(Exception error, string campus, string ticket, TicketPhase phase);
}
