using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CampusCare.Storage;

/// <summary>How an append to an <see cref="InMemoryJournal"/> is made to fail.</summary>
public enum AppendFault
{
    None,

    /// <summary>Not stored, and the caller knows it.</summary>
    Refused,

    /// <summary>Not stored, and the caller doesn't know.</summary>
    UnknownNotStored,

    /// <summary>Stored, and the caller doesn't know.</summary>
    UnknownButStored,
}

/// <summary>
/// A journal that lives as long as its process, for tests and for the simulator: every call completes at once, on
/// the caller's thread, so that a seed replays.
/// </summary>
public sealed class InMemoryJournal(FillSalt fillSalt) : ITicketJournal, ITicketHistory, IChainSource
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<StoredEvent>> _events = [];
    private readonly ConcurrentQueue<AppendFault> _faults = new();

    /// <summary>The rows that the appends lead to.</summary>
    public InMemoryReadModel ReadModel { get; } = new();

    /// <summary>Walks the chains of this journal.</summary>
    public JournalVerifier Verifier => new(this);

    /// <summary>Asked before each append that <see cref="FailNext"/> doesn't decide.</summary>
    public Func<Append, AppendFault>? Faults { get; set; }

    /// <summary>False lets calls stand beside chats, to see who notices.</summary>
    internal bool GuardsDesks { get; init; } = true;

    /// <summary>Makes the next append fail; called several times, it fails as many appends in that order.</summary>
    public void FailNext(AppendFault fault) => _faults.Enqueue(fault);

    /// <inheritdoc/>
    public Task<AppendResult> Append(Append append)
    {
        if (!SealedAppend.TrySeal(append, fillSalt, out var ready, out var invalid))
            return Task.FromResult<AppendResult>(invalid);
        if (ready.Deliveries.Length > 0)
            throw new NotSupportedException("This journal keeps no deliveries: nobody can subscribe where it is used.");
        var fault = _faults.TryDequeue(out var next) ? next : Faults?.Invoke(append) ?? AppendFault.None;
        return Task.FromResult<AppendResult>(fault switch
        {
            AppendFault.Refused => new AppendResult.Refused(Refusal.Unavailable, "a fault was asked for"),
            AppendFault.UnknownNotStored => new AppendResult.OutcomeUnknown("a fault was asked for"),
            AppendFault.UnknownButStored when Store(ready) is not AppendResult.Committed and var no => no,
            AppendFault.UnknownButStored => new AppendResult.OutcomeUnknown("a fault was asked for"),
            _ => Store(ready),
        });
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEvent>> Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var events = EventsOf(campus, ticketId);
            return Task.FromResult<IReadOnlyList<JournalEvent>>(
                [.. events.Where(item => item.Seq > afterSeq).Select(item => item.ToJournalEvent())]);
        }
    }

    /// <inheritdoc/>
    public Task<int> ErasePersonal(string campus, string ticketId, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            var events = EventsOf(campus, ticketId);
            var erased = events.Count(item => item.Personal is not null);
            for (var i = 0; i < events.Count; i++)
                events[i] = events[i] with { Personal = null, Salt = null };
            ReadModel.BlankSubject(campus, ticketId);
            return Task.FromResult(erased);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEvent> Between(
        string campus, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        List<StoredEvent> events;
        lock (_lock)
            events = [.. ReadModel.OpenBetween(campus, Micros.Truncate(from), Micros.Truncate(to))
                .SelectMany(ticket => _events.GetValueOrDefault(ticket, []))
                .Where(item => item.AtMicros < Micros.From(to))
                .OrderBy(item => item.AtMicros).ThenBy(item => item.TicketId, StringComparer.Ordinal).ThenBy(item => item.Seq)];
        await Task.CompletedTask;
        foreach (var item in events)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return item.ToJournalEvent();
        }
    }

    async IAsyncEnumerable<ChainLink> IChainSource.Links([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        List<ChainLink> links;
        lock (_lock)
            links = [.. _events.OrderBy(ticket => ticket.Key, StringComparer.Ordinal).SelectMany(ticket => ticket.Value.OrderBy(item => item.Seq).Select(LinkOf))];
        foreach (var link in links)
            yield return link;
    }

    async IAsyncEnumerable<ChainHead> IChainSource.HeadsWithoutEvents([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        List<ChainHead> heads;
        lock (_lock)
            heads = [.. ReadModel.Heads.Where(head => !_events.ContainsKey(head.TicketId))];
        foreach (var head in heads)
            yield return head;
    }

    /// <summary>Changes a stored event behind the journal's back, or deletes it when <paramref name="change"/> returns null.</summary>
    internal void Tamper(string ticketId, long seq, Func<StoredEvent, StoredEvent?> change)
    {
        lock (_lock)
        {
            var events = _events[ticketId];
            var index = events.FindIndex(item => item.Seq == seq);
            var changed = change(events[index]);
            events.RemoveAt(index);
            if (changed is not null)
                events.Insert(index, changed);
            if (events.Count == 0)
                _events.Remove(ticketId);
        }
    }

    private AppendResult Store(SealedAppend append)
    {
        lock (_lock)
        {
            var head = ReadModel.HeadOf(append.TicketId);
            if ((head?.Seq ?? 0) != append.ExpectedSeq || (head?.Hash ?? EventHash.None) != append.PreviousHash)
                return new AppendResult.SeqTaken();
            if (head is { } known && known.Campus != append.Row.Campus)
                return new AppendResult.SeqTaken();
            if (ReadModel.SlotIsTaken(append.Row))
                return new AppendResult.SlotTaken();
            if (GuardsDesks && ReadModel.DeskIsTaken(append.Row))
                return new AppendResult.DeskTaken();
            if (!_events.TryGetValue(append.TicketId, out var events))
                _events.Add(append.TicketId, events = []);
            events.AddRange(append.Events);
            ReadModel.Replace(append.Row, append.Last.Hash);
            return append.Committed;
        }
    }

    private List<StoredEvent> EventsOf(string campus, string ticketId) =>
        ReadModel.HeadOf(ticketId)?.Campus == campus && _events.TryGetValue(ticketId, out var events) ? events : [];

    private ChainLink LinkOf(StoredEvent item) => new(item, ReadModel.HeadOf(item.TicketId));
}
