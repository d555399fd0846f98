namespace CampusCare.Domain.Forecasting;

/// <summary>
/// What a campus's past says at a midnight about the day that begins and the two after it, so that two days lie ahead of
/// each of its moments. Whoever reckons it later that day gets the same.
/// </summary>
/// <param name="DaysKnown">Whole days since the first contact.</param>
/// <param name="Slots">The quarters of an hour from that midnight on; none when too few days are known.</param>
/// <param name="Spread">By how much counts differ from it beyond Poisson chance: variance = mean + spread × mean².</param>
public sealed record NightForecast(int DaysKnown, IReadOnlyList<SlotForecast> Slots, double Spread)
{
    /// <summary>So many days are looked back at: a quarter of a year.</summary>
    public const int LongestHistory = 91;

    /// <summary>With fewer days nothing is told: each weekday was there twice.</summary>
    public const int LeastHistory = 14;

    /// <summary>Slots that are told.</summary>
    public const int SlotsTold = SlotSeries.PerDay + Forecast.HorizonSlots;

    /// <summary>What is told at the midnight at which a day begins.</summary>
    /// <param name="contacts">By the local time at which a slot begins; nobody came in slots that are absent. What lies outside of the longest history is not looked at.</param>
    /// <param name="day">The day that begins.</param>
    public static NightForecast Of(IReadOnlyDictionary<DateTime, int> contacts, DateOnly day)
    {
        var (earliest, midnight) = (Midnight(day.AddDays(-LongestHistory)), Midnight(day));
        var first = contacts.Where(slot => slot.Value > 0 && slot.Key >= earliest && slot.Key < midnight).Select(static slot => slot.Key).DefaultIfEmpty(midnight).Min();
        // Of its first day nobody knows when it began, so that it is not a whole one.
        var begin = first == earliest ? DateOnly.FromDateTime(first) : DateOnly.FromDateTime(first).AddDays(1);
        var known = Math.Max(0, day.DayNumber - begin.DayNumber);
        if (known < LeastHistory) return new NightForecast(known, [], 0);
        var from = known * SlotSeries.PerDay;
        var series = new SlotSeries(begin, [.. Enumerable.Range(0, from + SlotsTold).Select(i =>
            new SlotRecord(i < from ? contacts.GetValueOrDefault(Midnight(begin).AddMinutes(i * SlotSeries.Minutes)) : null, null, 0, DayKind.Term))]);
        var (slots, spread) = Forecast.Of(series, from, SlotsTold);
        return new NightForecast(known, slots, spread);
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue);
}
