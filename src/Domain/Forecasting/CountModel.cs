namespace CampusCare.Domain.Forecasting;

/// <summary>Expected counts of all slots of a series, known and to come: <see cref="SlotFactors"/> times <see cref="DayLevels"/>.</summary>
internal sealed class CountModel
{
    private const int PerDay = SlotSeries.PerDay;
    private const int SpreadDays = 90;
    private const double WithinBand = 0.8, NormalEdge = 1.2816, LeastForSpread = 5;

    private readonly double[] _shape; // exposure × factors

    /// <param name="series">The days.</param>
    /// <param name="counts">What was counted in each slot; null where nothing is known.</param>
    /// <param name="exposure">What a count is in proportion to, of all slots.</param>
    /// <param name="foretold">The same as it was foretold days before, by which forecasts erred; null when it was known all along.</param>
    public CountModel(SlotSeries series, IReadOnlyList<int?> counts, IReadOnlyList<double> exposure, IReadOnlyList<double>? foretold = null)
    {
        var days = (series.Count + PerDay - 1) / PerDay;
        var levels = new DayLevels([.. Enumerable.Repeat((0.0, 0.0), days)]);
        _shape = new double[series.Count];
        for (var pass = 0; pass < 2; pass++)
        {
            var factors = new SlotFactors(series, counts, exposure, levels.Levels);
            for (var i = 0; i < _shape.Length; i++) _shape[i] = exposure[i] * factors[i];
            levels = new DayLevels(Days(counts, days));
        }
        Levels = levels;
        Spread = SpreadOf(counts, i => foretold is null ? 1 : foretold[i] / exposure[i]);
    }

    /// <summary>The level of each day.</summary>
    public DayLevels Levels { get; }

    /// <summary>By how much counts differ from what the days before foretold, beyond Poisson chance: variance = mean + spread × mean², see <see cref="NegativeBinomial"/>.</summary>
    public double Spread { get; }

    /// <summary>What a slot is expected to count, with all that is known of its day.</summary>
    public double this[int slot] => _shape[slot] * Levels.Levels[slot / PerDay];

    /// <summary>What a slot was expected to count two midnights before.</summary>
    public double Foretold(int slot) => _shape[slot] * Levels.Foretold[Math.Max(0, slot / PerDay - 1)];

    private (double, double)[] Days(IReadOnlyList<int?> counts, int days)
    {
        var sums = new (double Counted, double Expected)[days];
        for (var i = 0; i < counts.Count; i++)
            if (counts[i] is { } count) sums[i / PerDay] = (sums[i / PerDay].Counted + count, sums[i / PerDay].Expected + _shape[i]);
        return sums;
    }

    /// <summary>
    /// Such that the band around what was foretold two days ahead held eight of ten counts of late, by the normal approximation
    /// (a quantile, not a variance: one outage must not widen every band).
    /// </summary>
    private double SpreadOf(IReadOnlyList<int?> counts, Func<int, double> otherExposure)
    {
        var needed = new List<double>();
        for (var i = Math.Max(0, counts.Count - SpreadDays * PerDay); i < counts.Count; i++)
        {
            if (counts[i] is not { } count) continue;
            var expected = Foretold(i) * otherExposure(i);
            if (expected < LeastForSpread) continue;
            var edge = (count - expected) / NormalEdge;
            needed.Add((edge * edge - expected) / (expected * expected));
        }
        if (needed.Count == 0) return 0;
        needed.Sort();
        return Math.Max(0, needed[(int)(needed.Count * WithinBand)]);
    }
}
