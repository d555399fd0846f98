using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CampusCare.Storage;

/// <summary>
/// Group commit: gathers the appends of all tickets of this process into transactions. While one batch commits, the
/// next gathers, so that batches grow with the load and a lone append never waits for company.
/// </summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly IJournalStore _store;
    private readonly JournalMetrics _metrics;
    private readonly ILogger _logger;
    private readonly Channel<Pending> _queue;
    private readonly int _maxBatch;
    private readonly Task _running;
    private volatile bool _stopping;

    public JournalWriter(IJournalStore store, StorageOptions options, JournalMetrics metrics, ILogger<JournalWriter> logger)
    {
        _store = store;
        _metrics = metrics;
        _logger = logger;
        _maxBatch = options.MaxBatch;
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.MaxQueued) { SingleReader = true });
        metrics.ObserveQueue(() => _queue.Reader.Count);
        _running = Task.Run(Run);
    }

    /// <summary>Completes when the append's outcome is known to be that, or can't be known.</summary>
    public Task<AppendResult> Write(SealedAppend append)
    {
        var pending = new Pending(append);
        if (_queue.Writer.TryWrite(pending))
            return pending.Result;
        AppendResult refused = _stopping
            ? new AppendResult.Refused(Refusal.Stopping, "the journal is stopping")
            : new AppendResult.Refused(Refusal.Overloaded, "too many appends wait");
        return Task.FromResult(refused);
    }

    /// <summary>Stores what was handed over, then refuses the rest.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _queue.Writer.TryComplete();
        await _running;
        await _store.DisposeAsync();
    }

    private async Task Run()
    {
        var batch = new List<Pending>(_maxBatch);
        var tickets = new HashSet<string>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            // An append to a ticket that the batch already has begins the next batch.
            while (batch.Count < _maxBatch && _queue.Reader.TryPeek(out var next) && tickets.Add(next.Append.TicketId))
            {
                _queue.Reader.TryRead(out _);
                batch.Add(next);
            }
            await Settle(batch);
            batch.Clear();
            tickets.Clear();
        }
    }

    private async Task Settle(IReadOnlyList<Pending> batch)
    {
        try
        {
            Tell(batch, await Commit([.. batch.Select(pending => pending.Append)]));
        }
        catch (Exception broken)
        {
            // A broken invariant: those who wait must hear of it, and the others' appends must go on.
            _logger.BatchBroke(broken, batch.Count);
            foreach (var pending in batch)
                pending.Break(broken);
        }
    }

    private async Task<IReadOnlyList<AppendResult>> Commit(IReadOnlyList<SealedAppend> batch)
    {
        var result = await CommitOnce(batch, again: false);
        if (result is BatchResult.Unknown unknown)
        {
            // Committing again is harmless, and tells; where it can't, the first outcome stays unknown.
            _logger.OutcomeUnknown(batch.Count, unknown.Reason);
            var second = await CommitOnce(batch, again: true);
            result = second is BatchResult.Failed { OneByOne: false } ? unknown : second;
        }
        switch (result)
        {
            case BatchResult.Done done:
                return [.. batch.Select((append, i) => done.Stored[i] ? append.Committed : (AppendResult)new AppendResult.SeqTaken())];
            case BatchResult.Failed { OneByOne: true } when batch.Count > 1:
                return await CommitOneByOne(batch);
            case BatchResult.Failed failed:
                return [.. batch.Select(_ => failed.Outcome)];
            default:
                return [.. batch.Select(_ => new AppendResult.OutcomeUnknown(((BatchResult.Unknown)result).Reason))];
        }
    }

    private async Task<IReadOnlyList<AppendResult>> CommitOneByOne(IReadOnlyList<SealedAppend> batch)
    {
        var results = new List<AppendResult>(batch.Count);
        foreach (var append in batch)
            results.AddRange(await Commit([append]));
        return results;
    }

    private async Task<BatchResult> CommitOnce(IReadOnlyList<SealedAppend> batch, bool again)
    {
        var started = _metrics.Now;
        var result = await _store.Commit(batch, again);
        _metrics.Committed(batch.Count, started, result);
        if (result is BatchResult.Failed failed)
            _logger.BatchFailed(batch.Count, failed.Outcome, failed.OneByOne);
        return result;
    }

    private static void Tell(IReadOnlyList<Pending> batch, IReadOnlyList<AppendResult> results)
    {
        for (var i = 0; i < batch.Count; i++)
            batch[i].Tell(results[i]);
    }

    private sealed class Pending(SealedAppend append)
    {
        private readonly TaskCompletionSource<AppendResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SealedAppend Append => append;

        public Task<AppendResult> Result => _result.Task;

        public void Tell(AppendResult result) => _result.SetResult(result);

        public void Break(Exception broken) => _result.TrySetException(broken);
    }
}
