using System.Collections.Immutable;
using CampusCare.Domain.Incidents;
using CampusCare.Domain.Simulation;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Incidents;

/// <summary>A campus of four hundred contacts a day, looked at every five seconds: how often nothing is taken for something, and how soon something is seen.</summary>
public sealed class OutbreakTests
{
    private const int PerDay = 400, KnownDays = 28, QuietDays = 60;
    private static readonly DateTime Monday = new(2026, 3, 2);
    private static readonly Category[] Categories = Enum.GetValues<Category>();

    /// <summary>Of a day's contacts: what they are about, in the order of the categories.</summary>
    private static readonly double[] Shares = [.22, .08, .06, .09, .01, .04, .14, .07, .05, .04, .08, .06, .02, .04];

    [Fact]
    public void Sixty_busy_and_calm_days_of_a_campus_raise_no_suspicion()
    {
        var raised = new List<string>();
        Parallel.For(1, 4, seed =>
        {
            var world = new World(seed);
            for (var day = 0; day < QuietDays / 3; day++)
                foreach (var alarm in world.Live(Monday.AddDays(KnownDays + day), from: 0, hours: 24)) lock (raised) raised.Add($"seed {seed} day {day}: {alarm}");
        });
        raised.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(18.5, 12, 75, 120)]
    [InlineData(18.5, 30, 30, 60)]
    [InlineData(12.25, 30, 30, 60)]
    [InlineData(3, 6, 60, 150)]
    public void What_breaks_is_seen_soon(double hour, double perMinute, int usually, int atMost)
    {
        var delays = new List<double>();
        for (var seed = 1; seed <= 40; seed++)
        {
            var broken = Monday.AddDays(KnownDays).AddHours(hour);
            var alarms = new World(seed).Live(Monday.AddDays(KnownDays), hour - 0.25, 0.75, (Category.RefundAndPayment, broken, perMinute));
            var first = alarms.First(alarm => alarm.At >= broken);
            first.Category.ShouldBe(Category.RefundAndPayment);
            delays.Add((first.At - broken).TotalSeconds);
        }
        delays.Order().ElementAt(20).ShouldBeLessThanOrEqualTo(usually, "one of two");
        delays.Max().ShouldBeLessThanOrEqualTo(atMost);
    }

    [Fact]
    public void It_is_one_suspicion_until_as_many_come_as_usual_for_three_minutes()
    {
        var (usual, at) = (new Expectation(1, 0.2), new DateTimeOffset(Monday, TimeSpan.Zero));
        var watch = OutbreakWatch.Quiet.Seen(at, 18, usual);
        watch.Since.ShouldBe(at);
        watch = watch.Seen(at.AddSeconds(60), 1, usual).Seen(at.AddSeconds(180), 1, usual).Seen(at.AddSeconds(200), 9, usual);
        (watch.Since, watch.CalmSince).ShouldBe((at, null), "it came back");
        watch = watch.Seen(at.AddSeconds(300), 2, usual);
        watch.Seen(at.AddSeconds(479), 0, usual).Since.ShouldBe(at);
        watch.Seen(at.AddSeconds(480), 0, usual).ShouldBe(OutbreakWatch.Quiet);
    }

    [Fact]
    public void Few_people_or_a_campus_where_everything_comes_more_are_nothing()
    {
        var at = new DateTimeOffset(Monday, TimeSpan.Zero);
        OutbreakWatch.Quiet.Seen(at, 4, new Expectation(0.001, 0.1)).ShouldBe(OutbreakWatch.Quiet);
        var rain = Categories.ToImmutableDictionary(static category => category, static _ => 6);
        foreach (var (category, usual) in UsualContacts.Of([.. Flat(1)], KnownDays).In(Monday.AddHours(18), OutbreakWatch.Window, rain))
            usual.Mean.ShouldBeGreaterThan(3 * UsualOf(category, 1), "six times as much of everything");
        var alone = UsualContacts.Of([.. Flat(1)], KnownDays).In(Monday.AddHours(18), OutbreakWatch.Window, ImmutableDictionary<Category, int>.Empty.Add(Category.AppFault, 50));
        alone.First(static of => of.Category == Category.AppFault).Usual.Mean.ShouldBe(UsualOf(Category.AppFault, 1), 1e-9, "what breaks alone makes itself no usual thing");
    }

