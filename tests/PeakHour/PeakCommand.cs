using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Runtime.InteropServices;
using CampusCare.Client;
using CampusCare.PeakHour.Profiles;
using Microsoft.AspNetCore.SignalR;

namespace CampusCare.PeakHour;

/// <summary><c>./campuscare peak</c>: the dinner rush, from outside.</summary>
public static class PeakCommand
{
    private const int Unusable = 64; // EX_USAGE
    private const int Unreachable = 69; // EX_UNAVAILABLE
    private const int Interrupted = 130;

    /// <param name="program">The program whose <c>demo</c> is started when no gateway is named.</param>
    /// <param name="host">What else that program knows; without it there are no profiles.</param>
    public static Command Create(string program, PeakHost? host = null)
    {
        var texts = new Option<FileInfo?>("--texts") { Description = "CSV file with the columns id and text: each line becomes a contact." };
        var profile = new Option<FileInfo?>("--profile") { Description = "A rush as a file (deploy/profiles, docs/profiles.md), in place of --texts." };
        var cluster = new Option<DirectoryInfo?>("--cluster") { Description = "With --profile: the cluster in this folder (data/cluster), started by ./campuscare cluster up.", Arity = ArgumentArity.ZeroOrOne };
        var html = new Option<FileInfo?>("--html") { Description = "With --profile: write the report there as one page." };
        var compare = new Option<bool>("--compare") { Description = "With --cluster: do the same work once more with bare parts (inserts, a plain endpoint, a plain hub), and print the ratios." };
        var url = new Option<Uri?>("--url") { Description = "The gateway, on this machine. Without it a demo of its own is started and stopped.", CustomParser = LoopbackUrl };
        var campus = new Option<string>("--campus") { Description = "Where the contacts go.", DefaultValueFactory = _ => "north" };
        var agents = Bounded("--agents", "Simulated agents.", 40, 1, PeakLimits.Agents);
        var capacity = Bounded("--capacity", "Tickets at once, each agent.", 3, 1, 20);
        var rate = Bounded("--rate", "Contacts a second, sent whether or not earlier ones were answered.", 200.0, 0.1, PeakLimits.Rate);
        var think = Bounded("--think-ms", "How long an agent takes for each step.", 0, 0, 60_000);
        var seed = new Option<int>("--seed") { Description = "Decides who asks what and what agents say.", DefaultValueFactory = _ => 1 };
        var json = new Option<FileInfo?>("--json") { Description = "Write the report there too." };
        var command = new Command("peak", "Opens real texts as contacts at a fixed rate while simulated agents answer, then checks every journal.")
        {
            texts, profile, url, cluster, compare, campus, agents, capacity, rate, think, seed, json, html,
        };
        command.Validators.Add(result => Together(result, texts, profile, url, cluster, html));
        command.Validators.Add(result =>
        {
            if (result.GetValue(compare) && result.GetResult(cluster) is null) result.AddError("--compare goes with --cluster: it needs the cluster's database.");
        });
        command.SetAction((parsed, _) => Interruptible(stop => parsed.GetValue(profile) is { } file && host is not null
            ? ProfileAction.Run(new ProfileOptions(
                file, parsed.GetValue(url), parsed.GetResult(cluster) is not null, parsed.GetValue(cluster),
                parsed.GetValue(seed), parsed.GetValue(compare), parsed.GetValue(json), parsed.GetValue(html)), program, host, stop)
            : Run(new PeakOptions(
            parsed.GetRequiredValue(texts)!,
            parsed.GetValue(url),
            parsed.GetRequiredValue(campus),
            parsed.GetValue(agents),
            parsed.GetValue(capacity),
            parsed.GetValue(rate),
            TimeSpan.FromMilliseconds(parsed.GetValue(think)),
            parsed.GetValue(seed),
            parsed.GetValue(json)), program, stop)));
        return command;
    }

    // Whether they were said, whatever they say.
    private static void Together(CommandResult result, Option texts, Option profile, Option url, Option cluster, Option html)
    {
        var (file, group) = (result.GetResult(texts) is not null, result.GetResult(cluster) is not null);
        if (file == result.GetResult(profile) is not null) result.AddError("peak needs --texts or --profile, one of the two.");
        else if (file && (group || result.GetResult(html) is not null)) result.AddError("--cluster and --html go with --profile.");
        else if (group && result.GetResult(url) is not null) result.AddError("--url or --cluster, one of the two.");
    }

    /// <summary>On Ctrl-C or SIGTERM agents go home and a demo of our own is stopped before we end.</summary>
    private static async Task<int> Interruptible(Func<CancellationToken, Task<int>> run)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await run(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Interrupted;
        }
        catch (Exception e) when (e is RefusedException or HttpRequestException or HubException or InvalidOperationException)
        {
            Console.Error.WriteLine($"campuscare peak: {e.Message}");
            return Unreachable;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> Run(PeakOptions options, string program, CancellationToken stop)
    {
        IReadOnlyList<TextLine> lines;
        try
        {
            using var file = options.Texts.OpenText();
            lines = Texts.Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine($"{options.Texts}: {e.Message}");
            return Unusable;
        }
        if (options.Url is { } url) return await Run(options, lines, url, stop);
        Console.WriteLine("starting a demo of its own");
        var data = Directory.CreateTempSubdirectory("campuscare-peak-");
        try
        {
            await using var demo = await DemoProcess.Start(program, data, stop);
            return await Run(options, lines, demo.Url, stop);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<int> Run(PeakOptions options, IReadOnlyList<TextLine> lines, Uri url, CancellationToken stop)
    {
        var report = await new PeakRun(options, lines, url, TimeProvider.System, Console.Out).Go(stop);
        report.Print(Console.Out);
        if (options.Json is { } json) await File.WriteAllTextAsync(json.FullName, report.ToJson(), stop);
        return report.ExitCode;
    }

    private static Uri? LoopbackUrl(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.IsLoopback) return url;
        argument.AddError($"--url {text}: must be http(s)://localhost or a loopback address. A load run never goes to another machine.");
        return null;
    }

    private static Option<T> Bounded<T>(string name, string description, T standard, T least, T most) where T : IComparable<T>, IParsable<T> => new(name)
    {
        Description = $"{description} {least}–{most}.",
        DefaultValueFactory = _ => standard,
        CustomParser = argument =>
        {
            if (T.TryParse(argument.Tokens.Single().Value, CultureInfo.InvariantCulture, out var value) && value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0) return value;
            argument.AddError($"{name} must be {least}–{most}.");
            return standard;
        },
    };
}
