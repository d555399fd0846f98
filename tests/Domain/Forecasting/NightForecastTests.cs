using CampusCare.Domain.Forecasting;

namespace CampusCare.Domain.Tests.Forecasting;

public sealed class NightForecastTests
{
    private const int PerDay = SlotSeries.PerDay;
    private static readonly DateOnly Today = new(2026, 3, 23);

    [Fact]
    public void A_day_and_the_two_after_it_are_told_from_what_came_before()
    {
        var told = NightForecast.Of(Past(days: 30), Today);
        told.DaysKnown.ShouldBe(30);
        told.Slots.Count.ShouldBe(3 * PerDay);
        told.Slots[0].Start.ShouldBe(Today.ToDateTime(TimeOnly.MinValue));
        for (var i = 0; i < told.Slots.Count; i++) told.Slots[i].Expected.ShouldBe(Noon(i % PerDay), 1.5 + 0.15 * Noon(i % PerDay));
        told.Slots[48].Low.ShouldBeLessThan(told.Slots[48].High);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    public void Too_few_days_tell_nothing(int days)
    {
        var told = NightForecast.Of(Past(days), Today);
        told.DaysKnown.ShouldBe(days);
        told.Slots.ShouldBeEmpty();
        NightForecast.Of(Past(14), Today).Slots.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_day_of_the_first_contact_is_not_a_whole_one() =>
        NightForecast.Of(new Dictionary<DateTime, int> { [Today.AddDays(-15).ToDateTime(new TimeOnly(12, 0))] = 1 }, Today).DaysKnown.ShouldBe(14);

    [Fact]
    public void Neither_the_day_itself_nor_what_is_long_past_changes_anything()
    {
        var past = Past(days: 20);
        var told = NightForecast.Of(past, Today);
        past[Today.ToDateTime(new TimeOnly(12, 0))] = 500;
        NightForecast.Of(past, Today).Slots.ShouldBe(told.Slots);
        var whole = NightForecast.Of(Past(NightForecast.LongestHistory), Today);
        whole.DaysKnown.ShouldBe(NightForecast.LongestHistory);
        NightForecast.Of(Past(NightForecast.LongestHistory + 30), Today).Slots.ShouldBe(whole.Slots);
    }

    /// <summary>So many whole days before today, each of them like the other, and an evening before them.</summary>
    private static Dictionary<DateTime, int> Past(int days)
    {
        var first = Today.AddDays(-days).ToDateTime(TimeOnly.MinValue);
        var past = Enumerable.Range(0, days * PerDay).ToDictionary(i => first.AddMinutes(i * SlotSeries.Minutes), static i => (int)Noon(i % PerDay));
        past[first.AddHours(-2)] = 1;
        return past;
    }

    private static double Noon(int slot) => Math.Round(1 + 30 * Math.Exp(-Math.Pow((slot - 48) / 12.0, 2)));
}
