using Xunit.Abstractions;

namespace CampusCare.Client.Tests;

/// <summary>
/// Customers, agents (each on two pages) and supervisors talk over every transport through networks that cut them again and
/// again, to a gateway that is killed meanwhile. In the end nobody misses anything, and nothing is there twice.
/// </summary>
public sealed class CutTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Whatever_is_cut_nothing_is_lost_and_nothing_doubled()
    {
        await using var gateway = await TestGateway.Start();
        var networks = Cutting.Networks(gateway.Url, Cutting.Cuts);
        await using var talk = await Talk.Begin(() => gateway.Rest, networks, Cutting.Seed).WaitAsync(Cutting.Patience);
        await talk.Until(Cutting.Enough(networks.Values, gateway.KillAndRestart)).WaitAsync(Cutting.Patience);
        var counts = await talk.Check().WaitAsync(Cutting.Patience);
        await Cutting.End(networks, counts.EventsBy, output.WriteLine);
        output.WriteLine($"one gateway killed; {counts}");
    }

    [Fact]
    public async Task What_fails_ends_a_talk_at_once()
    {
        var networks = new Dictionary<Transport, CuttingProxy>();
        await using var talk = await Talk.Begin(() => throw new InvalidOperationException("nobody comes"), networks, Cutting.Seed);
        var never = new TaskCompletionSource();
        var talking = talk.Until([never.Task, Task.FromException(new InvalidOperationException("did not start"))]);
        (await Should.ThrowAsync<InvalidOperationException>(talking.WaitAsync(Cutting.Patience))).Message.ShouldBe("did not start");
    }
}
