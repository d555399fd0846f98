using CampusCare.Domain.Forecasting;

namespace CampusCare.Domain.Tests.Forecasting;

public sealed class ForecastTests
{
    private const int PerDay = SlotSeries.PerDay;
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Theory, InlineData(1), InlineData(2)]
    public void Errs_a_fifth_less_than_last_week_and_keeps_its_band(long seed)
    {
        var (happened, foreseen) = CampusYear.Of(seed);
        var (term, seen) = (Until(happened, 305), Until(foreseen, 305));
        var accuracy = Accuracy.Of(term, seen, nights: 15);
        accuracy.Better.ShouldBeGreaterThan(0.2);
        accuracy.InBand.ShouldBeInRange(0.7, 0.9);
        // What it knows of orders and rain is of use.
        Accuracy.Of(Each(term, static slot => slot with { Orders = null, RainMillimetres = 0 }), Each(seen, static slot => slot with { RainMillimetres = 0 }), nights: 15)
            .Wape.ShouldBeGreaterThan(accuracy.Wape);
    }

    [Fact]
    public void What_the_factors_made_is_told_exactly()
    {
        var series = Days(60, static (day, slot) => (int)(20 * Noon(slot) * (day.DayOfWeek == DayOfWeek.Friday ? 1.5 : 1) * (Wet(day) ? 1.4 : 1) + 0.5), static day => Wet(day) ? 5 : 0);
        var told = Forecast.Of(series, 58 * PerDay);
        told.Count.ShouldBe(2 * PerDay);
        told[0].Start.ShouldBe(Monday.AddDays(58).ToDateTime(TimeOnly.MinValue));
        for (var i = 0; i < told.Count; i++)
            told[i].Expected.ShouldBe(series[58 * PerDay + i].Contacts!.Value, 1.5 + 0.05 * series[58 * PerDay + i].Contacts!.Value);
    }

    [Fact]
    public void A_campus_that_doubles_is_followed_within_days()
    {
        var series = Days(60, static (day, slot) => (int)(Noon(slot) * (day >= Monday.AddDays(50) ? 40 : 20)));
        Total(Forecast.Of(series, 50 * PerDay)).ShouldBe(2.0 * DayTotal(series, 49), 0.1 * DayTotal(series, 49));
        Total(Forecast.Of(series, 57 * PerDay)).ShouldBe(2.0 * DayTotal(series, 57), 0.3 * DayTotal(series, 57));
    }

    [Fact]
    public void A_busy_morning_is_news_for_its_evening()
    {
        var series = Days(40, static (day, slot) => (int)(30 * Noon(slot) * (day == Monday.AddDays(39) ? 1.8 : day.DayNumber % 3 * 0.2 + 0.8)));
        var (before, after) = (Forecast.Of(series, 39 * PerDay), Forecast.Of(series, 39 * PerDay + 56));
        Total(after).ShouldBeGreaterThan(1.3 * Total(before.Skip(56)));
    }

    [Fact]
    public void A_time_without_records_is_not_a_time_without_contacts()
    {
        var whole = Days(60, static (_, slot) => (int)(20 * Noon(slot)));
        var gaps = new SlotSeries(Monday, [.. Enumerable.Range(0, whole.Count).Select(i => i / PerDay % 5 == 2 ? whole[i] with { Contacts = null } : whole[i])]);
        Total(Forecast.Of(gaps, 58 * PerDay)).ShouldBe(Total(Forecast.Of(whole, 58 * PerDay)), 20);
    }

    [Fact]
    public void Whatever_is_known_gives_numbers()
    {
        var random = new Random(4);
        for (var round = 0; round < 40; round++)
        {
            var days = random.Next(1, 12);
            var series = new SlotSeries(Monday.AddDays(round), [.. Enumerable.Range(0, days * PerDay + random.Next(1, PerDay)).Select(_ =>
                new SlotRecord(random.Next(3) == 0 ? null : random.Next(round % 4 * 30 + 1), random.Next(2) == 0 ? null : random.Next(200), random.Next(4) * 3, (DayKind)random.Next(3)))]);
            var from = random.Next(1, series.Count);
            foreach (var slot in Forecast.Of(series, from))
            {
                double.IsFinite(slot.Expected).ShouldBeTrue();
                slot.Expected.ShouldBeGreaterThanOrEqualTo(0);
                slot.Low.ShouldBeLessThanOrEqualTo(slot.High);
            }
        }
    }

    [Fact]
    public void The_future_is_not_looked_at()
    {
        var (happened, _) = CampusYear.Of(5);
        var from = 100 * PerDay + 40;
        var until = new SlotSeries(happened.FirstDay, [.. Enumerable.Range(0, from + PerDay).Select(i => happened[i])]);
        var unknown = new SlotSeries(until.FirstDay, [.. Enumerable.Range(0, until.Count).Select(i => i < from ? until[i] : until[i] with { Contacts = null, Orders = null })]);
        Forecast.Of(until, from).ShouldBe(Forecast.Of(unknown, from));
    }

    private static double Noon(int slot) => Math.Exp(-Math.Pow((slot - 48) / 12.0, 2));

    private static bool Wet(DateOnly day) => day.DayNumber % 4 == 1;

    private static double Total(IEnumerable<SlotForecast> told) => told.Sum(static slot => slot.Expected);

    private static double DayTotal(SlotSeries series, int day) => Enumerable.Range(day * PerDay, PerDay).Sum(i => series[i].Contacts!.Value);

    private static SlotSeries Days(int days, Func<DateOnly, int, int> contacts, Func<DateOnly, double>? rain = null) => new(Monday, [.. Enumerable.Range(0, days * PerDay).Select(i =>
        new SlotRecord(contacts(Monday.AddDays(i / PerDay), i % PerDay), null, rain?.Invoke(Monday.AddDays(i / PerDay)) ?? 0, DayKind.Term))]);

    private static SlotSeries Until(SlotSeries series, int days) => new(series.FirstDay, [.. Enumerable.Range(0, days * PerDay).Select(i => series[i])]);

    private static SlotSeries Each(SlotSeries series, Func<SlotRecord, SlotRecord> change) => new(series.FirstDay, [.. Enumerable.Range(0, series.Count).Select(i => change(series[i]))]);
}
