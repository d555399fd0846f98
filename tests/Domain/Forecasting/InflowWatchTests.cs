using CampusCare.Domain.Forecasting;
using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Tests.Forecasting;

public sealed class InflowWatchTests
{
    private const double Busy = 0.12; // by so much days differ from what was told, as those of CampusYear
    private const int Dinner = 18 * 60, MinutesPerDay = 24 * 60;
    private static readonly DateTimeOffset Noon = new(2026, 3, 23, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Twice_the_forecast_is_a_surge_when_it_can_hardly_be_chance()
    {
        At(0, came: 200, expected: 100).Since.ShouldBe(Noon);
        At(0, came: 199, expected: 100).Since.ShouldBeNull();
        At(0, came: 15, expected: 6).Since.ShouldBeNull("with six that comes once in a thousand times");
        At(0, came: 25, expected: 6).Since.ShouldBe(Noon);
        At(0, came: 9, expected: 0.1).Since.ShouldBeNull("nine people need nobody to be called");
        At(0, came: 10, expected: 0).Since.ShouldBe(Noon);
        At(0, came: 200, expected: 100, spread: 0.15).Since.ShouldBeNull("a forecast that errs much has to be missed by more");
    }

    [Fact]
    public void A_surge_ends_after_ten_minutes_near_the_forecast_and_no_sooner()
    {
        var watch = At(0, came: 60, expected: 20);
        watch = At(1, 35, 20, watch: watch);
        (watch.Since, watch.CalmSince).ShouldBe((Noon, null));
        watch = At(2, 25, 20, watch: watch);
        watch.CalmSince.ShouldBe(Noon.AddMinutes(2));
        watch = At(8, 45, 20, watch: watch);
        (watch.Since, watch.CalmSince).ShouldBe((Noon, null), "it went on");
        watch = At(9, 25, 20, watch: watch);
        watch = At(18, 20, 20, watch: watch);
        watch.Since.ShouldBe(Noon);
        At(19, 20, 20, watch: watch).ShouldBe(InflowWatch.Quiet);
    }

    [Fact]
    public void What_is_expected_of_a_stretch_is_made_of_parts_of_its_slots()
    {
        var noon = new DateTime(2026, 3, 23, 12, 0, 0);
        SlotForecast[] slots = [new(noon, 30, 0, 0), new(noon.AddMinutes(15), 60, 0, 0)];
        InflowWatch.Expected(slots, noon, InflowWatch.Window).ShouldBe(10, 1e-9);
        InflowWatch.Expected(slots, noon.AddMinutes(12), InflowWatch.Window).ShouldBe(3 * 2 + 2 * 4, 1e-9);
        InflowWatch.Expected(slots, noon.AddMinutes(-3), InflowWatch.Window).ShouldBe(2 * 2, 1e-9);
        InflowWatch.Expected(slots, noon.AddMinutes(28), InflowWatch.Window).ShouldBe(2 * 4, 1e-9);
        InflowWatch.Expected([], noon, InflowWatch.Window).ShouldBe(0);
    }

    [Fact]
    public void A_surge_at_dinner_is_found_within_five_minutes_of_its_start_and_told_once()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            // Three times the forecast from some moment of the dinner on, for three quarters of an hour.
            var begins = Dinner + seed % 60;
            var surges = Live(seed, minute => minute >= begins && minute < begins + 45 ? 3 : 0);
            surges.Count.ShouldBe(1, $"seed {seed}");
            surges[0].Begin.ShouldBeInRange(begins + 1, begins + 5, $"seed {seed}");
            surges[0].End.ShouldBeInRange(begins + 45 + 10, MinutesPerDay - 1, $"seed {seed}");
        }
    }

    [Fact]
    public void Quiet_noise_is_no_surge()
    {
        var found = 0;
        for (var seed = 1; seed <= 200; seed++) found += Live(seed, static _ => 0).Count;
        found.ShouldBe(0, "of 200 days");
    }

    [Fact]
    public void A_day_s_level_is_learnt_as_it_goes_on_and_hides_no_surge()
    {
        LevelSoFar.Of(0.02, 0, 0).ShouldBe(new LevelSoFar(1, 0.02));
        LevelSoFar.Of(0.02, 13, 10).Level.ShouldBe(1.05, 1e-9, "ten contacts say little beside the prior's fifty");
        var late = LevelSoFar.Of(0.02, 1300, 1000);
        late.Level.ShouldBeInRange(1.28, 1.3);
        late.Spread.ShouldBe(0.005, 1e-9);
        LevelSoFar.Of(0.02, 9000, 1000).Level.ShouldBe(LevelSoFar.MostLevel);
        LevelSoFar.Of(0, 1300, 1000).ShouldBe(new LevelSoFar(1, 0));
    }

    private static InflowWatch At(int minute, int came, double expected, double spread = 0, InflowWatch? watch = null) =>
        (watch ?? InflowWatch.Quiet).Seen(Noon.AddMinutes(minute), came, expected, new LevelSoFar(1, spread));

    /// <summary>A day of a campus, looked at once a minute: it is busier or calmer than was told, and minutes are Poisson.</summary>
    private static List<(int Begin, int End)> Live(int seed, Func<int, double> times)
    {
        var random = new RandomStream((ulong)seed, 0, RandomStream.Purpose("inflow"));
        var busy = Math.Exp(Busy * random.NextNormal());
        // Until each minute of the day.
        var (came, told) = (new int[MinutesPerDay + 1], new double[MinutesPerDay + 1]);
        for (var minute = 0; minute < MinutesPerDay; minute++)
            (came[minute + 1], told[minute + 1]) = (came[minute] + random.NextPoisson(Math.Max(busy, times(minute)) * PerMinute(minute)), told[minute] + PerMinute(minute));
        var surges = new List<(int, int)>();
        var watch = InflowWatch.Quiet;
        for (var minute = 5; minute <= MinutesPerDay; minute++)
        {
            var level = LevelSoFar.Of(Busy * Busy, came[minute - 5], told[minute - 5]);
            var next = watch.Seen(Noon.AddMinutes(minute), came[minute] - came[minute - 5], told[minute] - told[minute - 5], level);
            if (watch.Since is null && next.Since is not null) surges.Add((minute, MinutesPerDay));
            if (watch.Since is not null && next.Since is null) surges[^1] = (surges[^1].Item1, minute);
            watch = next;
        }
        return surges;
    }

    /// <summary>Nights of one contact in ten minutes, and a dinner of six a minute.</summary>
    private static double PerMinute(int minute) => 0.1 + 6 * Math.Exp(-Math.Pow((minute - 18.5 * 60) / 60.0, 2) / 2);
}
