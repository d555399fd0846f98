using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests;

/// <summary>One turn at a time, and no reentrancy unless declared.</summary>
[Collection(SharedCluster.Name)]
public sealed class TurnTests(ClusterFixture cluster)
{
    private readonly Probe _probe = cluster.Probe;

    [Fact]
    public async Task A_thousand_callers_at_once_meet_one_turn_at_a_time()
    {
        var grain = cluster.Grains.GetGrain<ICounterGrain>("thousand");

        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(grain.Add))).Soon();

        (await grain.Total()).ShouldBe(1_000);
        (await grain.Overlaps()).ShouldBe(0);
    }

    [Fact]
    public async Task Code_after_an_await_comes_back_into_its_activation()
    {
        var grain = cluster.Grains.GetGrain<ICounterGrain>("many");

        await grain.AddMany(1_000).Soon();

        (await grain.Total()).ShouldBe(1_000);
        (await grain.Overlaps()).ShouldBe(0);
    }

    [Fact]
    public async Task Another_thread_never_runs_code_of_an_activation() =>
        (await cluster.Grains.GetGrain<ICounterGrain>("overrun").IsOverrun().Soon()).ShouldBeFalse();

    [Fact]
    public async Task A_request_waits_until_the_one_before_it_has_ended()
    {
        var grain = cluster.Grains.GetGrain<IGatedGrain>("one-by-one");
        var first = grain.Enter("first", "one-by-one");
        await _probe.Hears("first begins");

        var second = grain.Enter("second", "one-by-one");
        // Both come the same way, so when the look was answered the second had its chance.
        await grain.Look().Soon();
        _probe.Times("second begins").ShouldBe(0);

        _probe.Open("one-by-one");
        await Task.WhenAll(first, second).Soon();
        _probe.Told.Where(told => told.StartsWith("first") || told.StartsWith("second"))
            .ShouldBe(["first begins", "first ends", "second begins", "second ends"]);
    }

    [Fact]
    public async Task A_reentrant_class_takes_a_request_while_another_waits()
    {
        var grain = cluster.Grains.GetGrain<IReentrantGatedGrain>("reentrant");
        var calls = new[] { grain.Enter("re1", "reentrant"), grain.Enter("re2", "reentrant") };

        await _probe.Hears("re1 begins");
        await _probe.Hears("re2 begins");

        _probe.Open("reentrant");
        await Task.WhenAll(calls).Soon();
    }

    [Fact]
    public async Task An_interleaving_method_runs_while_another_request_waits()
    {
        var grain = cluster.Grains.GetGrain<IGatedGrain>("interleaving");
        var calls = new[] { grain.Enter("in1", "interleaving"), grain.EnterInterleaving("in2", "interleaving") };

        await _probe.Hears("in1 begins");
        await _probe.Hears("in2 begins");

        _probe.Open("interleaving");
        await Task.WhenAll(calls).Soon();
    }

    [Fact]
    public async Task Read_only_methods_run_beside_each_other_and_not_beside_others()
    {
        var grain = cluster.Grains.GetGrain<IGatedGrain>("reading");
        var reads = new[] { grain.EnterReading("read1", "reading"), grain.EnterReading("read2", "reading") };
        await _probe.Hears("read1 begins");
        await _probe.Hears("read2 begins");

        var write = grain.Enter("write", "reading");
        await grain.Look().Soon();
        _probe.Times("write begins").ShouldBe(0);

        _probe.Open("reading");
        await Task.WhenAll([.. reads, write]).Soon();
    }

    [Fact]
    public async Task Stateless_workers_share_the_requests_of_one_key()
    {
        var grain = cluster.Grains.GetGrain<IGatedWorkerGrain>("workers");
        var calls = new[] { grain.Enter("worker1", "workers"), grain.Enter("worker2", "workers") };

        await _probe.Hears("worker1 begins");
        await _probe.Hears("worker2 begins");

        _probe.Open("workers");
        await Task.WhenAll(calls).Soon();
    }

    [Fact]
    public async Task A_call_cycle_times_out_and_leaves_both_grains_usable()
    {
        var one = cluster.Grains.GetGrain<ICycleGrain>("one");
        var other = cluster.Grains.GetGrain<ICycleGrain>("other");

        await Should.ThrowAsync<TimeoutException>(one.CallAround(other).Soon());

        (await one.Hello().Soon()).ShouldBe("hello from one");
        (await other.Hello().Soon()).ShouldBe("hello from other");
    }

    [Fact]
    public async Task A_call_cycle_through_an_interleaving_method_succeeds()
    {
        var one = cluster.Grains.GetGrain<ICycleGrain>("one-around");
        var other = cluster.Grains.GetGrain<ICycleGrain>("other-around");

        (await one.CallAroundInterleaving(other).Soon()).ShouldBe("hello from one-around");
    }

    [Fact]
    public async Task A_one_way_call_does_not_wait()
    {
        var grain = cluster.Grains.GetGrain<IGatedGrain>("one-way");

        await grain.EnterOneWay("oneway", "one-way").Soon();
        await _probe.Hears("oneway begins");
        _probe.Times("oneway ends").ShouldBe(0);

        _probe.Open("one-way");
        await _probe.Hears("oneway ends");
    }

    [Fact]
    public async Task The_failure_of_a_one_way_call_reaches_nobody()
    {
        var grain = cluster.Grains.GetGrain<IGatedGrain>("one-way-failure");

        await grain.FailOneWay("failing").Soon();

        await _probe.Hears("failing begins");
        await grain.Look().Soon();
    }
}
