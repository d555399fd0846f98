using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Reviews;
using CampusCare.Domain.Tickets;
using Microsoft.Extensions.Logging;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Tickets;

/// <summary>What a ticket tells others after a commit: followers, its queue, the agent whose slot changed.</summary>
public sealed partial class TicketGrain
{
    private QueuePlace? _place;
    private bool _knowsInterests;

    private IAgentGrain Agent(string agentId) => GrainFactory.Agent(_campus, agentId);

    private IQueueGrain Queue => GrainFactory.Queue(_campus, _ticket.State.Queue);

    /// <summary>Read, decide, commit, tell. Null when done, else the "no".</summary>
    private async Task<Refusal?> Do(Func<Ticket, Decision> rule, bool readFirst = true)
    {
        if (readFirst) await Read();
        var before = _ticket.State;
        var no = await _ticket.Do(rule, readFirst);
        if (_ticket.Lost) DeactivateOnIdle();
        if (no is not null || _ticket.State.Seq <= before.Seq) return no;
        foreach (var webhook in _ticket.Told) _ = GrainFactory.Webhook(_campus, webhook).Nudge();
        await Tell(before);
        AskModel(before);
        return no;
    }

    // A ticket that is read again may have been stored by an activation that could not tell it any more: its silo died,
    // or the answer to its append got lost. Telling twice is harmless.
    private async Task Read()
    {
        if (!_knowsInterests) Learn(await GrainFactory.Campus(_campus).Settings());
        if (await _ticket.Read()) await TellAgain();
    }

    // What is only told, and not decided on, is not checked by the journal's seq.
    private async Task ReadToTell()
    {
        await Read();
        if (await _ticket.Renew()) await TellAgain();
    }

    private async Task TellAgain()
    {
        var state = _ticket.State;
        if (state.Phase is TicketPhase.New or TicketPhase.Closed || state is { Phase: TicketPhase.Resolved, WrapUpOpen: false }) return;
        await Tell(Ticket.None);
    }

    private void Learn(CampusSettings? campus)
    {
        _ticket.Interests = campus?.Webhooks ?? [];
        _reviewPercent = campus?.Reviews?.Percent ?? ReviewRules.UsualPercent;
        _knowsInterests = true;
    }

    // What was committed stays committed, whoever can't be told now: the queue's sweep and the agent's own reading
    // of the journal bring them back to it.
    private async Task Tell(Ticket before)
    {
        if (_followers.Any)
        {
            var news = new TicketNews(_ticket.View, _ticket.After(before.Seq));
            _followers.Tell(gateway => gateway.TicketChanged(news));
        }
        Sample(before);
        try
        {
            await TellAgent(before);
            if (PlaceChanged(before)) await TellQueue(before);
            await TellClocks(before);
            await TellAsker(before);
            await BringReply();
            PayRemedy();
            ConsiderLater(before);
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NotTold(error, _campus, _id, _ticket.State.Phase);
        }
    }

    private bool PlaceChanged(Ticket before) =>
        before.Phase != _ticket.State.Phase || before.WaitingSeq != _ticket.State.WaitingSeq || before.PriorityKey != _ticket.State.PriorityKey;

    private async Task TellQueue(Ticket before)
    {
        var state = _ticket.State;
        _place = null;
        if (before.Queue != state.Queue && before.Queue.Length > 0) await GrainFactory.Queue(_campus, before.Queue).Leave(_id, gaveUp: false);
        if (state.Phase == TicketPhase.Waiting) _place = await Queue.Enqueue(state.Waiting(_id));
        else if (state.Phase is TicketPhase.Assigned or TicketPhase.Closed) await Queue.Leave(_id, gaveUp: state.Phase == TicketPhase.Closed && before.Phase is (TicketPhase.Waiting or TicketPhase.Offered));
    }

    // What the ticket holds of an agent: before and now.
    private async Task TellAgent(Ticket before)
    {
        var (was, holds) = (HoldOf(before), HoldOf(_ticket.State));
        if (was is { } ended && ended.ReservationId != holds?.ReservationId)
            await Settle(ended.AgentId, ended.ReservationId, EndOf(ended.State, _ticket.After(before.Seq)), null);
        if (holds is not { } now || now == was) return;
        if (now.State == ReservationState.Pending) await Present(_ticket.State.Offer!);
        else await Settle(now.AgentId, now.ReservationId, now.State, _ticket.State.Slot);
    }

    private async Task Present(Offer offer)
    {
        var reservation = new Reservation(
            offer.ReservationId, _id, _ticket.State.Queue, offer.AgentId, offer.AgentName, offer.ExpiresAt, offer.Why, offer.Explanation?.View())
        {
            Slot = offer.Slot,
            Medium = Media.Of(_ticket.State.Channel),
            Home = offer.AgentId.Contains('/') ? _campus : null,
        };
        if (!await Agent(offer.AgentId).Present(new TicketNewsForAgent(reservation, _ticket.View)))
            await Do(ticket => TicketRules.EndOffer(ticket, null, offer.ReservationId, ReservationState.Rescinded, NoRoom));
    }

    private const string NoRoom = "noRoom";

    private Task Settle(string agentId, string reservationId, ReservationState how, string? slot) =>
        Agent(agentId).Settle(new SlotChange(reservationId, how, _ticket.View, slot));

    // Who asked hears of the answer on the ticket that it was about.
    private async Task TellAsker(Ticket before)
    {
        if (before.Phase != _ticket.State.Phase && AnswerNow() is { } answer)
            await GrainFactory.Ticket(_campus, _ticket.State.ConsultationOf!).ConsultAnswered(answer);
    }

    private static ReservationState EndOf(ReservationState was, IEnumerable<TicketEventView> events)
    {
        var end = events.LastOrDefault(static e => e.Type.StartsWith("offer", StringComparison.Ordinal) || e.Type is TicketEventTypes.Transferred or TicketEventTypes.Returned or TicketEventTypes.TakenOver)?.Type;
        return end switch
        {
            TicketEventTypes.OfferRejected => ReservationState.Rejected,
            TicketEventTypes.OfferTimedOut => ReservationState.TimedOut,
            TicketEventTypes.OfferRescinded or TicketEventTypes.Transferred or TicketEventTypes.Returned or TicketEventTypes.TakenOver => ReservationState.Rescinded,
            _ => was == ReservationState.Pending ? ReservationState.Canceled : ReservationState.Completed,
        };
    }

    private static (string AgentId, string ReservationId, ReservationState State)? HoldOf(Ticket ticket) => ticket switch
    {
        { Phase: TicketPhase.Offered, Offer: { } offer } => (offer.AgentId, offer.ReservationId, ReservationState.Pending),
        { AgentId: { } agent, ReservationId: { } slot, Phase: TicketPhase.Assigned } => (agent, slot, ReservationState.Accepted),
        { AgentId: { } agent, ReservationId: { } slot, Phase: TicketPhase.Resolved, WrapUpOpen: true } => (agent, slot, ReservationState.Wrapping),
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Ticket {Campus}/{Ticket} is {Phase}, but its queue or agent could not be told; their next sweep will see it.")]
    private partial void NotTold(Exception error, string campus, string ticket, TicketPhase phase);
}
