using CampusCare.Contracts.Tickets;
using CampusCare.Storage;

namespace CampusCare.Simulation;

/// <summary>The journal of the simulated world: it takes time, fails as it is told, and shows what it stored to the invariants.</summary>
internal sealed class TruthJournal(InMemoryJournal inner, Invariants invariants, TimeProvider time, Random random, Mutation mutation) : ITicketJournal
{
    private static readonly TimeSpan MaximumDelay = TimeSpan.FromMilliseconds(4);

    /// <summary>The chance that an append fails, in one of three ways.</summary>
    public double Failing { get; set; }

    public long Events { get; private set; }

    public async Task<AppendResult> Append(Append append)
    {
        await Task.Delay(MaximumDelay * random.NextDouble(), time);
        if (mutation == Mutation.JournalForgets && append.ExpectedSeq == 0)
            return new AppendResult.Committed(append.LastSeq, EventHash.None);
        var isMiss = append.Events.Any(static e => e.Type == TicketEventTypes.ClockMissed);
        if (isMiss && mutation == Mutation.ClocksAreForgotten)
            return new AppendResult.Committed(append.LastSeq, EventHash.None);
        var fault = random.NextDouble() < Failing ? (AppendFault)random.Next(1, 4) : AppendFault.None;
        inner.FailNext(fault);
        var result = await inner.Append(append);
        if (result is AppendResult.SeqTaken && mutation == Mutation.JournalTakesTwice)
            result = new AppendResult.Committed(append.LastSeq, EventHash.None);
        if (result is AppendResult.Committed || (result is AppendResult.OutcomeUnknown && fault == AppendFault.UnknownButStored))
        {
            invariants.Stored(append);
            if (isMiss && mutation == Mutation.ClocksFireTwice) invariants.Stored(append);
            Events += append.Events.Count;
        }
        await Task.Delay(MaximumDelay * random.NextDouble(), time);
        return result;
    }

    public Task<IReadOnlyList<JournalEvent>> Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation = default) =>
        inner.Read(campus, ticketId, afterSeq, cancellation);

    public Task<int> ErasePersonal(string campus, string ticketId, CancellationToken cancellation = default) =>
        inner.ErasePersonal(campus, ticketId, cancellation);
}
