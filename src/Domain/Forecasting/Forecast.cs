namespace CampusCare.Domain.Forecasting;

/// <summary>What is expected of a quarter of an hour.</summary>
/// <param name="Start">Local time at which it begins.</param>
/// <param name="Expected">Contacts, on average.</param>
/// <param name="Low">One slot in ten has fewer contacts.</param>
/// <param name="High">One slot in ten has more contacts.</param>
public readonly record struct SlotForecast(DateTime Start, double Expected, int Low, int High);

/// <summary>
/// Contacts to come in quarters of an hour: from the time of day, the kind of day, the weekday, the rain, how busy the last
/// days were and today is so far, and the orders from which contacts come. docs/forecasting.md tells how well it does.
/// </summary>
public static class Forecast
{
    /// <summary>Two days.</summary>
    public const int HorizonSlots = 2 * SlotSeries.PerDay;

    private const double BandEdge = 0.1;

    /// <summary>
    /// The slots of a series from one on, at most <see cref="HorizonSlots"/>, from what is known of those before it. Rain
    /// and kind of day are taken from the series for the future too: they are forecasts and calendars there.
    /// </summary>
    /// <param name="series">What is known; contacts and orders from <paramref name="from"/> on are not looked at.</param>
    /// <param name="from">The first slot to tell, at least 1.</param>
    public static IReadOnlyList<SlotForecast> Of(SlotSeries series, int from) => Of(series, from, HorizonSlots).Slots;

    /// <summary>The same for at most so many slots, and by how much counts differ from it beyond Poisson chance: variance = mean + spread × mean².</summary>
    internal static (IReadOnlyList<SlotForecast> Slots, double Spread) Of(SlotSeries series, int from, int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, series.Count);
        var end = Math.Min(series.Count, from + most);
        int?[] contacts = Known(static record => record.Contacts), orders = Known(static record => record.Orders);
        var (exposure, foretold) = Exposure();
        var model = new CountModel(series, contacts, exposure, foretold);
        return ([.. Enumerable.Range(from, end - from).Select(slot => Told(series.Start(slot), model[slot], model.Spread))], model.Spread);

        int?[] Known(Func<SlotRecord, int?> of) => [.. Enumerable.Range(0, series.Count).Select(i => i < from ? of(series[i]) : null)];

        (double[] Exposure, double[] Foretold) Exposure()
        {
            var one = new double[series.Count];
            Array.Fill(one, 1);
            if (orders.Count(static count => count is not null) < SlotSeries.PerDay) return (one, one);
            var placed = new CountModel(series, orders, one);
            return ([.. one.Select((_, i) => placed[i])], [.. one.Select((_, i) => placed.Foretold(i))]);
        }
    }

    private static SlotForecast Told(DateTime start, double expected, double spread)
    {
        var counts = new NegativeBinomial(expected, spread);
        return new SlotForecast(start, expected, counts.Quantile(BandEdge), counts.Quantile(1 - BandEdge));
    }
}
