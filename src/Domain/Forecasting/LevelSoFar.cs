namespace CampusCare.Domain.Forecasting;

/// <summary>How busy a day is beside its forecast, from what came of it so far.</summary>
/// <param name="Level">1: as busy as was told.</param>
/// <param name="Spread">By how much counts differ from what was told, times the level, beyond Poisson chance.</param>
public readonly record struct LevelSoFar(double Level, double Spread)
{
    /// <summary>No level hides a surge to twice the forecast.</summary>
    public const double MostLevel = InflowWatch.CalmFactor;

    /// <summary>Parts of a day differ, too, however much is known of the day.</summary>
    private const double LeastSpread = 0.25;

    private const double None = 1e-6;

    /// <summary>By a gamma prior of mean 1 whose variance is the spread: a few contacts say little, many say all.</summary>
    /// <param name="spread">By how much counts differ from what was told beyond Poisson chance, see <see cref="NightForecast.Spread"/>.</param>
    /// <param name="came">Contacts of the day so far.</param>
    /// <param name="expected">What was told for them.</param>
    public static LevelSoFar Of(double spread, int came, double expected)
    {
        if (spread < None) return new LevelSoFar(1, 0);
        var prior = 1 / spread;
        return new LevelSoFar(Math.Clamp((prior + came) / (prior + expected), 1 / MostLevel, MostLevel), Math.Max(1 / (prior + came), LeastSpread * spread));
    }
}
