using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests;

/// <summary>Grain timers. A tick that must not come is awaited through another timer's ticks, which would come later.</summary>
[Collection(SharedCluster.Name)]
public sealed class TimerTests(ClusterFixture cluster)
{
    private readonly Probe _probe = cluster.Probe;

    [Fact]
    public async Task A_timer_ticks_again_and_again()
    {
        var grain = Timers("ticks");

        await grain.Tick("ticks").Soon();

        await _probe.Hears("ticks", times: 5);
        await grain.Leave();
    }

    [Fact]
    public async Task A_tick_waits_for_the_running_request()
    {
        var call = Timers("patient").TickDuring("patient", "patient", interleave: false);
        await _probe.Hears("patient set");
        await SomeTimePasses("patient clock");

        _probe.Times("patient").ShouldBe(0);

        _probe.Open("patient");
        await call.Soon();
    }

    [Fact]
    public async Task An_interleaving_tick_does_not_wait()
    {
        var call = Timers("impatient").TickDuring("impatient", "impatient", interleave: true);

        await _probe.Hears("impatient", times: 3);

        _probe.Open("impatient");
        await call.Soon();
    }

    [Fact]
    public async Task Ticks_of_one_timer_never_overlap()
    {
        var grain = Timers("slow");

        await grain.TickSlowly("slow", "slow").Soon();
        await _probe.Hears("slow");
        await SomeTimePasses("slow clock");
        _probe.Times("slow").ShouldBe(1);

        _probe.Open("slow");
        await _probe.Hears("slow", times: 3);
        await grain.Leave();
    }

    [Fact]
    public async Task A_failing_tick_does_not_stop_the_timer()
    {
        var grain = Timers("failing tick");

        await grain.TickAndFail("failing tick").Soon();

        await _probe.Hears("failing tick", times: 3);
        await grain.Leave();
    }

    [Fact]
    public async Task A_changed_timer_keeps_to_its_new_time()
    {
        await Timers("postponed").TickAndPostpone("postponed").Soon();
        await _probe.Hears("postponed");

        await SomeTimePasses("postponed clock");

        _probe.Times("postponed").ShouldBe(1);
    }

    [Fact]
    public async Task A_disposed_timer_ticks_no_more()
    {
        await Timers("disposed").TickThrice("thrice").Soon();
        await _probe.Hears("thrice disposed");

        await SomeTimePasses("thrice clock");

        _probe.Times("thrice").ShouldBe(3);
    }

    [Fact]
    public async Task Timers_end_with_their_activation()
    {
        var grain = Timers("ending");
        await grain.Tick("ending").Soon();
        await _probe.Hears("ending");
        await grain.Leave().Soon();
        await _probe.Hears("ending deactivates");
        var ticks = _probe.Times("ending");

        await SomeTimePasses("ending clock");

        _probe.Times("ending").ShouldBe(ticks);
    }

    [Fact]
    public async Task A_timer_keeps_no_activation_alive()
    {
        await Timers("timed idler").Tick("timed idler").Soon();
        await _probe.Hears("timed idler");

        // A collection that meets a tick under way passes the activation by, so the first may be in vain.
        var deactivates = _probe.Hears("timed idler deactivates");
        while (!deactivates.IsCompleted)
            await cluster.Cluster.CollectIdleAsync().Soon();
        await deactivates;
    }

    private ITimerGrain Timers(string key) => cluster.Grains.GetGrain<ITimerGrain>(key);

    /// <summary>Lets a timer elsewhere tick so often that others of its period had their chance.</summary>
    private async Task SomeTimePasses(string clock)
    {
        var grain = Timers(clock);
        await grain.Tick(clock).Soon();
        await _probe.Hears(clock, times: 20);
        await grain.Leave();
    }
}
