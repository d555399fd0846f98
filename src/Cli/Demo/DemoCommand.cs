using System.CommandLine;

namespace CampusCare.Cli.Demo;

/// <summary><c>./campuscare demo</c>: everything in one process, with three campuses to try it on.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Where the pages are, on this machine alone.", DefaultValueFactory = _ => 5080 };
        var urls = new Option<string?>("--urls") { Description = "Listen on these addresses instead, separated by semicolons; say http://0.0.0.0:5080 to be reached from elsewhere." };
        var data = new Option<DirectoryInfo>("--data") { Description = "Where everything is kept, over restarts.", DefaultValueFactory = _ => new(Path.Combine(Home(), "data")) };
        var rush = new Option<bool>("--rush") { Description = "With simulated customers and agents, who come in through the public gateway." };
        var seed = new Option<int>("--seed") { Description = "Decides what the simulated people do.", DefaultValueFactory = _ => 1 };
        var people = new Option<bool>("--no-bot") { Description = "Every contact goes to a person: the bot of the demo's campuses stays off, and nobody is written to before asking." };
        var command = new Command("demo", "Runs CampusCare in one process, with three demo campuses.") { port, urls, data, rush, seed, people };
        command.SetAction((parsed, _) => Running.Named(() => new DemoHost(
            parsed.GetValue(urls) ?? $"http://localhost:{parsed.GetValue(port)}",
            parsed.GetRequiredValue(data),
            parsed.GetValue(rush) ? parsed.GetValue(seed) : null,
            !parsed.GetValue(people)).Run()));
        return command;
    }

    private static string Home() => Environment.GetEnvironmentVariable("CAMPUSCARE_HOME") ?? Directory.GetCurrentDirectory();
}
