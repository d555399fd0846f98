namespace CampusCare.Domain.Routing;

/// <summary>A wait as it can honestly be told: one of ten is shorter than the band, one of ten longer.</summary>
public readonly record struct WaitEstimate(TimeSpan Low, TimeSpan Expected, TimeSpan High)
{
    /// <summary>Served at once.</summary>
    public static readonly WaitEstimate None;
}

/// <summary>EWT: how long the ticket at a position will wait if its customer stays.</summary>
public static class ExpectedWait
{
    private const double Decile = 1.2815515655446004; // of the normal distribution

    /// <summary>
    /// With all slots busy, the ticket moves up whenever a slot frees up or somebody before it gives up. With i before
    /// it that takes an exponential time of rate slots/handleTime + i·θ (the M/M/c+M line: Palm 1946; Whitt,
    /// "Predicting queueing delays", Management Science 45, 1999). So the wait's mean is Σ 1/rate and its variance
    /// Σ 1/rate², and its band is that of the gamma distribution with these moments, by the cube-root approximation of
    /// Wilson and Hilferty (1931). The cost grows with the position. Null without slots: nobody can promise a time.
    /// </summary>
    /// <param name="position">1 for the next one.</param>
    /// <param name="slots">Slots of agents at work, free or not.</param>
    /// <param name="free">Slots that are free now: the line before them is served at once.</param>
    /// <param name="handleTime">Mean time that a ticket holds a slot.</param>
    /// <param name="abandonment">θ: at which rate, per second, one waiting customer gives up. See <see cref="AbandonmentRate"/>.</param>
    /// <param name="remainingWork">
    /// Mean time until each busy slot frees up, where more is known than that it is busy; empty: a whole
    /// <paramref name="handleTime"/> each, which is exact when handle times are exponential.
    /// </param>
    public static WaitEstimate? Of(
        int position, int slots, int free, TimeSpan handleTime, double abandonment = 0, ReadOnlySpan<TimeSpan> remainingWork = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(position);
        ArgumentOutOfRangeException.ThrowIfNegative(abandonment);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(handleTime, TimeSpan.Zero);
        if (slots <= 0) return null;
        if (position <= free) return WaitEstimate.None;

        var usual = slots / handleTime.TotalSeconds;
        var (atFirst, renewed) = (RateOf(remainingWork, slots, handleTime), 0.0);
        double mean = 0, variance = 0;
        for (var ahead = position - Math.Max(0, free) - 1; ahead >= 0; ahead--)
        {
            var finishing = atFirst + (usual - atFirst) * renewed;
            var stage = 1 / (finishing + ahead * abandonment);
            mean += stage;
            variance += stage * stage;
            renewed += (1 - renewed) / slots * (finishing * stage); // a slot that frees up takes a ticket whose work is all to be done
        }
        return Band(mean, variance);
    }

    // Work that is nearly done says little: its estimate is no better than a part of a handle time.
    private static double RateOf(ReadOnlySpan<TimeSpan> remainingWork, int slots, TimeSpan handleTime)
    {
        const double least = 0.1;
        var known = Math.Min(remainingWork.Length, slots);
        var rate = (slots - known) / handleTime.TotalSeconds;
        foreach (var work in remainingWork[..known]) rate += 1 / Math.Max(work.TotalSeconds, least * handleTime.TotalSeconds);
        return rate;
    }

    private static WaitEstimate Band(double mean, double variance)
    {
        var shape = mean * mean / variance;
        return new WaitEstimate(Quantile(-Decile), TimeSpan.FromSeconds(mean), Quantile(Decile));

        TimeSpan Quantile(double normal)
        {
            var root = Math.Max(0, 1 - 1 / (9 * shape) + normal / (3 * Math.Sqrt(shape)));
            return TimeSpan.FromSeconds(mean * root * root * root);
        }
    }
}

/// <summary>
/// At which rate one waiting customer gives up: times given up over time waited, the maximum-likelihood estimate for an
/// exponential patience when most are served before it ends (censored), with a prior so that it begins somewhere.
/// </summary>
/// <param name="WaitedSeconds">Time waited by all, whatever came of it.</param>
/// <param name="Abandoned">How many gave up.</param>
public sealed record AbandonmentRate(double WaitedSeconds, double Abandoned)
{
    /// <summary>What is believed at first: a mean patience of ten minutes, worth two who gave up.</summary>
    public static readonly AbandonmentRate Prior = new(1200, 2);

    /// <summary>Beyond so much waiting (about 55 hours) the past counts half: habits change.</summary>
    public const double MemorySeconds = 200_000;

    /// <summary>θ, per second and waiting customer.</summary>
    public double PerSecond => Abandoned / WaitedSeconds;

    /// <summary>Somebody's waiting ended, by whatever, after a time.</summary>
    public AbandonmentRate Waited(TimeSpan time)
    {
        var waited = WaitedSeconds + Math.Max(0, time.TotalSeconds);
        return waited <= MemorySeconds ? this with { WaitedSeconds = waited } : new AbandonmentRate(waited / 2, Abandoned / 2);
    }

    /// <summary>Somebody gave up.</summary>
    public AbandonmentRate GaveUp() => this with { Abandoned = Abandoned + 1 };
}
