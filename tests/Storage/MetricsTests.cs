using System.Diagnostics.Metrics;
using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

/// <summary>What the journal tells of itself.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Batches_and_commits_are_measured()
    {
        await using var bed = await SqlBed.OnSqlite();
        var metrics = bed.Metrics;
        var (batched, appended, timed, queued) = (0, 0L, 0, -1);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (metrics.Owns(instrument))
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) =>
        {
            if (instrument.Name.EndsWith("batch.size", StringComparison.Ordinal))
                Interlocked.Add(ref batched, value);
            else
                queued = value;
        });
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Interlocked.Add(ref appended, tags[0].Value is "done" ? value : 0));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref timed));
        listener.Start();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => bed.Journal.Append(Open($"t{i}"))));
        listener.RecordObservableInstruments();

        (batched, appended, queued).ShouldBe((100, 100, 0));
        timed.ShouldBeInRange(1, 100);
    }
}
