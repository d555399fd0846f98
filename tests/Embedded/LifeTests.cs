using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests;

/// <summary>Activation and deactivation run, and failures reach the caller.</summary>
[Collection(SharedCluster.Name)]
public sealed class LifeTests(ClusterFixture cluster)
{
    private readonly Probe _probe = cluster.Probe;

    [Fact]
    public async Task A_grain_activates_before_its_first_request_and_once()
    {
        var grain = cluster.Grains.GetGrain<ILifeGrain>("newborn");

        await Task.WhenAll(grain.Touch(), grain.Touch(), grain.Touch()).Soon();

        _probe.Told.Where(told => told.StartsWith("newborn"))
            .ShouldBe(["newborn activates", "newborn touched in 1", "newborn touched in 1", "newborn touched in 1"]);
    }

    [Fact]
    public async Task A_failing_activation_reaches_the_caller_and_the_next_call_tries_afresh()
    {
        var grain = cluster.Grains.GetGrain<IStubbornGrain>("stubborn");

        (await Should.ThrowAsync<FormatException>(grain.Hello().Soon())).Message.ShouldBe("not in the mood");

        (await grain.Hello().Soon()).ShouldBe("hello");
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_and_harms_nobody_else()
    {
        var grain = cluster.Grains.GetGrain<IFailingGrain>("failing");

        (await Should.ThrowAsync<FormatException>(grain.FailAtOnce().Soon())).Message.ShouldBe("at once");
        (await Should.ThrowAsync<FormatException>(grain.FailLater().Soon())).Message.ShouldBe("later");
        (await grain.Hello().Soon()).ShouldBe("hello");
    }

    [Fact]
    public async Task A_leaving_activation_ends_its_request_and_the_waiting_ones_meet_the_next()
    {
        var grain = cluster.Grains.GetGrain<ILifeGrain>("leaver");
        var leaving = grain.Leave("leaver");
        await _probe.Hears("leaver leaves");
        var waiting = new[] { grain.Touch(), grain.Touch() };

        _probe.Open("leaver");
        await Task.WhenAll([leaving, .. waiting]).Soon();

        _probe.Told.Where(told => told.StartsWith("leaver")).ShouldBe(
        [
            "leaver activates", "leaver leaves", "leaver deactivates: ApplicationRequested",
            "leaver activates", "leaver touched in 2", "leaver touched in 2",
        ]);
    }

    [Fact]
    public async Task An_idle_activation_is_collected()
    {
        await cluster.Grains.GetGrain<ILifeGrain>("idler").Touch().Soon();

        await cluster.Cluster.CollectIdleAsync().Soon();

        await _probe.Hears("idler deactivates: ActivationIdle");
    }

    [Fact]
    public async Task A_busy_activation_is_not_collected()
    {
        var grain = cluster.Grains.GetGrain<IGatedGrain>("busy");
        var call = grain.Enter("busy", "busy");
        await _probe.Hears("busy begins");

        await cluster.Cluster.CollectIdleAsync().Soon();

        _probe.Open("busy");
        await call.Soon();
    }

    [Fact]
    public async Task An_activation_that_delays_its_end_is_not_collected()
    {
        var grain = cluster.Grains.GetGrain<ILifeGrain>("delayer");
        await grain.DelayDeactivation(TimeSpan.FromHours(1)).Soon();
        var other = cluster.Grains.GetGrain<ILifeGrain>("not-delayer");
        await other.Touch().Soon();

        await cluster.Cluster.CollectIdleAsync().Soon();

        await _probe.Hears("not-delayer deactivates: ActivationIdle");
        (await grain.Generation().Soon()).ShouldBe(1);
    }
}
