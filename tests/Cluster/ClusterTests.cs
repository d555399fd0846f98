using CampusCare.PeakHour;
using Xunit.Abstractions;

// One cluster at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace CampusCare.Cluster.Tests;

public sealed class ClusterTests(ITestOutputHelper output)
{
    // What an agent was told at the moment of the kill may be asked again at most that long.
    private static readonly TimeSpan Noticing = TimeSpan.FromSeconds(30);

    // Five seconds on a machine with nothing else to do. A word that got lost and is not said again would cost the offer's
    // whole deadline: 20 s.
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    [SkippableFact]
    public async Task A_killed_silo_loses_nothing_and_its_tickets_go_on()
    {
        Skip.If(Deployment.WhyNot is not null, Deployment.WhyNot);
        await using var deployment = await Deployment.Start(silos: 2);

        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Peak(deployment, contacts: 300, opened => { if (opened == 80) killed.TrySetResult(); });
        await Task.WhenAny(killed.Task, run);
        await deployment.Silos[0].Kill();
        var report = await run;

        output.WriteLine(report.ToJson());
        report.Opened.ShouldBeGreaterThan(80);
        report.ShouldSatisfyAllConditions(
            () => report.Lost.ShouldBe(0),
            () => report.DoubleAssigned.ShouldBe(0),
            () => report.OverCapacity.ShouldBe(0),
            () => report.Unfinished.ShouldBe(0),
            () => report.Resolved.ShouldBe(report.Opened),
            () => report.AckToOffer.Max.ShouldBeLessThan(LongestWait.TotalMilliseconds));
        // Contacts that were due while the silo was dead and not yet declared dead may have been refused, no others.
        report.Refused.ShouldBeLessThan((int)(Rate * Noticing.TotalSeconds));
    }

    [SkippableFact]
    public async Task A_silo_that_is_stopped_hands_over()
    {
        Skip.If(Deployment.WhyNot is not null, Deployment.WhyNot);
        await using var deployment = await Deployment.Start(silos: 2);

        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Peak(deployment, contacts: 200, opened => { if (opened == 60) stopping.TrySetResult(); });
        await Task.WhenAny(stopping.Task, run);
        (await deployment.Silos[1].Stop()).ShouldBe(0, deployment.Silos[1].LastWords);
        var report = await run;

        output.WriteLine(report.ToJson());
        report.ExitCode.ShouldBe(0);
        report.Resolved.ShouldBe(report.Opened);
    }

    private const double Rate = 20;

    private static Task<PeakReport> Peak(Deployment deployment, int contacts, Action<int> opened)
    {
        var lines = Enumerable.Range(1, contacts).Select(i => new TextLine($"{i}", $"第{i}单外卖超时了")).ToList();
        var options = new PeakOptions(new("none"), deployment.Gateway, "north", Agents: 10, Capacity: 3, Rate, Think: TimeSpan.Zero, Seed: 3, Json: null);
        return new PeakRun(options, lines, deployment.Gateway, TimeProvider.System, TextWriter.Null) { Opened = opened }.Go(CancellationToken.None);
    }
}
