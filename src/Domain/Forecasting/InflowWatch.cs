namespace CampusCare.Domain.Forecasting;

/// <summary>
/// Whether more contacts come than the forecast said. A surge begins when the last five minutes brought at least twice what
/// was told for them, and more than comes by chance once in 100,000 times on a day as busy as this one: a day has 1,440
/// looks. It ends when they were near the forecast for ten minutes on end, so that inflow that goes up and down is one surge.
/// </summary>
/// <param name="Since">When the surge that goes on was seen; null when there is none.</param>
/// <param name="CalmSince">Since when inflow is near the forecast again, while a surge goes on.</param>
public sealed record InflowWatch(DateTimeOffset? Since, DateTimeOffset? CalmSince)
{
    /// <summary>Nothing unusual.</summary>
    public static readonly InflowWatch Quiet = new(null, null);

    /// <summary>The time over which contacts are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>How long inflow is near the forecast until a surge is over.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(10);

    /// <summary>Of the forecast, from which on it is a surge.</summary>
    public const double SurgeFactor = 2;

    /// <summary>Of the forecast, up to which a surge calms down.</summary>
    public const double CalmFactor = 1.5;

    /// <summary>Fewer in five minutes need nobody to be called.</summary>
    public const int LeastContacts = 10;

    private const double NoChance = 0.99999, Usual = 0.9;

    /// <summary>The next look.</summary>
    /// <param name="at">When.</param>
    /// <param name="came">Contacts of the last <see cref="Window"/>.</param>
    /// <param name="expected">What was told for them.</param>
    /// <param name="level">How busy the day was before them.</param>
    public InflowWatch Seen(DateTimeOffset at, int came, double expected, LevelSoFar level)
    {
        var chance = new NegativeBinomial(level.Level * expected, level.Spread);
        if (Since is null) return came >= LeastContacts && came >= SurgeFactor * expected && came > chance.Quantile(NoChance) ? new InflowWatch(at, null) : this;
        if (came > Math.Max(CalmFactor * expected, chance.Quantile(Usual))) return CalmSince is null ? this : this with { CalmSince = null };
        var calm = CalmSince ?? at;
        return at - calm >= Calm ? Quiet : this with { CalmSince = calm };
    }

    /// <summary>What was told for a stretch of time: of each slot the part that lies in it.</summary>
    /// <param name="slots">One after the other.</param>
    /// <param name="from">Local time.</param>
    /// <param name="length">0 on.</param>
    public static double Expected(IReadOnlyList<SlotForecast> slots, DateTime from, TimeSpan length)
    {
        double sum = 0;
        foreach (var slot in slots)
        {
            var (begin, end) = (slot.Start > from ? slot.Start : from, Earlier(slot.Start.AddMinutes(SlotSeries.Minutes), from + length));
            if (end > begin) sum += slot.Expected * ((end - begin) / TimeSpan.FromMinutes(SlotSeries.Minutes));
        }
        return sum;
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}
