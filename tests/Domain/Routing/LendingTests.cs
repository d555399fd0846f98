using CampusCare.Domain.Routing;
using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Routing;

public sealed class LendingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_lends_as_many_as_its_own_level_bears_and_not_one_more()
    {
        var lending = Lending.Default;
        var some = 0;
        foreach (var load in Loads(1, 300).Select(static load => load with { Waiting = 0 }))
        {
            var lent = lending.CanLend(load);
            lent.ShouldBeInRange(0, Lending.MaximumAtOnce);
            if (lent > 0)
            {
                some++;
                LevelOf(load, load.Slots - load.Lent - lent).ShouldBeGreaterThanOrEqualTo(lending.Target + lending.Margin);
            }
            if (lent < Lending.MaximumAtOnce && load.Slots - load.Lent - lent > 1)
                LevelOf(load, load.Slots - load.Lent - lent - 1).ShouldBeLessThan(lending.Target + lending.Margin);
        }
        some.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void More_work_or_fewer_people_never_lend_more_nor_take_back_less()
    {
        var lending = Lending.Default;
        foreach (var load in Loads(2, 200))
        {
            LenderLoad[] harder =
            [
                load with { ArrivalsPerSecond = 1.2 * load.ArrivalsPerSecond },
                load with { HandleTime = 1.2 * load.HandleTime },
                load with { Slots = Math.Max(load.Lent, load.Slots - 1) },
                load with { Waiting = load.Waiting + 1 },
            ];
            foreach (var worse in harder)
            {
                lending.CanLend(worse).ShouldBeLessThanOrEqualTo(lending.CanLend(load));
                lending.TakeBack(worse).ShouldBeGreaterThanOrEqualTo(lending.TakeBack(load));
            }
        }
    }

    [Fact]
    public void What_was_lent_is_not_taken_back_at_the_same_load_and_what_came_back_is_not_lent_again()
    {
        var lending = Lending.Default;
        foreach (var load in Loads(3, 300))
        {
            var lent = lending.CanLend(load);
            if (lent > 0) lending.TakeBack(load with { Lent = load.Lent + lent }).ShouldBe(0);

            var back = lending.TakeBack(load);
            back.ShouldBeInRange(0, load.Lent);
            if (back > 0) lending.CanLend(load with { Lent = load.Lent - back }).ShouldBe(0);
        }
    }

    [Fact]
    public void Nobody_lends_the_last_slot_nor_while_its_own_customers_wait()
    {
        var idle = new LenderLoad(0, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), Slots: 10, Lent: 0, Waiting: 0);
        Lending.Default.CanLend(idle).ShouldBe(9);
        Lending.Default.CanLend(idle with { Slots = 1 }).ShouldBe(0);
        Lending.Default.CanLend(idle with { Slots = 0 }).ShouldBe(0);
        Lending.Default.CanLend(idle with { Waiting = 1 }).ShouldBe(0);
        Lending.Default.CanLend(idle with { Slots = 500 }).ShouldBe(Lending.MaximumAtOnce);
    }

    [Fact]
    public void A_sudden_line_brings_agents_home_before_the_rate_has_noticed()
    {
        var quiet = new LenderLoad(0.001, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), Slots: 20, Lent: 12, Waiting: 0);
        Lending.Default.TakeBack(quiet).ShouldBe(0);
        Lending.Default.TakeBack(quiet with { Waiting = 1 }).ShouldBe(7);
        Lending.Default.TakeBack(quiet with { Waiting = 30 }).ShouldBe(12);
    }

    [Fact]
    public void Bad_policies_are_told_in_words()
    {
        Lending.Default.Fault().ShouldBeNull();
        (Lending.Default with { Target = 1.1 }).Fault().ShouldNotBeNull();
        (Lending.Default with { Target = double.NaN }).Fault().ShouldNotBeNull();
        (Lending.Default with { Margin = -0.1 }).Fault().ShouldNotBeNull();
        (Lending.Default with { Within = TimeSpan.FromSeconds(-1) }).Fault().ShouldNotBeNull();
    }

    [Fact]
    public void A_steady_rate_is_found_from_the_first_minutes_on()
    {
        foreach (var minutes in new[] { 1, 5, 60 })
        {
            var random = new Random(minutes);
            var found = Enumerable.Range(0, 400).Average(_ => Steady(random, perSecond: 0.2, TimeSpan.FromMinutes(minutes)));
            found.ShouldBe(0.2, 0.01, $"after {minutes} minutes");
        }
    }

    [Fact]
    public void A_rate_fades_and_the_order_of_news_does_not_matter()
    {
        var rate = ArrivalRate.StartingAt(Noon);
        DateTimeOffset[] arrivals = [.. Enumerable.Range(1, 60).Select(static i => Noon.AddSeconds(7 * i))];
        var inOrder = arrivals.Aggregate(rate, static (sum, at) => sum.With(at));
        var backwards = arrivals.Reverse().Aggregate(rate, static (sum, at) => sum.With(at));

        var then = Noon.AddSeconds(430);
        backwards.At(then).ShouldBe(inOrder.At(then), 1e-12);
        inOrder.At(then + ArrivalRate.TimeConstant).ShouldBeLessThan(0.5 * inOrder.At(then));
        rate.At(Noon).ShouldBe(0);
    }

    private static double Steady(Random random, double perSecond, TimeSpan time)
    {
        var rate = ArrivalRate.StartingAt(Noon);
        for (var at = Noon; ; rate = rate.With(at))
        {
            at = at.AddSeconds(-Math.Log(1 - random.NextDouble()) / perSecond);
            if (at > Noon + time) return rate.At(Noon + time);
        }
    }

    private static double LevelOf(LenderLoad load, int slots) =>
        new ErlangA(load.ArrivalsPerSecond, load.HandleTime.TotalSeconds, load.Patience.TotalSeconds, slots).ServiceLevelAnswered(20);

    private static IEnumerable<LenderLoad> Loads(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var slots = random.Next(1, 60);
            var handle = random.Next(60, 600);
            yield return new LenderLoad(
                slots * (0.3 + 0.8 * random.NextDouble()) / handle, TimeSpan.FromSeconds(handle), TimeSpan.FromSeconds(random.Next(30, 900)),
                slots, random.Next(slots / 2 + 1), random.Next(3) == 0 ? random.Next(10) : 0);
        }
    }
}
