using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using CampusCare.ClientKit;

namespace CampusCare.PathBenchmark;

/// <summary><c>./campuscare bench start</c>: from nothing (no process, no data) to the first contact that is taken.</summary>
public static class ColdStart
{
    private const string Campus = "north";
    private const int Runs = 5;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="program">The program behind ./campuscare.</param>
    public static Command Create(string program)
    {
        var command = new Command("start", $"Starts a demo {Runs} times on an empty folder, and measures until its first contact is acknowledged.");
        command.SetAction((_, stop) => Run(program, Console.Out, stop));
        return command;
    }

    private static async Task<int> Run(string program, TextWriter output, CancellationToken stop)
    {
        var took = new List<(double Ready, double First)>();
        for (var i = 0; i < Runs; i++)
        {
            took.Add(await Once(program, stop));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready after {took[^1].Ready:0.00} s, the first contact taken after {took[^1].First:0.00} s"));
        }
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median of {Runs}: {took.Select(static run => run.First).Order().ElementAt(Runs / 2):0.00} s"));
        return 0;
    }

    private static async Task<(double Ready, double First)> Once(string program, CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("campuscare-start-");
        try
        {
            var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
            using var gateway = new GatewayClient(url);
            var clock = Stopwatch.StartNew();
            await using var server = ServerProcess.Start(program, ["demo", "--no-bot", "--urls", url.ToString(), "--data", data.FullName]);
            await server.Until(() => gateway.IsReady(stop), Patience, stop);
            var ready = clock.Elapsed.TotalSeconds;
            var student = (await gateway.SignIn(new Person(Campus, "Customer", "first", "同学", "Student"), stop)).Yes.Value;
            while ((await gateway.Open(student, Campus, "first", Texts.Of(0), stop: stop)).Value is null && clock.Elapsed < Patience) await Task.Delay(LookAgain, stop);
            return (ready, clock.Elapsed.TotalSeconds);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
