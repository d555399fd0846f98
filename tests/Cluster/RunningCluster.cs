using System.Diagnostics;
using CampusCare.Cli.Cluster;
using CampusCare.PeakHour.Profiles;
using Npgsql;

namespace CampusCare.Cluster.Tests;

[CollectionDefinition(nameof(RunningCluster))]
public sealed class RunningClusterCollection : ICollectionFixture<RunningCluster>;

/// <summary>A cluster of three silos and two gateways as <c>./campuscare cluster</c> starts it, for all tests of faults.</summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private static readonly TimeSpan NoticeTimeout = TimeSpan.FromSeconds(60);
    private const int Rounds = 20;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    // The user "postgres" has to reach it, too.
    private readonly DirectoryInfo _folder = new(Path.Combine(Path.GetTempPath(), $"campuscare-cluster-{Guid.NewGuid():n}"));

    /// <summary>Why there can't be one here; null when there can.</summary>
    public static string? WhyNot => Deployment.WhyNot;

    public Surroundings Surroundings => ClusterSurroundings.Of(_folder);

    public async Task InitializeAsync()
    {
        if (WhyNot is null) (await Run("up", "--silos", "3", "--gateways", "2")).Code.ShouldBe(0, Said);
    }

    public async Task DisposeAsync()
    {
        if (WhyNot is null) (await Run("down", "--delete")).Code.ShouldBe(0, Said);
        if (WhyNot is null) _folder.Refresh();
        if (WhyNot is null) _folder.Exists.ShouldBeFalse();
    }

    /// <summary>Where each gateway listens, behind the door.</summary>
    public IReadOnlyList<Uri> Gateways => ClusterSurroundings.GatewaysOf(_folder);

    /// <summary>What the last command said.</summary>
    public string Said { get; private set; } = "";

    /// <summary><c>./campuscare cluster</c> with these arguments.</summary>
    public async Task<(int Code, string Said)> Run(params string[] arguments)
    {
        await using var process = ServerProcess.Start(
            Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll"), ["cluster", .. arguments, "--dir", _folder.FullName],
            // The few people of a test do the work of many.
            new Dictionary<string, string> { ["CAMPUSCARE_HOME"] = Home, ["Gateway__RateLimit__PerCustomerPerMinute"] = "0" });
        var code = await process.Ended();
        Said = process.LastWords;
        return (code, Said);
    }

    /// <summary>Does what must work.</summary>
    public async Task Do(params string[] arguments) => (await Run(arguments)).Code.ShouldBe(0, Said);

    /// <summary>
    /// Starts who is gone, as whatever keeps processes running does: a silo that the others took for dead ends itself, as one
    /// that had no processor for two seconds while everything starts.
    /// </summary>
    public async Task Mend()
    {
        for (var round = 0; round < Rounds && (await Run("status")).Code != 0; round++)
            foreach (var line in Said.Split('\n').Where(static line => line.Contains(" gone ", StringComparison.Ordinal)))
                await Run(["start", .. line.Split(' ')[0].Split('-')]);
    }

    /// <summary>Whether the database takes anything, from anybody but us.</summary>
    public async Task SetReadOnly(bool on)
    {
        var ours = new NpgsqlConnectionStringBuilder(Connection) { Options = "-c default_transaction_read_only=off" }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(ours);
        foreach (var sql in new[] { on ? "alter system set default_transaction_read_only = on" : "alter system reset default_transaction_read_only", "select pg_reload_conf()" })
        {
            await using var command = source.CreateCommand(sql);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Waits until the cluster itself calls so many silos active.</summary>
    /// <returns>When that was, in timestamps of the machine's clock.</returns>
    public async Task<long> UntilActive(int silos)
    {
        const int active = 3; // Orleans.Runtime.SiloStatus.Active
        await using var source = NpgsqlDataSource.Create(Connection);
        await using var command = source.CreateCommand($"select count(*) from orleansmembership where status = {active}");
        var began = Stopwatch.GetTimestamp();
        while ((long)(await command.ExecuteScalarAsync())! != silos)
        {
            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(NoticeTimeout);
            await Task.Delay(LookAgain);
        }
        return Stopwatch.GetTimestamp();
    }

    private string Connection => ClusterSurroundings.ConnectionOf(_folder);

    private static string Home
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "CampusCare.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }
}
