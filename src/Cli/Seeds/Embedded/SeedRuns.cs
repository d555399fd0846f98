using CampusCare.Simulation;

namespace CampusCare.Cli.Seeds;

/// <summary>Rushes in virtual time, one per seed, with everything breaking that can; stops at the first broken invariant.</summary>
internal static class SeedRuns
{
    /// <summary>Runs seeds <paramref name="first"/>, first + 1, …; 0 when every invariant held, else 1.</summary>
    public static int Run(int first, int seeds, bool calm)
    {
        for (var seed = first; seed < first + seeds; seed++)
        {
            try
            {
                using var world = new CampusWorld(seed, new WorldOptions { Faults = !calm });
                var report = world.Run();
                Console.WriteLine(
                    $"seed {seed}: {report.Acknowledged} contacts, {report.Solved} solved, {report.GaveUp} gave up, {report.Faults} faults, " +
                    $"{report.Events:N0} events, {report.Turns:N0} turns, {report.VirtualTime:hh\\:mm\\:ss} of virtual time, digest {report.Digest:x16}");
            }
            catch (InvariantBrokenException broken)
            {
                Console.WriteLine($"seed {seed}: BROKEN {broken.Message}");
                Console.WriteLine($"Replay it exactly: ./campuscare simulate --seeds 1 --seed {seed}{(calm ? " --calm" : "")}");
                return 1;
            }
        }
        Console.WriteLine($"{seeds} seeds, every invariant held.");
        return 0;
    }
}
