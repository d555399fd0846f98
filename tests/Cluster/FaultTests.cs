using System.Diagnostics;
using CampusCare.PeakHour.Profiles;
using Xunit.Abstractions;

namespace CampusCare.Cluster.Tests;

/// <summary>Something breaks while people come in: nothing is lost, nothing happens twice, and it goes on soon.</summary>
[Collection(nameof(RunningCluster))]
public sealed class FaultTests(RunningCluster cluster, ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int ManyTurnedAway = 30;

    private readonly TaskCompletionSource _turnedAway = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A whole cluster starts in some seconds, or, where much else runs, in a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [SkippableFact]
    public async Task A_silo_is_killed()
    {
        Skip.If(RunningCluster.WhyNot is not null, RunningCluster.WhyNot);
        long noticed = 0;
        var run = await Load(async () =>
        {
            await cluster.Do("kill", "silo", "2");
            noticed = await cluster.UntilActive(Silos - 1);
        });
        await cluster.Do("start", "silo", "2");
        CheckWaits(run, noticed);
    }

    [SkippableFact]
    public async Task A_gateway_is_killed()
    {
        Skip.If(RunningCluster.WhyNot is not null, RunningCluster.WhyNot);
        await Load(() => cluster.Do("kill", "gateway", "1"));
        (await cluster.Run("status")).Code.ShouldBe(1, cluster.Said);
        cluster.Said.ShouldContain("gone");
        await cluster.Do("start", "gateway", "1");
    }

    [SkippableFact]
    public async Task The_database_is_killed_and_comes_back()
    {
        Skip.If(RunningCluster.WhyNot is not null, RunningCluster.WhyNot);
        await Load(async () =>
        {
            await cluster.Do("kill", "postgres");
            await cluster.Do("start", "postgres");
        });
        (await cluster.Run("status")).Code.ShouldBe(0, cluster.Said);
    }

    /// <summary>What can't be stored is not acknowledged, and asked again until it can.</summary>
    [SkippableFact]
    public async Task The_database_takes_nothing_for_a_while()
    {
        Skip.If(RunningCluster.WhyNot is not null, RunningCluster.WhyNot);
        await Load(async () =>
        {
            await cluster.SetReadOnly(true);
            await _turnedAway.Task.WaitAsync(Patience);
            await cluster.SetReadOnly(false);
        });
    }

    /// <summary>All processes at once, the database too; then it goes on with what it had stored.</summary>
    [SkippableFact]
    public async Task Everything_goes_dark_and_comes_back()
    {
        Skip.If(RunningCluster.WhyNot is not null, RunningCluster.WhyNot);
        await Load(async () =>
        {
            string[][] members = [["postgres"], ["gateway", "1"], ["gateway", "2"], .. Enumerable.Range(1, Silos).Select(silo => new[] { "silo", $"{silo}" })];
            foreach (var ended in await Task.WhenAll(members.Select(member => cluster.Run(["kill", .. member])))) ended.Code.ShouldBe(0, ended.Said);
            await cluster.Do("kill", "proxy");
            await cluster.Do("up");
        });
        await cluster.Mend();
        (await cluster.Run("status")).Code.ShouldBe(0, cluster.Said);
    }

    /// <summary>People come in, the fault begins among them, and everything that was acknowledged is true and finished.</summary>
    private async Task<ProfileRun> Load(Func<Task> fault)
    {
        await cluster.Mend();
        var profile = new Profile("fault", "steady, with something that breaks", Campuses: 1, Seconds: 8, "12:00", "12:08", Base: 15, [new("12:00", 1)], new Staff(8, 3, 0), new Targets());
        var among = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = new ProfileRun(profile, cluster.Surroundings, ["north"], seed: 5, TimeProvider.System, TextWriter.Null)
        {
            Patience = Patience,
            Opened = count => { if (count == 20) among.TrySetResult(); },
            Repeated = count => { if (count == ManyTurnedAway) _turnedAway.TrySetResult(); },
        };
        var going = run.Go(CancellationToken.None);
        await Task.WhenAny(among.Task, going);
        var broken = fault();
        // What could not be broken, or mended, explains everything that comes after it.
        await broken;
        var report = await going;
        report.Print(new Writer(output));
        report.ShouldSatisfyAllConditions(
            () => report.Measured.Opened.ShouldBeGreaterThan(20),
            () => report.Lost.ShouldBe(0),
            () => report.Doubled.ShouldBe(0),
            () => report.AssignedTwice.ShouldBe(0),
            () => report.OverCapacity.ShouldBe(0),
            () => report.Unfinished.ShouldBe(0),
            () => report.Chains.ShouldNotBeNull().Broken.ShouldBe(0));
        return run;
    }

    private void CheckWaits(ProfileRun run, long noticed)
    {
        var at = Stopwatch.GetElapsedTime(run.Began, noticed);
        var waited = run.Tickets.Where(ticket => ticket.Acked < at && !(ticket.Offered < at)).Select(ticket => ticket.Offered!.Value - at).ToList();
        var longest = waited.DefaultIfEmpty().Max();
        output.WriteLine($"noticed {at.TotalSeconds:0.0} s after the beginning; {waited.Count} tickets waited then, the last was on offer after {longest.TotalSeconds:0.00} s");
        longest.ShouldBeLessThan(ClusterTests.LongestWait);
    }

    private sealed class Writer(ITestOutputHelper output) : StringWriter
    {
        public override void WriteLine(string? value) => output.WriteLine(value);
    }
}
