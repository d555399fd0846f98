using Xunit.Abstractions;

namespace CampusCare.Client.Tests;

/// <summary>
/// Customers, agents (each on two pages) and a supervisor talk through a network that cuts them again and again, to a
/// gateway that is killed meanwhile. In the end nobody misses anything, and nothing is there twice.
/// </summary>
public sealed class CutTests(ITestOutputHelper output)
{
    private const int Customers = 6;
    private const int Agents = 2;
    private const int DefaultCuts = 1_500;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("CAMPUSCARE_SEED"), out var seed) ? seed : 1;

    private static int Cuts => int.TryParse(Environment.GetEnvironmentVariable("CAMPUSCARE_CUTS"), out var cuts) ? cuts : DefaultCuts;

    [Fact]
    public async Task Whatever_is_cut_nothing_is_lost_and_nothing_doubled()
    {
        await using var gateway = await TestGateway.Start();
        await using var proxy = new CuttingProxy(gateway.Url, Seed, Cuts);
        await using var talk = await Talk.Begin(gateway, proxy.Url, Customers, Agents, Seed);
        var killing = KillHalfway(gateway, proxy);
        await talk.Until(proxy.Enough).WaitAsync(Patience);
        await killing;
        var counts = await talk.Check().WaitAsync(Patience);
        output.WriteLine($"seed {Seed}: {proxy.Cuts} cuts of {proxy.Connections} connections, one gateway killed; {counts}");
        counts.Events.ShouldBeGreaterThan(0);
    }

    // A gateway that is killed takes everything of its process with it: here the grains, too.
    private static async Task KillHalfway(TestGateway gateway, CuttingProxy proxy)
    {
        await proxy.Half;
        await gateway.KillAndRestart();
        proxy.Target = gateway.Url;
    }
}
