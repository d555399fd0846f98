using System.Diagnostics;
using CampusCare.Cli.Cluster;
using CampusCare.ClientKit;
using CampusCare.Silo.Hosting;

namespace CampusCare.Cli.Tests.Cluster;

/// <summary>What <c>./campuscare cluster</c> does without a cluster; tests/Cluster runs one.</summary>
public sealed class ClusterCommandTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("campuscare-cluster-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("up")]
    [InlineData("status")]
    [InlineData("kill silo 2")]
    [InlineData("down")]
    public async Task Without_a_cluster_it_says_what_to_do(string arguments)
    {
        if (arguments == "up" && GrainEngine.Name == "Orleans") return; // It would start one.
        var (code, said) = await Run(arguments);
        code.ShouldBe(1, said);
        said.ShouldContain(GrainEngine.Name == "Orleans" ? "./campuscare cluster up starts one" : "needs the Orleans engine; this program was built with the engine Embedded");
    }

    [Theory]
    [InlineData("up --silos 0")]
    [InlineData("up --silos 17")]
    [InlineData("up --gateways 0")]
    [InlineData("up --campuses 201")]
    [InlineData("add postgres")]
    [InlineData("kill everything")]
    public void What_can_not_be_is_refused(string arguments) => ClusterCommand.Create().Parse(arguments).Errors.ShouldNotBeEmpty();

    [Theory]
    [InlineData("up --silos 3 --gateways 2 --campuses 200 --port 5090")]
    [InlineData("add gateway")]
    [InlineData("kill silo 2")]
    [InlineData("pause silo 2 --dir /tmp/x")]
    [InlineData("start postgres")]
    [InlineData("down --delete")]
    public void What_can_be_is_taken(string arguments) => ClusterCommand.Create().Parse(arguments).Errors.ShouldBeEmpty();

    [Fact]
    public async Task A_process_that_we_started_gets_the_signal()
    {
        using var other = Process.Start("sleep", "600");
        var pid = new PidFile(Path.Combine(_folder.FullName, "other.pid"));
        pid.Write(other.Id);
        pid.Running.ShouldBe(other.Id);
        pid.UsageWithChildren.ShouldNotBeNull().Bytes.ShouldBeGreaterThan(0);
        pid.Send(Signal.Kill).ShouldBeTrue();
        await other.WaitForExitAsync();
        (await pid.Ended(TimeSpan.FromSeconds(10))).ShouldBeTrue();
        pid.Running.ShouldBeNull();
        pid.Send(Signal.Kill).ShouldBeFalse();
    }

    [Fact]
    public void A_process_that_got_the_number_of_one_of_ours_is_left_alone()
    {
        using var other = Process.Start("sleep", "600");
        try
        {
            var file = Path.Combine(_folder.FullName, "other.pid");
            File.WriteAllText(file, $"{other.Id}\n12345@another-boot\n");
            var pid = new PidFile(file);
            pid.Running.ShouldBeNull();
            pid.Send(Signal.Kill).ShouldBeFalse();
            other.HasExited.ShouldBeFalse();
        }
        finally
        {
            other.Kill();
        }
    }

    [Fact]
    public void Samples_of_a_metric_are_added_up() =>
        ClusterStatus.Sum("# TYPE a gauge\na{hub=\"x\"} 3 1700000000000\na{hub=\"y\"} 4 1700000000000\nab 100\n", "a").ShouldBe("7");

    [Fact]
    public void A_metric_that_is_not_there_is_unknown() => ClusterStatus.Sum("b 1\n", "a").ShouldBe("?");

    [Fact]
    public void Every_campus_has_a_key_and_its_own_name()
    {
        var keys = ClusterCampuses.Keys(ClusterCampuses.Maximum);
        keys.Count.ShouldBe(ClusterCampuses.Maximum + 1);
        File.WriteAllBytes(Path.Combine(_folder.FullName, "campuses.json"), ClusterCampuses.File(ClusterCampuses.Maximum));
        var plans = Silo.CampusSetup.Read(Path.Combine(_folder.FullName, "campuses.json"));
        plans.Select(static plan => plan.Settings.Campus).Distinct().Count().ShouldBe(ClusterCampuses.Maximum);
        foreach (var plan in plans) keys.ShouldContainKey($"Identity__CampusKeys__{plan.Settings.Campus}");
        // Each has somebody to lend it agents.
        plans.GroupBy(static plan => plan.Settings.Region).ShouldAllBe(static region => region.Count() > 1);
    }

    private async Task<(int Code, string Said)> Run(string arguments)
    {
        await using var process = ServerProcess.Start(Program, ["cluster", .. arguments.Split(' '), "--dir", _folder.FullName]);
        return (await process.Ended(), process.LastWords);
    }
}
