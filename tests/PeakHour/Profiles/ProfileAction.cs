using System.Diagnostics;

namespace CampusCare.PeakHour.Profiles;

/// <summary>What <c>./campuscare peak --profile</c> is asked for.</summary>
/// <param name="Profile">The file.</param>
/// <param name="Url">A gateway that runs; null for another place.</param>
/// <param name="InCluster">Whether it goes to a cluster.</param>
/// <param name="Folder">The cluster's folder; null for the usual one.</param>
/// <param name="Seed">Decides who comes when and says what.</param>
/// <param name="Compare">Whether the same work is done by bare parts afterwards.</param>
/// <param name="Json">Where the report goes.</param>
/// <param name="Html">Where the page goes.</param>
internal sealed record ProfileOptions(FileInfo Profile, Uri? Url, bool InCluster, DirectoryInfo? Folder, int Seed, bool Compare, FileInfo? Json, FileInfo? Html);

/// <summary>Runs a profile against a cluster, a gateway, or a demo of its own.</summary>
internal static class ProfileAction
{
    private const int Unusable = 64; // EX_USAGE

    public static async Task<int> Run(ProfileOptions options, string program, PeakHost host, CancellationToken stop)
    {
        Profile profile;
        try
        {
            profile = ProfileFile.Read(await File.ReadAllTextAsync(options.Profile.FullName, stop));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return Say($"{options.Profile}: {e.Message}");
        }
        if (options.InCluster) return await Run(profile, host.Cluster(options.Folder), options, host, stop);
        if (options.Url is { } url) return await Run(profile, new Surroundings { Url = url }, options, host, stop);
        if (profile.Campuses > host.DemoCampuses)
            return Say($"{options.Profile} wants {profile.Campuses} campuses, a demo has {host.DemoCampuses}: start ./campuscare cluster up --campuses {profile.Campuses}, then add --cluster.");
        Console.WriteLine("starting a demo of its own");
        var data = Directory.CreateTempSubdirectory("campuscare-peak-");
        try
        {
            await using var demo = await DemoProcess.Start(program, data, stop);
            var around = new Surroundings
            {
                Url = demo.Url,
                Processes = new Dictionary<string, Func<Usage?>> { ["demo"] = () => Of(demo.Id) },
                Verify = token => host.Verify(data, token),
            };
            return await Run(profile, around, options, host, stop);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<int> Run(Profile profile, Surroundings around, ProfileOptions options, PeakHost host, CancellationToken stop)
    {
        if (profile.Campuses > around.Campuses) return Say($"{options.Profile} wants {profile.Campuses} campuses, the cluster has {around.Campuses}: start one with ./campuscare cluster up --campuses {profile.Campuses}.");
        var campuses = Enumerable.Range(0, profile.Campuses).Select(host.Campus).ToArray();
        var report = await new ProfileRun(profile, around, campuses, options.Seed, TimeProvider.System, Console.Out) { Progress = Tell, Compare = options.Compare }.Go(stop);
        if (!Console.IsOutputRedirected) Console.WriteLine();
        report.Print(Console.Out);
        if (options.Json is { } json) await File.WriteAllTextAsync(json.FullName, report.ToJson(), stop);
        if (options.Html is { } html) await File.WriteAllTextAsync(html.FullName, ReportPage.Of(report), stop);
        return report.ExitCode;
    }

    // One line that changes; a log gets a line of each.
    private static void Tell(string progress)
    {
        if (Console.IsOutputRedirected) Console.WriteLine(progress);
        else Console.Write($"\r{progress}   ");
    }

    private static Usage? Of(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return new(process.TotalProcessorTime.TotalSeconds, process.WorkingSet64);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null; // It ended.
        }
    }

    private static int Say(string why)
    {
        Console.Error.WriteLine($"campuscare peak: {why}");
        return Unusable;
    }
}
