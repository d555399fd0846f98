using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;

namespace CampusCare.Grains.Queues;

/// <summary>
/// What heals lost messages: deadlines each second, and every few seconds a comparison with the read model, from which
/// the line is also built when the grain wakes up.
/// </summary>
public sealed partial class QueueGrain
{
    /// <summary>Every so many ticks the line is compared with the read model.</summary>
    public const int TicksPerSweep = 5;

    /// <summary>Rows read at once; a longer line is read in pages.</summary>
    public const int SweepPage = 1_000;

    /// <summary>The longest line that one queue keeps in memory; more waits in the read model and moves up.</summary>
    public const int MaximumLine = 100_000;

    /// <summary>An agent who has work and says nothing for so long is asked.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, DateTimeOffset> _heard = [];
    private int _ticks;

    private async Task Tick()
    {
        var now = time.GetUtcNow();
        foreach (var pending in _offered.Values)
            if (pending.Reservation.ExpiresAt <= now)
                await TicketGrainOf(pending.Ticket).ReservationExpired(pending.Reservation.ReservationId);
        Relax(now);
        Lend(now);
        KeepForCalls(now);
        TellFigures(now);
        if (_moved)
        {
            _moved = false;
            _followers.Tell(gateway => gateway.QueueMoved(_campus, _id));
        }
        if (++_ticks % TicksPerSweep != 0) return;
        foreach (var agent in _keeping.Kept) _ = GrainFactory.Agent(_campus, agent).KeepForCall(_id);
        try
        {
            await Sweep();
        }
        catch (StorageUnavailableException error)
        {
            SweepLater(error, _campus, _id);
        }
    }

    // No other turn runs while this one waits for the rows, so they are at least as new as all that the queue was told.
    private async Task Sweep()
    {
        var gone = _waiting.Keys.Concat(_offered.Where(static entry => !entry.Value.IsGuest).Select(static entry => entry.Key)).ToHashSet();
        TicketRow? last = null;
        for (var read = 0; read < MaximumLine;)
        {
            var page = await tickets.QueuedIn(_campus, _id, SweepPage, last);
            foreach (var row in page)
            {
                gone.Remove(row.TicketId);
                Meet(row);
            }
            if (page.Count < SweepPage) break;
            last = page[^1];
            read += page.Count;
        }
        foreach (var ticketId in gone)
        {
            _offered.Remove(ticketId);
            StopWaiting(ticketId);
        }
        await FindLenders();
        RenewGuests();
        await SweepClocks();
        await SweepAlerts();
        AskTheSilent();
        AskForMatch();
    }

    // An agent whose grain died with its silo, and whose person is gone too, would never be heard of again; nor would the
    // tickets that it holds.
    private void AskTheSilent()
    {
        var now = time.GetUtcNow();
        foreach (var (agentId, word) in _agents)
            if ((word.AtWork || word.Held > 0) && now - _heard.GetValueOrDefault(agentId, now) > SilentAfter)
                _ = GrainFactory.Agent(_campus, agentId).Announce(_id);
    }

    // A row that this queue knows, waiting or on offer to the same agent, needs nothing; another one is news that got lost.
    private void Meet(TicketRow row)
    {
        if (_waiting.ContainsKey(row.TicketId)) return;
        var ticket = row.Waiting();
        if (_offered.TryGetValue(row.TicketId, out var known))
        {
            if (row.State != TicketStates.Offered) GrantAgain(known, ticket);
            if (row.State != TicketStates.Offered || known.Reservation.ReservationId == row.ReservationId) return;
        }
        if (row is { State: TicketStates.Offered, ReservationId: { } reservation, OfferExpiresAt: { } until, AgentId: { } agent })
            _offered[row.TicketId] = new Pending(ticket, new Reservation(reservation, row.TicketId, _id, GrainKeys.Split(agent).Id, "", until, ""));
        else
            Wait(ticket);
    }

    // The word that there is an agent may have died with the ticket: it would wait for the offer's deadline.
    private void GrantAgain(Pending pending, WaitingTicket row)
    {
        var (now, until) = (time.GetUtcNow(), pending.Reservation.ExpiresAt);
        if (row.Seq == pending.Ticket.Seq && now < until && now > until.AddSeconds(-_settings.OfferSeconds) + ReserveTimeout)
            _ = TicketGrainOf(pending.Ticket).ReservationGranted(pending.Reservation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Queue {Campus}/{Queue} could not compare its line with the read model; it tries again.")]
    private partial void SweepLater(Exception error, string campus, string queue);
}
