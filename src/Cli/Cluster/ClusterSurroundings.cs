using CampusCare.PathBenchmark;
using CampusCare.PeakHour.Profiles;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Cli.Cluster;

/// <summary>What a load run looks at beside the public API: the cluster's processes, and the chains of its journal.</summary>
public static class ClusterSurroundings
{
    /// <summary>For <c>./campuscare peak</c>.</summary>
    public static PeakHost Host { get; } = new(
        ClusterCampuses.Id, static folder => Of(folder ?? ClusterCommand.UsualFolder), static (data, stop) => Verify(StorageArguments.Sqlite(data), stop), Demo.DemoCampuses.All.Length);

    /// <summary>The cluster in a folder.</summary>
    /// <exception cref="InvalidOperationException">None runs there; the message says what to do.</exception>
    public static Surroundings Of(DirectoryInfo directory)
    {
        var folder = new ClusterFolder(directory);
        var state = folder.Find();
        if (state is null || !folder.IsRunning(state.Proxy)) throw new InvalidOperationException($"No cluster runs in {folder.Path}: ./campuscare cluster up starts one.");
        return new Surroundings
        {
            Url = state.Proxy.Url,
            Campuses = state.Campuses,
            Processes = state.Members.ToDictionary(static member => member.Name, member => new Func<Usage?>(() => folder.PidOf(member).UsageWithChildren)),
            Verify = stop => Verify(StorageArguments.PostgreSql(state.Connection), stop),
            Bare = new BareLimits(typeof(ClusterSurroundings).Assembly.Location, state.Connection).Measure,
        };
    }

    /// <summary>The database of the cluster in a folder.</summary>
    public static string ConnectionOf(DirectoryInfo directory) => new ClusterFolder(directory).Read().Connection;

    /// <summary>Where each gateway of the cluster in a folder listens, behind its door.</summary>
    public static IReadOnlyList<Uri> GatewaysOf(DirectoryInfo directory) => [.. new ClusterFolder(directory).Read().Of(MemberKind.Gateway).Select(static gateway => gateway.Url)];

    private static async Task<Chains> Verify(IReadOnlyDictionary<string, string?> database, CancellationToken stop)
    {
        await using var services = StorageArguments.Open(database);
        var report = await services.GetRequiredService<JournalVerifier>().Verify(stop);
        return new(report.Tickets, report.BrokenTickets);
    }
}
