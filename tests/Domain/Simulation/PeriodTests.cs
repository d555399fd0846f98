using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>Borders of periods, busyness, closing, and that chance is where it should be.</summary>
public sealed class PeriodTests
{
    private const double Hour = 3600;
    private static readonly double Endless = double.PositiveInfinity;

    [Fact]
    public void Arrivals_follow_the_rate_of_each_period()
    {
        // The empty period and the short one after it would show a draw that is carried over a border wrongly.
        double[] seconds = [600, 1800, 30, 3600], rates = [300, 0, 1200, 60];
        var report = ModelSimulator.Run(Day(seconds, rates, Endless, [5, 5, 5, 5]), 4000, 1);
        for (var period = 0; period < 4; period++)
        {
            var arrivals = report.Periods[period].Calls.Arrivals;
            arrivals.ShouldCover(rates[period] * seconds[period] / Hour, 1, $"arrivals of period {period}");
            // Poisson: variance = mean, so the half width is known too.
            (arrivals.High!.Value - arrivals.Value!.Value).ShouldBe(StudentT.Point975(3999) * Math.Sqrt(arrivals.Value.Value / 4000), 0.05 * (arrivals.Value.Value + 0.01));
        }
    }

    [Fact]
    public void Arrivals_within_a_period_are_uniform_and_memoryless()
    {
        var source = new CallSource(Models.Type("calls", 400, 1, 1, 0, 0), [Hour, 2 * Hour]);
        var times = new List<double>();
        for (var replication = 0; replication < 100; replication++)
        {
            source.Start(2, replication, 1);
            while (source.TryNext(out var call)) times.Add(call.ArrivedAt);
        }
        times.Sort();
        var distance = times.Select((time, i) => Math.Abs(time / (2 * Hour) - (i + 0.5) / times.Count)).Max();
        distance.ShouldBeLessThan(1.95 / Math.Sqrt(times.Count));
    }

    [Fact]
    public void Busyness_is_common_to_the_types_of_a_day_and_widens_their_numbers()
    {
        var types = new[] { Models.Type("a", 100, 60, Endless, 0, 0), Models.Type("b", 50, 60, Endless, 0, 0) };
        var calm = Models.Steady("", 20, Hour, Hour, types, [Models.Group("agents", 20, 0, 1)]);
        var counts = Counts(calm with { BusynessShape = 4 });
        var plain = Counts(calm);
        // Var N = E N + (E N)²/shape, and the types move together: Cov = E N₁ · E N₂ / shape.
        Variance(plain.A).ShouldBe(200, 30);
        Variance(counts.A).ShouldBe(200 + 200 * 200 / 4.0, 1000);
        Covariance(plain.A, plain.B).ShouldBe(0, 20);
        Covariance(counts.A, counts.B).ShouldBe(200 * 100 / 4.0, 600);
        counts.A.Average().ShouldBe(200, 6);

        static (double[] A, double[] B) Counts(ContactCenterModel model)
        {
            const int days = 4000;
            var (a, b) = (new double[days], new double[days]);
            var (player, tally) = (new Replication(model, 3), new Tally(model));
            for (var day = 0; day < days; day++)
            {
                player.Run(day, tally);
                a[day] = tally.Calls(0, 0)[Count.Arrivals] + tally.Calls(0, 1)[Count.Arrivals];
                b[day] = tally.Calls(1, 0)[Count.Arrivals] + tally.Calls(1, 1)[Count.Arrivals];
            }
            return (a, b);
        }
    }

    [Fact]
    public void Agents_who_come_at_a_border_take_who_waits_at_once()
    {
        // Nobody for an hour, then more than enough: all who waited are answered at the border, having waited since they came.
        var report = ModelSimulator.Run(Day([Hour, Hour], [60, 0], Endless, [0, 500]), 200, 4);
        var calls = report.Periods[0].Calls;
        calls.Served.ShouldBe(calls.Arrivals);
        calls.MeanWait.ShouldCover(Hour / 2, 60, "wait until the border"); // arrivals are uniform over the hour
    }

    [Fact]
    public void Agents_who_go_at_a_border_end_their_call_first()
    {
        // 40 agents busy all the time, then none scheduled: each ends the one call, the rest of the line gives up.
        var model = Day([4 * Hour, 4 * Hour], [7200, 0], 600, [40, 0]);
        var (player, tally) = (new Replication(model, 5), new Tally(model));
        player.Run(0, tally);
        var load = tally.Loads(0, 1);
        load[Load.Busy].ShouldBe(load[Load.Staffed]);
        load[Load.Busy].ShouldBe(40 * 60, 40 * 60 * 0.6); // the rest of 40 exponential calls of a minute
        tally.Loads(0, 0)[Load.Staffed].ShouldBe(40 * 4 * Hour, 1e-6);
        tally.Calls(0, 0)[Count.Arrivals].ShouldBe(tally.Calls(0, 0)[Count.Served] + tally.Calls(0, 0)[Count.Abandoned]);
    }

