namespace CampusCare.Domain.Forecasting;

/// <summary>
/// How busy each day is beside what its slots let expect, followed from day to day: a local level, discounted as in
/// simple exponential smoothing (Brown, 1956), with a gamma prior for each day, so that the morning's few contacts move
/// the day's level a little and a whole day's many move it fully. How fast it follows and how much days differ are
/// chosen by how well each day was foretold by those before it.
/// </summary>
internal sealed class DayLevels
{
    private static readonly double[] Gains = [0.05, 0.1, 0.2, 0.3, 0.45, 0.6];
    private const int WarmUpDays = 14;
    private const double WeakestPrior = 4, StrongestPrior = 1e5; // counts

    private readonly (double Counted, double Expected)[] _days;
    private double _gain = 0.2, _prior = 200;

    public DayLevels(IReadOnlyList<(double Counted, double Expected)> days)
    {
        _days = [.. days];
        Choose();
        (Foretold, Levels) = Follow(_gain, _prior);
    }

    /// <summary>The level of each day as the days before it foretold it.</summary>
    public IReadOnlyList<double> Foretold { get; }

    /// <summary>The level of each day with what was counted on it; a day without counts has the foretold one.</summary>
    public IReadOnlyList<double> Levels { get; }

    private void Choose()
    {
        // Twice: the prior depends on the gain and the other way round, and both settle at once.
        for (var pass = 0; pass < 2; pass++)
        {
            _gain = Gains.MinBy(gain => Miss(gain, _prior));
            _prior = PriorOf(Follow(_gain, _prior).Foretold);
        }
    }

    private double Miss(double gain, double prior)
    {
        var foretold = Follow(gain, prior).Foretold;
        double missed = 0;
        for (var d = Math.Min(WarmUpDays, _days.Length / 2); d < _days.Length; d++) missed += Math.Abs(_days[d].Counted - foretold[d] * _days[d].Expected);
        return missed;
    }

    /// <summary>By moments: what days differ from their foretold level beyond Poisson chance has the variance 1/prior.</summary>
    private double PriorOf(IReadOnlyList<double> foretold)
    {
        double beyond = 0;
        var days = 0;
        for (var d = Math.Min(WarmUpDays, _days.Length / 2); d < _days.Length; d++)
        {
            var expected = foretold[d] * _days[d].Expected;
            if (expected < 1) continue;
            var miss = _days[d].Counted / expected - 1;
            beyond += miss * miss - 1 / expected;
            days++;
        }
        return days == 0 || beyond <= 0 ? StrongestPrior : Math.Clamp(days / beyond, WeakestPrior, StrongestPrior);
    }

    private (double[] Foretold, double[] Levels) Follow(double gain, double prior)
    {
        var (foretold, levels) = (new double[_days.Length], new double[_days.Length]);
        var level = 1.0;
        for (var d = 0; d < _days.Length; d++)
        {
            foretold[d] = level;
            levels[d] = (prior * level + _days[d].Counted) / (prior + _days[d].Expected);
            level += gain * (levels[d] - level);
        }
        return (foretold, levels);
    }
}