    [Fact]
    public void A_day_that_was_broken_once_does_not_become_usual()
    {
        var calm = UsualOf(Category.RefundAndPayment, 2);
        var once = UsualContacts.Of([.. Flat(2), new PastHour(Category.RefundAndPayment, Monday.AddDays(3).AddHours(18), 900)], KnownDays)
            .In(Monday.AddHours(18.5), OutbreakWatch.Window, []).First(static of => of.Category == Category.RefundAndPayment).Usual.Mean;
        once.ShouldBe(calm, 0.1 * calm);
    }

    private static double UsualOf(Category category, int perHour) =>
        UsualContacts.Of([.. Flat(perHour)], KnownDays).In(Monday.AddHours(18), OutbreakWatch.Window, []).First(of => of.Category == category).Usual.Mean;

    private static IEnumerable<PastHour> Flat(int perHour) =>
        from category in Categories
        from hour in Enumerable.Range(0, KnownDays * 24)
        select new PastHour(category, Monday.AddHours(hour), perHour);

    /// <summary>Days that differ, rushes at noon and in the evening, rain that brings more of everything and most of what is late.</summary>
    private sealed class World
    {
        private RandomStream _chance; // a struct that moves on
        private readonly UsualContacts _usual;

        public World(int seed)
        {
            _chance = new RandomStream((ulong)seed, 0, RandomStream.Purpose("outbreak"));
            var past = new List<PastHour>();
            for (var day = 0; day < KnownDays; day++)
            {
                var level = Level();
                for (var hour = 0; hour < 24; hour++)
                    foreach (var category in Categories)
                        if (Poisson(Rate(category, hour + 0.5, level)) is > 0 and var came) past.Add(new PastHour(category, Monday.AddDays(day).AddHours(hour), came));
            }
            _usual = UsualContacts.Of(past, KnownDays);
        }

        public List<(Category Category, DateTime At)> Live(DateTime day, double from, double hours, (Category Category, DateTime Since, double PerMinute)? broken = null)
        {
            var (level, alarms, step) = (Level(), new List<(Category, DateTime)>(), OutbreakWatch.Period);
            var kept = (int)(OutbreakWatch.Window / step);
            var watches = Array.ConvertAll(Categories, static _ => OutbreakWatch.Quiet);
            var ring = Array.ConvertAll(Categories, _ => new int[kept]);
            for (var tick = 0; tick < TimeSpan.FromHours(hours) / step; tick++)
            {
                var at = day.AddHours(from) + tick * step;
                foreach (var category in Categories)
                {
                    var rate = Rate(category, at.TimeOfDay.TotalHours, level);
                    if (broken is { } fault && fault.Category == category && at > fault.Since) rate += fault.PerMinute * 60;
                    ring[(int)category][tick % kept] = Poisson(rate * step.TotalHours);
                }
                if (tick < kept) continue;
                var came = Categories.Select(category => KeyValuePair.Create(category, ring[(int)category].Sum())).Where(static of => of.Value > 0).ToImmutableDictionary();
                if (came.IsEmpty || (came.Values.Max() < OutbreakWatch.LeastPeople && Array.TrueForAll(watches, static watch => watch == OutbreakWatch.Quiet))) continue;
                foreach (var (category, usual) in _usual.In(at, OutbreakWatch.Window, came))
                {
                    var before = watches[(int)category];
                    watches[(int)category] = before.Seen(new DateTimeOffset(at, TimeSpan.Zero), came.GetValueOrDefault(category), usual);
                    if (before.Since is null && watches[(int)category].Since is not null) alarms.Add((category, at));
                }
            }
            return alarms;
        }

        // A day is half as busy as another one, or twice.
        private double Level() => Math.Exp(0.35 * _chance.NextNormal());

        private static double Rate(Category category, double hour, double level)
        {
            var rush = 4 * Math.Exp(-Math.Pow((hour - 12.2) / 0.8, 2)) + 6 * Math.Exp(-Math.Pow((hour - 18.3) / 1.1, 2)) + (hour is > 8 and < 23 ? 0.4 : 0.03);
            return level * PerDay * Shares[(int)category] * rush / 24.6;
        }

        private int Poisson(double mean) => _chance.NextPoisson(mean);
    }
}
