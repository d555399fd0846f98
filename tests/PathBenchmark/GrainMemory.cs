using System.CommandLine;
using System.Globalization;
using CampusCare.Contracts;
using CampusCare.Silo;
using CampusCare.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.PathBenchmark;

/// <summary>
/// <c>./campuscare bench memory</c>: what a grain that does nothing keeps on the managed heap, with the engine's part of it.
/// The silo is in this process; what lives is counted after a full collection, before and after so many came.
/// </summary>
public static class GrainMemory
{
    private const string Campus = "memory";
    private const int Agents = 2_000;
    private const int Campuses = 200;
    private const int Tickets = 20_000;
    private const int AtOnce = 32;
    private const double Kilobyte = 1024;

    public static Command Create()
    {
        var command = new Command("memory", "Measures what an idle agent, queue and ticket grain keep in memory.");
        command.SetAction((_, _) => Run(Console.Out));
        return command;
    }

    private static async Task<int> Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("campuscare-memory-");
        try
        {
            using var host = await GrainPath.Start(new() { ["Storage:Provider"] = "Sqlite", ["Storage:Path"] = Path.Combine(folder.FullName, "campuscare.db") });
            var grains = host.Services.GetRequiredService<IGrainFactory>();
            // What everybody shares is there before anything is counted.
            await grains.SetUp(BenchCampus.Plan("first", 10, chatsEach: 1));
            await Come(10, i => GrainPath.Open(grains, "first", i, $"first-{i}"));

            output.WriteLine($"engine {GrainEngine.Name}; managed heap after a full collection");
            await Count("agent", Agents, () => grains.SetUp(BenchCampus.Plan(Campus, Agents, chatsEach: 1)));
            await Count("campus with its three queues", Campuses, () => Come(Campuses, async i =>
            {
                var plan = BenchCampus.Plan($"campus-{i}", 0, chatsEach: 1);
                await grains.SetUp(plan);
                foreach (var queue in plan.Settings.Queues) await grains.Queue($"campus-{i}", queue.Queue).Figures();
            }));
            // Nobody is at work: each waits in its line, and with it come its customer and the line's own note of it.
            await Count("ticket that waits", Tickets, () => Come(Tickets, i => GrainPath.Open(grains, Campus, i, $"ticket-{i}")));
            await host.StopAsync();
            return 0;

            async Task Count(string what, int count, Func<Task> come)
            {
                var before = Heap();
                await come();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-30} {(Heap() - before) / count / Kilobyte,8:0.0} KB each, of {count}"));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task Come(int count, Func<int, Task> one) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => await one(i));

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
