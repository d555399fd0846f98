using System.CommandLine;
using System.Runtime.InteropServices;

namespace CampusCare.PathBenchmark;

/// <summary><c>./campuscare bench path</c>: what a contact costs from the door to an agent.</summary>
public static class PathCommand
{
    internal const string PlainName = "plain-endpoint";

    private const int Unavailable = 69; // EX_UNAVAILABLE
    private const int MaximumContacts = 50_000;
    private const int MaximumSeconds = 30;

    // A server runs for weeks: what its first minute costs, when the compiler still works beside it, is not what a contact costs.
    private const int WarmUpTimes = 3;

    /// <param name="program">The program behind ./campuscare, started for each server that is measured.</param>
    public static Command Create(string program)
    {
        var contacts = new Option<int>("--contacts") { Description = $"How many of each way, 100–{MaximumContacts}.", DefaultValueFactory = _ => 10_000 };
        contacts.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 100 or > MaximumContacts) result.AddError($"--contacts must be 100–{MaximumContacts}.");
        });
        var seconds = new Option<int>("--seconds") { Description = $"Stop each measurement after so long (and each warm-up after ten times that), 1–{MaximumSeconds}.", DefaultValueFactory = _ => 3 };
        seconds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MaximumSeconds) result.AddError($"--seconds must be 1–{MaximumSeconds}.");
        });
        var only = new Option<string[]>("--only") { Description = "Measure these alone, for a profile.", Arity = ArgumentArity.ZeroOrMore };
        only.AcceptOnlyFromAmong(PathRun.Ways);
        var command = new Command("path", "Measures contacts opened, offered and assigned: over HTTP and through the grains, beside the bare database and a do-it-yourself endpoint.") { contacts, seconds, only };
        command.SetAction((arguments, _) => Run(
            program, new PathSize(WarmUpTimes * arguments.GetValue(contacts), arguments.GetValue(contacts), TimeSpan.FromSeconds(arguments.GetValue(seconds))),
            arguments.GetValue(only) is { Length: > 0 } ways ? ways : PathRun.Ways));
        return command;
    }

    /// <summary>The server that the run compares with; started by the run itself.</summary>
    public static Command CreatePlain()
    {
        var connection = new Option<string>("--connection") { Required = true };
        var urls = new Option<string>("--urls") { Required = true };
        var command = new Command(PlainName, "The do-it-yourself endpoint that a contact's path is compared with.") { connection, urls };
        command.Hidden = true;
        command.SetAction((arguments, _) => PlainEndpoint.Serve(arguments.GetRequiredValue(connection), arguments.GetRequiredValue(urls)));
        return command;
    }

    private static async Task<int> Run(string program, PathSize size, string[] ways)
    {
        if (Environment.GetEnvironmentVariable("CAMPUSCARE_HOME") is not { Length: > 0 } home)
        {
            Console.Error.WriteLine("campuscare bench path: start it through ./campuscare, which says where the working copy is.");
            return Unavailable;
        }
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await new PathRun(program, home, size, ways, Console.Out).Go(stop.Token);
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"campuscare bench path: {e.Message}");
            return Unavailable;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }
}
