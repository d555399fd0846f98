using CampusCare.PeakHour.Profiles;
using Xunit.Abstractions;

namespace CampusCare.Cluster.Tests;

/// <summary>A load run beside the bare parts of what it is made of.</summary>
[Collection(nameof(RunningCluster))]
public sealed class CompareTests(RunningCluster cluster, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task The_same_work_is_done_with_bare_parts()
    {
        Skip.If(RunningCluster.WhyNot is not null, RunningCluster.WhyNot);
        var profile = new Profile("short", "a few people, to be compared with", Campuses: 1, Seconds: 2, "12:00", "12:02", Base: 10, [new("12:00", 1)], new Staff(4, 3, 0), new Targets());
        var report = await new ProfileRun(profile, cluster.Surroundings, ["north"], seed: 6, TimeProvider.System, TextWriter.Null) { Compare = true }.Go(CancellationToken.None);
        var page = new StringWriter();
        report.Print(page);
        output.WriteLine(page.ToString());
        report.ExitCode.ShouldBe(0);
        var bare = report.Bare.ShouldNotBeNull();
        bare.Select(limit => limit.Beside).ShouldBe([ProfileReport.OpenToAck, ProfileReport.OpenToAck, ProfileReport.MessageToDelivered]);
        bare.ShouldAllBe(limit => limit.Took.P50 > 0 && report.Times(limit) > 0);
        ReportPage.Of(report).ShouldContain(bare[0].What);
    }
}
