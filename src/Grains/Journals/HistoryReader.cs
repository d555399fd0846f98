using CampusCare.Domain;
using CampusCare.Domain.Replay;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Journals;

/// <summary>Reads what a replay needs from the journals.</summary>
public sealed class HistoryReader(ITicketHistory tickets, IStaffJournal staff)
{
    /// <summary>
    /// An agent's record was told at times; what was solved between the last time and the span is read too, but not from
    /// longer before it.
    /// </summary>
    public static readonly TimeSpan LongestLead = TimeSpan.FromDays(2);

    /// <summary>A longer history isn't read into memory.</summary>
    public const int MaximumEvents = 3_000_000;

    /// <summary>The history of a span, with as much of before as matters; null when it has more than <see cref="MaximumEvents"/>.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    /// <exception cref="InvalidDataException">A journal holds an event that this version doesn't know.</exception>
    public async Task<History?> Read(string campus, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default)
    {
        var begin = await LeadFrom(campus, from, cancellation);
        // Whoever was kept for a call by then may have got it: only what the span tells of keeping counts.
        var known = await staff.LastBefore(campus, begin, cancellation).Select(StaffEventCodec.Decode)
            .Where(static happened => happened.Event is not KeptSet).ToListAsync(cancellation);
        known.AddRange(await staff.Between(campus, begin, to, cancellation).Select(StaffEventCodec.Decode).Take(MaximumEvents).ToListAsync(cancellation));
        var events = await tickets.Between(campus, begin, to, cancellation)
            .Select(static stored => new TicketHappened(stored.At, stored.TicketId, TicketEventCodec.Decode(stored with { Personal = null })))
            .Take(MaximumEvents).ToListAsync(cancellation);
        return known.Count + events.Count < MaximumEvents ? new History(from, to, events, known) : null;
    }

    private async Task<DateTimeOffset> LeadFrom(string campus, DateTimeOffset from, CancellationToken cancellation)
    {
        var told = new Dictionary<string, DateTimeOffset>();
        var atWork = new HashSet<string>();
        await foreach (var happened in staff.LastBefore(campus, from, cancellation).Select(StaffEventCodec.Decode).WithCancellation(cancellation))
        {
            if (happened.AgentId is not { } agent || happened.Event is not (StatusSet or RecordsSet)) continue;
            told[agent] = happened.At;
            if (happened.Event is StatusSet { Status: AgentStatus.Available }) atWork.Add(agent);
        }
        var begin = atWork.Count == 0 ? from : atWork.Min(agent => told[agent]);
        return begin < from - LongestLead ? from - LongestLead : begin;
    }
}
