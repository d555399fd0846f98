using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>
/// Examples whose results others published, from simulators of their own. Both estimates err; theirs is printed with
/// its interval, so the two must differ by less than both errors allow (3 standard errors).
/// </summary>
public sealed class PublishedExamplesTests
{
    // The same guide's MMC and MMCAb: 4.2 calls a minute for 8 hours, 12 agents, service 2 minutes, patience 1 minute.
    private static string OneLine(string patience) => $$"""
        {
          "serviceLevelSeconds": 20,
          "periods": [28800],
          "callTypes": [{ "name": "calls", "arrivalsPerHour": 252, "meanServiceSeconds": 120, "meanPatienceSeconds": {{patience}}, "groups": ["agents"] }],
          "agentGroups": [{ "name": "agents", "agents": 12, "takes": ["calls"] }]
        }
        """;

    // E. Buist and P. L'Ecuyer, "ContactCenters: a Java library", guide, SimpleMSK: three types over two groups that
    // take the longest-waiting first, busyness gamma(28.7); 1,000 days, 95 % intervals.
    [Fact]
    public void SimpleMSK()
    {
        var report = ModelSimulator.Run(Models.Example("multi-skill"), 1500, 2);
        report.Overall.Served.ShouldAgreeWith(4297.305, 27.155);
        report.Overall.Abandoned.ShouldAgreeWith(910.335, 34.202);
        report.Overall.ServiceLevelExcludingShortAbandons.ShouldAgreeWith(0.501, 0.0075);
        report.AgentGroups[0].OccupancyUntilEmpty.ShouldAgreeWith(0.881, 0.0035);
        // Answered in time, by type and period.
        double[,] published = { { 170.154, 599.334, 15.490 }, { 262.936, 511.648, 34.697 }, { 259.806, 613.732, 24.888 } };
        double[,] half = { { 5.816, 5.175, 1.708 }, { 8.339, 5.372, 3.427 }, { 9.628, 6.146, 2.751 } };
        for (var type = 0; type < 3; type++)
            for (var period = 0; period < 3; period++)
            {
                var calls = report.CallTypes[type].Periods[period];
                calls.ServiceLevelAnswered.Times(calls.Arrivals.Value!.Value).ShouldAgreeWith(published[type, period], half[type, period]);
            }
    }

    // The same authors' CallCenter, also in the guide of their SSJ library: an hour's agents and arrivals for 13 hours,
    // busyness, 10 % of callers with no patience at all; 90 % intervals, denominators the expected 1,660 calls.
    [Fact]
    public void CallCenter_with_little_busyness()
    {
        var report = ModelSimulator.Run(Models.Example("busy-day") with { BusynessShape = 400 }, 1500, 2);
        report.Overall.Arrivals.ShouldAgreeWith(1660.366, 1.540 * Wider);
        report.Overall.MeanWait.ShouldAgreeWith(4.713, 0.033 * Wider);
        report.Overall.ServiceLevel.ShouldAgreeWith(0.925, 0.0007 + Rounding);
        report.Overall.AbandonmentRatio.ShouldAgreeWith(0.020, 0.0002 + Rounding);
    }

    [Fact]
    public void CallCenter_with_much_busyness()
    {
        var report = ModelSimulator.Run(Models.Example("busy-day"), 1500, 3);
        report.Overall.Arrivals.ShouldAgreeWith(1639.507, 26.718 * Wider);
        report.Overall.MeanWait.ShouldAgreeWith(11.834, 1.774 * Wider);
        report.Overall.ServiceLevel.ShouldAgreeWith(0.853, 0.009 * Wider);
        report.Overall.AbandonmentRatio.ShouldAgreeWith(0.0342, 0.00315 * Wider);
    }

    [Fact]
    public void MMC()
    {
        var report = ModelSimulator.Run(Models.Read(OneLine("null")), 1000, 4);
        report.Overall.ServiceLevel.ShouldAgreeWith(0.902, 0.002 + Rounding);
        report.Overall.MeanWait.Times(1 / 60.0).ShouldAgreeWith(0.099, 0.0025 + Rounding);
        report.Occupancy.ShouldAgreeWith(0.695, 0.0015 + Rounding);
    }

    [Fact]
    public void MMCAb()
    {
        var report = ModelSimulator.Run(Models.Read(OneLine("60")), 1000, 5);
        report.Overall.Abandoned.ShouldAgreeWith(58.609, 0.949);
        report.Overall.ServiceLevelExcludingShortAbandons.ShouldAgreeWith(0.968, 0.0005 + Rounding);
        report.Overall.MeanWaitServed.Times(1 / 60.0).ShouldAgreeWith(0.024, 0.0005 + Rounding);
        report.Occupancy.ShouldAgreeWith(0.675, 0.0015 + Rounding);
    }

    // From half widths at 90 % to half widths at 95 %; half of the last digit that is printed.
    private const double Wider = 1.960 / 1.645;
    private const double Rounding = 0.0005;
}

internal static class Comparison
{
    public static Estimate Times(this Estimate estimate, double factor) => new(estimate.Value * factor, estimate.Low * factor, estimate.High * factor);

    public static void ShouldAgreeWith(this Estimate ours, double published, double half)
    {
        var own = ours.High!.Value - ours.Value!.Value;
        var standardError = Math.Sqrt(own * own + half * half) / 1.96;
        Math.Abs(ours.Value.Value - published).ShouldBeLessThan(3 * standardError, $"ours {ours.Value} ± {own}, published {published} ± {half}");
    }
}
