using System.Diagnostics;
using CampusCare.Simulation;

namespace CampusCare.Cli.Seeds;

/// <summary>Rushes in virtual time, one per seed, with everything breaking that can; stops at the first broken invariant.</summary>
internal static class SeedRuns
{
    /// <summary>Runs seeds <paramref name="first"/>, first + 1, …; 0 when every invariant held, else 1.</summary>
    public static int Run(int first, int seeds, bool calm)
    {
        for (var seed = first; seed < first + seeds; seed++)
            if (Run(seed, new WorldOptions { Faults = !calm }) is null)
            {
                Console.WriteLine($"Replay it exactly: ./campuscare simulate --seeds 1 --seed {seed}{(calm ? " --calm" : "")}");
                return 1;
            }
        Console.WriteLine($"{seeds} seeds, every invariant held.");
        return 0;
    }

    /// <summary>A day of a campus, and how long it took; 0 when every invariant held, else 1.</summary>
    public static int Day(int seed)
    {
        using var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        if (Run(seed, WorldOptions.Day) is not { } report) return 1;
        process.Refresh();
        var cpu = process.TotalProcessorTime - before;
        Console.WriteLine(
            $"{report.Acknowledged:N0} contacts in {report.VirtualTime:hh\\:mm\\:ss} of virtual time took {watch.Elapsed.TotalSeconds:0.0} s " +
            $"({cpu.TotalSeconds:0.0} s of processor time); every invariant held.");
        return 0;
    }

    // Null when an invariant broke.
    private static WorldReport? Run(int seed, WorldOptions options)
    {
        try
        {
            using var world = new CampusWorld(seed, options);
            var report = world.Run();
            Console.WriteLine(
                $"seed {seed}: {report.Acknowledged} contacts, {report.Solved} solved, {report.GaveUp} gave up, {report.Faults} faults, " +
                $"{report.Events:N0} events, {report.Turns:N0} turns, {report.VirtualTime:hh\\:mm\\:ss} of virtual time, digest {report.Digest:x16}");
            Console.WriteLine($"    {report.Happened}");
            return report;
        }
        catch (InvariantBrokenException broken)
        {
            Console.WriteLine($"seed {seed}: BROKEN {broken.Message}");
            return null;
        }
    }
}
