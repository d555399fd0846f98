using System.Diagnostics;
using System.Globalization;
using CampusCare.Embedded.Tests;
using CampusCare.EngineBenchmark;

// Callers that each wait for their answer, for a few seconds; calls a second, and what one call costs.
var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3;
await using var cluster = await EngineCluster.StartAsync(new ClusterSettings { MaxQueuedRequests = 100_000 });
var message = new Message("t-000123", new string('麻', 200), DateTimeOffset.UnixEpoch, ["late", "food"]);
var ping = cluster.Grains.GetGrain<IPingGrain>("hot");
var grains = Enumerable.Range(0, 1_000).Select(i => cluster.Grains.GetGrain<IPingGrain>($"grain {i}")).ToArray();
var targets = Enumerable.Range(0, 1_000).Select(i => cluster.Grains.GetGrain<IPingGrain>($"target {i}")).ToArray();

Console.WriteLine($"{typeof(IGrain).Assembly.GetName().Name}, {Environment.ProcessorCount} processors, {seconds} s each");
Console.WriteLine("| calls | callers | thousand a second | µs of CPU each | bytes each |");
Console.WriteLine("|---|---|---|---|---|");
foreach (var callers in (int[])[1, 100, 1_000])
{
    await Measure("ping, a grain each", callers, i => grains[i].Ping());
    await Measure("ping, one hot grain", callers, _ => ping.Ping());
    await Measure("echo of a record, a grain each", callers, i => grains[i].Echo(message));
    await Measure("ping that waits a turn, a grain each", callers, i => grains[i].PingLater());
    await Measure("relay through another grain", callers, i => grains[i].Relay(targets[i]));
    await Measure("GetGrain and ping", callers, i => cluster.Grains.GetGrain<IPingGrain>(Keys.All[i]).Ping());
}

await MeasureFairness();
await MeasureActivations();

async Task Measure(string name, int callers, Func<int, Task> call)
{
    await Run(callers, call, TimeSpan.FromSeconds(Math.Min(1, seconds)));
    GC.Collect();
    var (allocated, cpu, watch) = (GC.GetTotalAllocatedBytes(true), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
    var calls = await Run(callers, call, TimeSpan.FromSeconds(seconds));
    Print(name, callers, calls, watch.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu, GC.GetTotalAllocatedBytes(true) - allocated);
}

// How long a call takes that comes now and then, from a thread of its own, while others keep every processor busy.
async Task MeasureFairness()
{
    var busy = Run(100, i => grains[i].Ping(), TimeSpan.FromSeconds(seconds));
    var waits = new List<double>();
    while (!busy.IsCompleted)
    {
        var watch = Stopwatch.StartNew();
        var guest = new Thread(() => grains[999].Ping().Wait());
        guest.Start();
        guest.Join();
        waits.Add(watch.Elapsed.TotalMilliseconds);
        await Task.Delay(1);
    }

    waits.Sort();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a call now and then among 100 busy callers: median {waits[waits.Count / 2]:N2} ms, longest {waits[^1]:N2} ms of {waits.Count}"));
}

async Task MeasureActivations()
{
    const int Count = 100_000;
    var references = Enumerable.Range(0, Count).Select(i => cluster.Grains.GetGrain<IPingGrain>($"new {i}")).ToArray();
    GC.Collect();
    var (alive, allocated) = (GC.GetTotalMemory(true), GC.GetTotalAllocatedBytes(true));
    var (cpu, watch) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
    foreach (var some in references.Chunk(1_000))
        await Task.WhenAll(some.Select(grain => grain.Ping()));
    Print("activation", 1_000, Count, watch.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - cpu, GC.GetTotalAllocatedBytes(true) - allocated);
    Console.WriteLine($"an activation keeps {(GC.GetTotalMemory(true) - alive) / Count} bytes");
}

static async Task<long> Run(int callers, Func<int, Task> call, TimeSpan time)
{
    var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
    var counts = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
    {
        long count = 0;
        for (; Stopwatch.GetTimestamp() < end; count++)
            await call(caller);
        return count;
    })));
    return counts.Sum();
}

static void Print(string name, int callers, long calls, TimeSpan time, TimeSpan cpu, long bytes) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"| {name} | {callers} | {calls / time.TotalSeconds / 1_000:N0} | {cpu.TotalMicroseconds / calls:N2} | {bytes / calls:N0} |"));

internal static class Keys
{
    public static readonly string[] All = [.. Enumerable.Range(0, 1_000).Select(i => $"grain {i}")];
}
