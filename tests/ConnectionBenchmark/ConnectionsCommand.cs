using System.CommandLine;
using CampusCare.PeakHour;

namespace CampusCare.ConnectionBenchmark;

/// <summary><c>./campuscare bench connections</c>: how many clients one gateway process holds, and what each costs.</summary>
public static class ConnectionsCommand
{
    private const int Maximum = 15_000;

    // A load from one address, by one campus's customers: limits are not what is measured.
    private static readonly string[] Limits = ["PerCustomerPerMinute", "PerCallerPerMinute", "PerCampusPerMinute", "PerAddressPerMinute"];

    /// <param name="program">The program behind ./campuscare, started as the gateway that is measured.</param>
    public static Command Create(string program)
    {
        var count = new Option<int>("--count") { Description = $"How many connections, 1–{Maximum}.", DefaultValueFactory = _ => 10_000 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > Maximum) result.AddError($"--count must be 1–{Maximum}.");
        });
        var command = new Command("connections", "Opens many live connections to one gateway process, each watching a ticket, and delivers an event to each.") { count };
        command.SetAction((arguments, stop) => Run(program, arguments.GetValue(count), stop));
        return command;
    }

    private static async Task<int> Run(string program, int count, CancellationToken stop)
    {
        foreach (var limit in Limits) Environment.SetEnvironmentVariable($"Gateway__RateLimit__{limit}", "0");
        var data = Directory.CreateTempSubdirectory("campuscare-connections-");
        try
        {
            await using var gateway = await DemoProcess.Start(program, data, stop);
            return await new ConnectionsRun(gateway, count, Console.Out).Go(stop);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
