namespace CampusCare.Client;

/// <summary>
/// What was written and not yet acknowledged. Delivers what belongs to one ticket in order, repeats with the same id while
/// the network or the gateway is away, and goes on after a restart with what the store kept.
/// </summary>
internal sealed class Outbox(HubLink link, ClientOptions options, Func<OutboxEntry, CancellationToken, Task<Answer<Opened>>> deliver) : IAsyncDisposable
{
    /// <summary>More than a person writes before the network is back.</summary>
    public const int MaxEntries = 100;

    private static readonly Problem Full = new("Outbox full", null, $"{MaxEntries} entries wait already; the text was not taken.", "outboxFull", null);

    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private readonly Dictionary<string, Task> _lanes = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>What waits, oldest first.</summary>
    public IReadOnlyList<OutboxEntry> Entries
    {
        get
        {
            lock (_lock) return [.. _waiting.Select(static waiting => waiting.Entry)];
        }
    }

    /// <summary>Goes on with what an earlier process left.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            foreach (var entry in options.Outbox.Load())
                if (Find(entry) is null) Put(new Waiting(entry));
        }
    }

    /// <summary>Takes an entry; completes when the gateway has it, or has refused it for good. The same id again waits for the same.</summary>
    public Task<Answer<Opened>> Add(OutboxEntry entry)
    {
        lock (_lock)
        {
            if (Find(entry) is { } known) return known.Done.Task;
            if (_waiting.Count >= MaxEntries) return Task.FromResult(new Answer<Opened>(null, Full));
            var waiting = new Waiting(entry);
            Put(waiting);
            Save();
            return waiting.Done.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] lanes;
        lock (_lock) lanes = [.. _lanes.Values];
        await Task.WhenAll(lanes);
        foreach (var waiting in _waiting) waiting.Done.TrySetCanceled();
        _stop.Dispose();
    }

    // An id names one thing in its ticket, not everywhere.
    private Waiting? Find(OutboxEntry entry) => _waiting.Find(waiting => (waiting.Entry.Id, waiting.Entry.TicketId) == (entry.Id, entry.TicketId));

    private void Put(Waiting waiting)
    {
        _waiting.Add(waiting);
        if (!_lanes.ContainsKey(waiting.Entry.TicketId)) _lanes[waiting.Entry.TicketId] = Drain(waiting.Entry.TicketId);
    }

    private async Task Drain(string lane)
    {
        await Task.Yield();
        try
        {
            while (Next(lane) is { } next) End(next, await Deliver(next.Entry));
        }
        catch (Exception gone) when (gone is OperationCanceledException or RefusedException)
        {
            // Disposed, or the token is no good: the entries stay, and the next Resume goes on.
            lock (_lock) _lanes.Remove(lane);
        }
    }

    private async Task<Answer<Opened>> Deliver(OutboxEntry entry)
    {
        for (var tries = 0; ; tries++)
        {
            await link.Online(_stop.Token);
            var answer = await deliver(entry, _stop.Token);
            if (answer.Problem is not { IsPassing: true }) return answer;
            await Task.Delay(options.Wait(tries), options.Time, _stop.Token);
        }
    }

    private Waiting? Next(string lane)
    {
        lock (_lock)
        {
            var next = _waiting.Find(waiting => waiting.Entry.TicketId == lane);
            if (next is null) _lanes.Remove(lane);
            return next;
        }
    }

    private void End(Waiting waiting, Answer<Opened> answer)
    {
        lock (_lock)
        {
            _waiting.Remove(waiting);
            Save();
        }
        waiting.Done.SetResult(answer);
    }

    private void Save() => options.Outbox.Save([.. _waiting.Select(static waiting => waiting.Entry)]);

    private sealed record Waiting(OutboxEntry Entry)
    {
        public TaskCompletionSource<Answer<Opened>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