    [Fact]
    public void After_closing_the_last_staff_stays_until_the_line_is_empty()
    {
        // One agent, 300 calls within a minute, one minute each: they are all served, five hours after closing.
        var report = ModelSimulator.Run(Day([60], [18_000], Endless, [1]), 50, 6);
        report.Overall.Served.ShouldBe(report.Overall.Arrivals);
        report.Overall.MeanWaitServed.ShouldCover(150 * 60, 500, "half of the line");
        report.AgentGroups[0].OccupancyUntilEmpty.Value!.Value.ShouldBeGreaterThan(0.999);
    }

    [Fact]
    public void Service_and_patience_have_the_mean_of_the_period_of_arrival()
    {
        var model = new ContactCenterModel("", 20, null, [Hour, Hour],
            [new CallType("calls", [300, 300], [30, 90], [100, 400], [0, 0], [0])], [new AgentGroup("agents", [3, 8], [[0]])]);
        var source = new CallSource(model.CallTypes[0], [Hour, 2 * Hour]);
        var calls = new List<Call>();
        for (var replication = 0; replication < 200; replication++)
        {
            source.Start(7, replication, 1);
            while (source.TryNext(out var call)) calls.Add(call);
        }
        foreach (var (period, service, patience) in ((int, double, double)[])[(0, 30, 100), (1, 90, 400)])
        {
            var here = calls.Where(call => call.Period == period).ToList();
            here.Average(call => call.Service).ShouldBe(service, 0.02 * service);
            here.Average(call => call.Patience).ShouldBe(patience, 0.02 * patience);
            here.ShouldAllBe(call => call.ArrivedAt >= period * Hour && call.ArrivedAt <= (period + 1) * Hour);
        }
    }

    [Fact]
    public void Another_policy_meets_the_same_callers()
    {
        var types = new[] { Models.Type("a", 100, 60, 100, 0.2, 0), Models.Type("b", 50, 90, 100, 0, 0) };
        var one = Models.Steady("", 20, Hour, Hour, types, [Models.Group("agents", 3, 0, 1)]);
        var other = one with { CallTypes = [types[1], types[0] with { BalkingProbability = [1, 1], MeanPatienceSeconds = [50, 50] }], AgentGroups = [Models.Group("agents", 9, 1, 0)] };
        var a = new PlainSimulator(one, 8, 5).Callers.Where(caller => caller.Type == 0).Select(caller => (caller.Call.ArrivedAt, caller.Call.Service, caller.Call.Patience)).ToList();
        var again = new PlainSimulator(other, 8, 5).Callers.Where(caller => caller.Type == 1).Select(caller => (caller.Call.ArrivedAt, caller.Call.Service, caller.Call.Patience * 2)).ToList();
        again.ShouldBe(a); // its own random numbers, whatever its place in the file and whatever else changed
    }

    [Fact]
    public void Same_seed_gives_the_same_bytes_with_any_number_of_workers()
    {
        var model = Day([Hour, Hour], [200, 300], 100, [4, 6]) with { BusynessShape = 10 };
        var bytes = SimulationJson.Write(ModelSimulator.Run(model, 150, 9, workers: 1));
        SimulationJson.Write(ModelSimulator.Run(model, 150, 9, workers: 2)).ShouldBe(bytes);
        SimulationJson.Write(ModelSimulator.Run(model, 150, 9, workers: 5)).ShouldBe(bytes);
        SimulationJson.Write(ModelSimulator.Run(model, 150, 10)).ShouldNotBe(bytes);
    }

    [Fact]
    public void A_stopped_simulation_says_so()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => ModelSimulator.Run(Day([Hour], [10], 100, [1]), 100, 1, stop: stop.Token));
    }

    private static ContactCenterModel Day(double[] seconds, double[] rates, double patience, int[] agents) => new(
        "day", 20, null, seconds,
        [new CallType("calls", rates, [.. rates.Select(_ => 60.0)], [.. rates.Select(_ => patience)], [.. rates.Select(_ => 0.0)], [0])],
        [new AgentGroup("agents", agents, [[0]])]);

    private static double Variance(double[] of) => Covariance(of, of);

    private static double Covariance(double[] a, double[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        return a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum() / (a.Length - 1);
    }
}
