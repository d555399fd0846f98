using CampusCare.Domain.Simulation;
using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>One queue: the simulator against the closed forms.</summary>
public sealed class ErlangFidelityTests
{
    private const double Hour = 3600;

    // Arrivals an hour, mean service, agents: from a quiet line to one at 96 % occupancy.
    [Theory]
    [InlineData(60, 120, 4, 24, 1)]
    [InlineData(252, 120, 12, 24, 2)]
    [InlineData(700, 90, 20, 12, 3)]
    [InlineData(2880, 60, 50, 6, 4)]
    public void Reproduces_Erlang_C(double perHour, double service, int agents, int hours, int seed)
    {
        const double within = 20;
        var truth = new ErlangC(perHour / Hour, service, agents);
        var report = ModelSimulator.Run(Models.OneLine(perHour, service, double.PositiveInfinity, agents, within, 3 * Hour, hours * Hour), 100, seed);
        var calls = report.Periods[1].Calls;
        calls.ServiceLevel.ShouldCover(truth.ServiceLevel(within), 0.03, "service level");
        calls.MeanWait.ShouldCover(truth.AverageSpeedOfAnswer, 0.2 * truth.AverageSpeedOfAnswer, "ASA");
        calls.MeanWaitServed.ShouldBe(calls.MeanWait);
        report.AgentGroups[0].Periods[1].ShouldCover(truth.Occupancy, 0.005, "occupancy");
        calls.Arrivals.ShouldCover(hours * perHour, 0.01 * hours * perHour, "arrivals");
        calls.Abandoned.Value.ShouldBe(0);
        var atOnce = ModelSimulator.Run(Models.OneLine(perHour, service, double.PositiveInfinity, agents, 0, 3 * Hour, hours * Hour), 50, seed);
        atOnce.Periods[1].Calls.ServiceLevel.ShouldCover(1 - truth.ProbabilityOfWait, 0.03, "answered at once");
    }

    // Arrivals an hour, mean service, mean patience, agents: light, balanced, and up to twice what the agents can do.
    [Theory]
    [InlineData(60, 120, 60, 3, 48, 1)]
    [InlineData(252, 120, 60, 12, 24, 2)]
    [InlineData(2880, 60, 120, 50, 5, 3)]
    [InlineData(600, 120, 60, 13, 12, 4)]
    [InlineData(360, 100, 1000, 10, 24, 5)]
    public void Reproduces_Erlang_A(double perHour, double service, double patience, int agents, int hours, int seed)
    {
        const double within = 20;
        var truth = new ErlangA(perHour / Hour, service, patience, agents);
        var report = ModelSimulator.Run(Models.OneLine(perHour, service, patience, agents, within, 2 * Hour, hours * Hour), 100, seed);
        var calls = report.Periods[1].Calls;
        calls.ServiceLevel.ShouldCover(truth.ServiceLevel(within), 0.01, "service level");
        calls.ServiceLevelAnswered.ShouldCover(truth.ServiceLevelAnswered(within), 0.01, "answered in time");
        calls.ServiceLevelExcludingShortAbandons.ShouldCover(truth.ServiceLevelExcludingShortAbandons(within), 0.01, "of those who stayed");
        calls.AbandonmentRatio.ShouldCover(truth.AbandonmentProbability, 0.005, "abandonment");
        calls.MeanWait.ShouldCover(truth.MeanWait, 0.1 * truth.MeanWait, "mean wait");
        calls.MeanWaitServed.ShouldCover(truth.AverageSpeedOfAnswer, 0.1 * truth.AverageSpeedOfAnswer, "ASA");
        calls.MeanWaitAbandoned.ShouldCover(truth.MeanWaitOfAbandoned, 0.1 * truth.MeanWaitOfAbandoned, "wait of who left");
        report.AgentGroups[0].Periods[1].ShouldCover(truth.Occupancy, 0.005, "occupancy");
    }

    [Fact]
    public void Who_always_balks_meets_Erlang_B()
    {
        // Nobody waits: M/M/c/c.
        var model = Models.Steady("loss", 20, Hour, 24 * Hour, [Models.Type("calls", 600, 60, 100, 1, 0)], [Models.Group("agents", 10, 0)]);
        var report = ModelSimulator.Run(model, 100, 6);
        var calls = report.Periods[1].Calls;
        var blocked = ErlangB.BlockingProbability(10, 10);
        calls.AbandonmentRatio.ShouldCover(blocked, 0.005, "blocked");
        calls.Balked.ShouldBe(calls.Abandoned);
        calls.MeanWait.Value.ShouldBe(0);
        calls.ServiceLevel.Value.ShouldBe(1); // who left at once did not wait too long
        calls.ServiceLevelAnswered.ShouldCover(1 - blocked, 0.005, "answered");
    }

    [Fact]
    public void Nineteen_intervals_in_twenty_hold_the_truth()
    {
        // 400 experiments, each with its interval: were the variance wrong by a fifth, coverage would leave these bounds.
        var truth = new ErlangA(252 / Hour, 120, 60, 12);
        var model = Models.OneLine(252, 120, 60, 12, 20, Hour / 2, Hour);
        int level = 0, ratio = 0, wait = 0, load = 0, arrivals = 0;
        const int experiments = 400;
        for (var seed = 1; seed <= experiments; seed++)
        {
            var report = ModelSimulator.Run(model, 30, seed);
            var calls = report.Periods[1].Calls;
            if (Holds(calls.ServiceLevelAnswered, truth.ServiceLevelAnswered(20))) level++;
            if (Holds(calls.AbandonmentRatio, truth.AbandonmentProbability)) ratio++;
            if (Holds(calls.MeanWaitServed, truth.AverageSpeedOfAnswer)) wait++;
            if (Holds(report.AgentGroups[0].Periods[1], truth.Occupancy)) load++;
            if (Holds(calls.Arrivals, 252)) arrivals++;
        }
        foreach (var held in (int[])[level, ratio, wait, load, arrivals])
            held.ShouldBeInRange((int)(0.915 * experiments), (int)(0.98 * experiments));
    }

    private static bool Holds(Estimate estimate, double truth) => estimate.Low <= truth && truth <= estimate.High;
}
