using CampusCare.Domain.Routing;

namespace CampusCare.Domain.Tests.Routing;

public sealed class ExpectedWaitTests
{
    private static readonly TimeSpan Handle = TimeSpan.FromSeconds(300);

    [Theory]
    [InlineData(1, 10, 10, 300, 0.0)]
    [InlineData(12, 10, 2, 300, 300.0)]
    [InlineData(5, 10, 0, 120, 60.0)]
    public void Without_abandonment_it_is_the_line_before_the_ticket_over_the_rate_of_the_slots(int position, int slots, int free, int handle, double seconds) =>
        ExpectedWait.Of(position, slots, free, TimeSpan.FromSeconds(handle))!.Value.Expected.TotalSeconds.ShouldBe(seconds, 1e-6);

    [Fact]
    public void Without_agents_nobody_promises_a_time() => ExpectedWait.Of(1, 0, 0, Handle).ShouldBeNull();

    [Fact]
    public void One_step_is_exponential()
    {
        var wait = ExpectedWait.Of(1, 1, 0, Handle)!.Value;
        wait.Low.TotalSeconds.ShouldBe(-300 * Math.Log(0.9), 0.01 * 300);
        wait.High.TotalSeconds.ShouldBe(-300 * Math.Log(0.1), 0.03 * 300);
    }

    [Fact]
    public void A_later_place_waits_longer_and_more_slots_or_impatience_before_it_shorten_the_wait()
    {
        for (var position = 2; position < 200; position += 7)
        {
            var wait = ExpectedWait.Of(position, 20, 1, Handle, 0.002)!.Value;
            wait.Low.ShouldBeLessThan(wait.Expected);
            wait.Expected.ShouldBeLessThan(wait.High);
            ExpectedWait.Of(position + 1, 20, 1, Handle, 0.002)!.Value.Expected.ShouldBeGreaterThan(wait.Expected);
            ExpectedWait.Of(position, 21, 1, Handle, 0.002)!.Value.Expected.ShouldBeLessThan(wait.Expected);
            if (position > 2) ExpectedWait.Of(position, 20, 1, Handle, 0.003)!.Value.Expected.ShouldBeLessThan(wait.Expected);
            ExpectedWait.Of(position, 20, 2, Handle, 0.002)!.Value.Expected.ShouldBeLessThan(wait.Expected);
        }
    }

    [Theory]
    [InlineData(1, 5.0, 1)]
    [InlineData(2, 12.0, 10)]
    [InlineData(3, 44.0, 40)]
    public void In_an_impatient_line_the_mean_is_right_and_four_of_five_waits_lie_in_the_band(int seed, double offeredLoad, int slots)
    {
        const int replications = 40;
        var errors = new double[replications];
        int inside = 0, below = 0, all = 0;
        for (var r = 0; r < replications; r++)
        {
            var (sum, count) = (0.0, 0);
            foreach (var (estimate, wait) in Days(new Random(1000 * seed + r), offeredLoad, slots, customers: 1500))
            {
                if (estimate.Expected == TimeSpan.Zero) continue;
                sum += wait - estimate.Expected.TotalSeconds;
                count++;
                all++;
                if (wait < estimate.Low.TotalSeconds) below++;
                else if (wait <= estimate.High.TotalSeconds) inside++;
            }
            errors[r] = count == 0 ? 0 : sum / count;
        }

        all.ShouldBeGreaterThan(10_000);
        ((double)inside / all).ShouldBe(0.8, 0.025);
        ((double)below / all).ShouldBe(0.1, 0.02);
        var mean = errors.Average();
        var deviation = Math.Sqrt(errors.Sum(error => (error - mean) * (error - mean)) / (replications - 1));
        Math.Abs(mean).ShouldBeLessThan(3 * deviation / Math.Sqrt(replications));
    }

    [Fact]
    public void Knowing_the_remaining_work_makes_the_estimate_better()
    {
        var random = new Random(7);
        var (blind, knowing, cases) = (0.0, 0.0, 400);
        for (var i = 0; i < cases; i++)
        {
            var slots = random.Next(2, 12);
            var position = random.Next(1, 3 * slots);
            var work = Enumerable.Range(0, slots).Select(_ => TimeSpan.FromSeconds(random.Next(60, 1200))).ToArray();
            var real = Enumerable.Range(0, 200).Average(_ => NthDeparture(random, work, position));
            blind += Square(ExpectedWait.Of(position, slots, 0, Handle)!.Value.Expected.TotalSeconds - real);
            knowing += Square(ExpectedWait.Of(position, slots, 0, Handle, 0, work)!.Value.Expected.TotalSeconds - real);
        }

        Math.Sqrt(knowing / cases).ShouldBeLessThan(0.5 * Math.Sqrt(blind / cases));
    }

    [Fact]
    public void Whole_handle_times_left_are_what_is_assumed_anyway() =>
        ExpectedWait.Of(9, 4, 0, Handle, 0.001, [Handle, Handle, Handle, Handle]).ShouldBe(ExpectedWait.Of(9, 4, 0, Handle, 0.001));

    [Fact]
    public void The_abandonment_rate_is_learnt_from_those_who_were_served_too()
    {
        var random = new Random(4);
        var rate = AbandonmentRate.Prior;
        for (var i = 0; i < 5000; i++)
        {
            var (patience, wait) = (Exponential(random, 120), Exponential(random, 60));
            rate = rate.Waited(TimeSpan.FromSeconds(Math.Min(patience, wait)));
            if (patience < wait) rate = rate.GaveUp();
        }

        (1 / rate.PerSecond).ShouldBe(120, 8);
        rate.WaitedSeconds.ShouldBeLessThanOrEqualTo(AbandonmentRate.MemorySeconds);
    }

    // M/M/c+M, first come first served: each customer's wait if patient, and what was told on arrival.
    private static IEnumerable<(WaitEstimate Told, double Wait)> Days(Random random, double offeredLoad, int slots, int customers)
    {
        const double handle = 300, patience = 240;
        var freeAt = new double[slots];
        var leaveLineAt = new List<double>();
        for (var (i, now) = (0, 0.0); i < customers; i++)
        {
            now += Exponential(random, handle / offeredLoad);
            leaveLineAt.RemoveAll(at => at <= now);
            var told = ExpectedWait.Of(leaveLineAt.Count + 1, slots, freeAt.Count(at => at <= now), TimeSpan.FromSeconds(handle), 1 / patience)!.Value;
            var first = Array.IndexOf(freeAt, freeAt.Min());
            var wait = Math.Max(0, freeAt[first] - now);
            var mine = Exponential(random, patience);
            if (mine > wait) freeAt[first] = now + wait + Exponential(random, handle);
            leaveLineAt.Add(now + Math.Min(mine, wait));
            yield return (told, wait);
        }
    }

    private static double NthDeparture(Random random, TimeSpan[] work, int n)
    {
        var freeAt = work.Select(left => Exponential(random, left.TotalSeconds)).ToArray();
        for (; ; n--)
        {
            var first = Array.IndexOf(freeAt, freeAt.Min());
            if (n == 1) return freeAt[first];
            freeAt[first] += Exponential(random, Handle.TotalSeconds);
        }
    }

    private static double Exponential(Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());

    private static double Square(double x) => x * x;
}
