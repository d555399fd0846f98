using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Replay;
using CampusCare.Grains.Tickets;

namespace CampusCare.Grains.Agents;

/// <summary>What an agent's cases tell of the agent.</summary>
public sealed partial class AgentGrain
{
    // Who frees a slot counts the case, so that it counts once: here, when the word of its end is late or lost. What was
    // handed on says nothing about how well it was solved.
    private async Task CountFinished(Slot freed, DateTimeOffset now)
    {
        if (freed is not { State: not ReservationState.Pending, Ticket: { } seen }) return;
        var ticket = new JournaledTicket(journal, time, seen.Campus, seen.TicketId);
        await ticket.Read();
        var end = ticket.After(seen.Seq).FirstOrDefault(static e => e.Type is TicketEventTypes.Resolved or TicketEventTypes.Closed or TicketEventTypes.Transferred or TicketEventTypes.Returned or TicketEventTypes.TakenOver);
        if (freed.State == ReservationState.Wrapping || end?.Type is TicketEventTypes.Resolved or TicketEventTypes.Closed) Count(freed, ticket.View, now);
    }

    private void Count(Slot freed, TicketView ticket, DateTimeOffset now) =>
        _records.Count(ticket.Category, (now - freed.Since).TotalSeconds, solvedAtFirst: ticket.Reopenings == 0);

    // Some seconds of experience may be lost with a process; a write for each ticket would cost more than they are worth.
    private async Task SaveRecords()
    {
        if (!_records.Changed) return;
        await state.Save(state.State with { Records = _records.Words });
        await Journal(new RecordsSet(_records.ForJournal()), time.GetUtcNow());
        _records.Saved();
    }
}
