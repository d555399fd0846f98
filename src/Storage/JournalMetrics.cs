using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace CampusCare.Storage;

/// <summary>The meter <c>CampusCare.Journal</c>.</summary>
internal sealed class JournalMetrics
{
    public const string MeterName = "CampusCare.Journal";

    private readonly TimeProvider _time;
    private readonly ConcurrentBag<Func<int>> _queues = [];
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _commitDuration;
    private readonly Counter<long> _appends;

    public JournalMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(MeterName);
        _batchSize = meter.CreateHistogram<int>("campuscare.journal.batch.size", "{append}", "Appends in one transaction");
        _commitDuration = meter.CreateHistogram<double>("campuscare.journal.commit.duration", "s", "From handing a batch to the database to its answer");
        _appends = meter.CreateCounter<long>("campuscare.journal.appends", "{append}", "Appends by the outcome of their batch");
        meter.CreateObservableGauge("campuscare.journal.queue.length", () => _queues.Sum(length => length()), "{append}", "Appends that wait for their batch");
    }

    /// <summary>Whether an instrument belongs to this journal, not to another one of the process.</summary>
    public bool Owns(Instrument instrument) => instrument.Meter == _batchSize.Meter;

    /// <summary>A timestamp for <see cref="Committed"/>.</summary>
    public long Now => _time.GetTimestamp();

    /// <summary>Adds a writer's queue to those whose length is told.</summary>
    public void ObserveQueue(Func<int> length) => _queues.Add(length);

    public void Committed(int count, long started, BatchResult result)
    {
        _batchSize.Record(count);
        _commitDuration.Record(_time.GetElapsedTime(started).TotalSeconds);
        var outcome = result switch
        {
            BatchResult.Done => "done",
            BatchResult.Failed { Outcome: AppendResult.SlotTaken } => "slot_taken",
            BatchResult.Failed { Outcome: AppendResult.DeskTaken } => "desk_taken",
            BatchResult.Failed => "failed",
            _ => "unknown",
        };
        _appends.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
    }
}
