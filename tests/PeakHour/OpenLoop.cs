namespace CampusCare.PeakHour;

/// <summary>
/// Sends at a fixed rate whether or not earlier requests were answered, as people do. Each request is told when it was
/// due, so that waiting for a late sender counts as latency too (no coordinated omission).
/// </summary>
public sealed class OpenLoop
{
    private readonly TimeProvider _time;
    private readonly Func<int, double> _seconds;
    private readonly int _inFlight;

    /// <summary>At a fixed rate.</summary>
    public OpenLoop(TimeProvider time, double perSecond, int inFlight) : this(time, i => i / perSecond, inFlight)
    {
    }

    private OpenLoop(TimeProvider time, Func<int, double> seconds, int inFlight) => (_time, _seconds, _inFlight) = (time, seconds, inFlight);

    /// <summary>At these times, counted from the beginning.</summary>
    public static OpenLoop At(TimeProvider time, IReadOnlyList<TimeSpan> due, int inFlight) => new(time, i => due[i].TotalSeconds, inFlight);

    /// <summary>Sends <paramref name="count"/> requests and waits until the last one is over.</summary>
    /// <param name="count">How many.</param>
    /// <param name="send">Gets the request's number and when it was due, in timestamps of the clock.</param>
    /// <param name="stop">Stops sending.</param>
    public async Task Run(int count, Func<int, long, Task> send, CancellationToken stop)
    {
        using var room = new SemaphoreSlim(_inFlight);
        var under = new List<Task>(count);
        var start = _time.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = start + (long)(_seconds(i) * _time.TimestampFrequency);
            var early = _time.GetElapsedTime(_time.GetTimestamp(), due);
            if (early > TimeSpan.Zero) await Task.Delay(early, _time, stop);
            await room.WaitAsync(stop);
            under.Add(One(i, due));
        }
        await Task.WhenAll(under);

        async Task One(int i, long due)
        {
            try
            {
                await send(i, due);
            }
            finally
            {
                room.Release();
            }
        }
    }
}
