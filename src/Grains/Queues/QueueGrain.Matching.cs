using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;
using Microsoft.Extensions.Logging;

namespace CampusCare.Grains.Queues;

/// <summary>Matching: on events, never by polling. Many arrivals during one round are matched together in the next.</summary>
public sealed partial class QueueGrain
{
    /// <summary>How many reservations one round asks for at once.</summary>
    public const int MaximumRound = 256;

    /// <summary>How long an agent's grain may take to answer; a silo that died must not hold up the others.</summary>
    public static readonly TimeSpan ReserveTimeout = TimeSpan.FromSeconds(2);

    private bool _matchAsked;

    public async Task Match()
    {
        _matchAsked = false;
        var round = new List<Task<bool>>();
        var asked = new Dictionary<string, Task<bool>>();
        while (round.Count < MaximumRound && _matcher.Take() is { } match)
        {
            TurnMayHaveCome(match);
            round.Add(Reserve(match, asked.GetValueOrDefault(match.Agent.AgentId)));
            asked[match.Agent.AgentId] = round[^1];
        }
        await Task.WhenAll(round);
        // The round may have been cut short, and the answers may tell of more room than was known.
        if (round.Count > 0) AskForMatch();
    }

    // A message to itself: the turn that caused it answers first, and what else arrives meanwhile joins the round.
    private void AskForMatch()
    {
        if (_matchAsked || _matcher.WaitingCount == 0 || _matcher.FreeSlots == 0) return;
        _matchAsked = true;
        _ = this.AsReference<IQueueGrain>().Match();
    }

    // One agent is asked for one slot after the other: who comes later in the line gets none that was refused to who came before.
    private async Task<bool> Reserve(Match match, Task<bool>? before)
    {
        var ticket = TicketOf(match.Ticket.TicketId);
        if (before is not null && !await before)
        {
            BackInLine(ticket);
            return false;
        }
        var reservation = new Reservation(
            ReservationIdOf(ticket, match.Agent.AgentId), ticket.TicketId, _id, NameFor(ticket, match.Agent.AgentId), _agents[match.Agent.AgentId].Name,
            time.GetUtcNow().AddSeconds(_settings.OfferSeconds), match.Why.Words(), match.Why.View(), _settings.AutoAccept)
        {
            Medium = ticket.Medium,
            Home = ticket.Home,
        };
        try
        {
            var answer = await GrainFactory.Agent(_campus, match.Agent.AgentId).TryReserve(reservation).WaitAsync(ReserveTimeout, time);
            Know(answer.Agent);
            if (!answer.Granted)
            {
                BackInLine(ticket);
                return false;
            }
            reservation = reservation with { Slot = answer.Slot };
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            // Asked for a word with each sweep, the agent comes back; the slot, if it was granted after all, ends at its deadline.
            NotReserved(error, _campus, _id, match.Agent.AgentId);
            _heard[match.Agent.AgentId] = DateTimeOffset.MinValue;
            _matcher.Forget(match.Agent.AgentId);
            BackInLine(ticket);
            return false;
        }
        _waiting.Remove(ticket.TicketId);
        NoCallWaits(ticket.TicketId);
        _offered[ticket.TicketId] = new Pending(ticket, reservation, IsGuest: _guests.Remove(ticket.TicketId));
        _moved = true;
        _stand.Campus.Offer();
        await TicketGrainOf(ticket).ReservationGranted(reservation);
        return true;
    }

    private ITicketGrain TicketGrainOf(WaitingTicket ticket) => GrainFactory.Ticket(ticket.Home ?? _campus, ticket.TicketId);

    private void BackInLine(WaitingTicket ticket)
    {
        if (_guests.ContainsKey(ticket.TicketId)) Welcome(ticket);
        else Wait(ticket);
        AskForMatch();
    }

    // What didn't change since the word before is taken from there: that is nearly all, nearly always.
    private Candidate CandidateOf(AgentAvailability agent, AgentAvailability? before)
    {
        var known = before is null ? null : _matcher.AgentNamed(agent.AgentId);
        return new Candidate(agent.AgentId,
            known is not null && agent.Skills.AsSpan().SequenceEqual(before!.Skills.AsSpan()) ? known.Skills : agent.Skills.Levels(),
            RoomOf(agent.Capacity), RoomOf(agent.Free), agent.IdleSince.ToUnixTimeMilliseconds(),
            known is not null && agent.Records.AsSpan().SequenceEqual(before!.Records.AsSpan()) ? known.Records : RecordsOf(agent))
        { KeptBy = agent.KeptBy, OnCall = agent.OnCall }.For(_id);
    }

    private static ImmutableDictionary<Category, AgentRecord> RecordsOf(AgentAvailability agent) =>
        agent.Records.ToImmutableDictionary(static r => r.Category, static r => new AgentRecord(r.HandleSeconds, r.SolvedAtFirst, r.Count));

    // One round of waiting and one agent give one id: asking twice gets the same slot.
    private string ReservationIdOf(WaitingTicket ticket, string agentId) => $"{ticket.TicketId}-{ticket.Seq}-{NameFor(ticket, agentId)}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Campus}/{Queue} got no answer from agent {Agent}; the ticket goes on waiting.")]
    private partial void NotReserved(Exception error, string campus, string queue, string agent);
}
