using CampusCare.Client.Tests;
using Xunit.Abstractions;

namespace CampusCare.Cluster.Tests;

/// <summary>Two gateways behind one door, and one of them dies.</summary>
[Collection(nameof(RunningCluster))]
public sealed class GatewayTests(RunningCluster cluster, ITestOutputHelper output)
{
    private const int Cuts = 20;

    /// <summary>Everybody's gateway dies; they come back through the door, over networks that cut them before and after.</summary>
    [SkippableFact]
    public async Task Whoever_spoke_through_the_gateway_that_died_misses_nothing_and_sees_nothing_twice()
    {
        Skip.If(RunningCluster.WhyNot is not null, RunningCluster.WhyNot);
        var door = cluster.Surroundings.Url;
        using var rest = new GatewayClient(door);
        var networks = Cutting.Networks(cluster.Gateways[0], Cuts);
        await using var talk = await Talk.Begin(() => rest, networks, Cutting.Seed).WaitAsync(Cutting.Patience);
        await talk.Until(Cutting.Enough(networks.Values, async () =>
        {
            await cluster.Do("kill", "gateway", "1");
            return door;
        })).WaitAsync(Cutting.Patience);
        (await cluster.Run("status")).Code.ShouldBe(1, cluster.Said);

        var counts = await talk.Check().WaitAsync(Cutting.Patience);
        await Cutting.End(networks, counts.EventsBy, output.WriteLine);
        output.WriteLine($"one of two gateways killed; {counts}");
        await cluster.Do("start", "gateway", "1");
    }
}
