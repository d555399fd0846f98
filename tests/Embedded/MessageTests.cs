using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests;

/// <summary>What crosses a call.</summary>
[Collection(SharedCluster.Name)]
public sealed class MessageTests(ClusterFixture cluster)
{
    private readonly Probe _probe = cluster.Probe;

    [Fact]
    public async Task An_immutable_record_arrives_and_comes_back_equal()
    {
        var order = new Order("o-1", ["面", "汤"], new DateTimeOffset(2026, 11, 21, 18, 0, 0, TimeSpan.FromHours(8)), Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff"), 23.5m);

        var echo = await cluster.Grains.GetGrain<IMessageGrain>("echo").Echo(order).Soon();

        (echo with { Dishes = order.Dishes }).ShouldBe(order);
        echo.Dishes.ShouldBe(order.Dishes);
    }

    [Fact]
    public async Task Values_of_every_simple_kind_arrive()
    {
        var grain = cluster.Grains.GetGrain<IMessageGrain>("values");

        (await grain.ValueOf(1, "four", Guid.Parse("6f9619ff-8b86-d011-b42d-00cf4fc964ff"), DayOfWeek.Tuesday)).ShouldBe(107);
        (await grain.ValueOf(1, null, Guid.Empty, DayOfWeek.Sunday)).ShouldBe(1);
    }

    /// <summary>An engine may copy such a message or refuse it by name; share it, it may not.</summary>
    [Fact]
    public async Task An_argument_is_never_shared_with_the_callee()
    {
        var basket = new Basket { Dishes = ["rice"] };

        try
        {
            await cluster.Grains.GetGrain<IMessageGrain>("spoiler").Spoil(basket).Soon();
        }
        catch (InvalidOperationException refused)
        {
            refused.Message.ShouldContain(typeof(Basket).FullName!);
        }

        basket.Dishes.ShouldBe(["rice"]);
    }

    [Fact]
    public async Task A_result_is_never_shared_with_the_caller()
    {
        var grain = cluster.Grains.GetGrain<IMessageGrain>("giver");

        try
        {
            (await grain.Give().Soon()).Dishes.Add("poison");
            (await grain.Give().Soon()).Dishes.ShouldBe(["rice"]);
        }
        catch (InvalidOperationException refused)
        {
            refused.Message.ShouldContain(typeof(Basket).FullName!);
        }
    }

    [Fact]
    public async Task Canceling_ends_the_callers_wait_and_reaches_the_callee()
    {
        using var source = new CancellationTokenSource();
        var call = cluster.Grains.GetGrain<IMessageGrain>("canceled").Wait("canceled", source.Token);
        await _probe.Hears("canceled waits");

        source.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(call.Soon());
        await _probe.Hears("canceled stops, canceled: True");
    }

    [Fact]
    public async Task A_call_with_a_canceled_token_does_not_begin()
    {
        await Should.ThrowAsync<OperationCanceledException>(
            async () => await cluster.Grains.GetGrain<IMessageGrain>("late").Wait("late", new CancellationToken(canceled: true)).Soon());

        _probe.Times("late waits").ShouldBe(0);
    }

    [Fact]
    public async Task The_request_context_travels_on_and_not_back()
    {
        RequestContext.Set("order", "o-7");
        var carried = await cluster.Grains.GetGrain<IMessageGrain>("carrier").Carried("order", 2).Soon();
        RequestContext.Clear();

        carried.ShouldBe("o-7");
        (await cluster.Grains.GetGrain<IMessageGrain>("carrier").Carried("order", 2).Soon()).ShouldBe("nothing");
    }

    [Fact]
    public async Task A_request_context_does_not_reach_the_next_request()
    {
        var grain = cluster.Grains.GetGrain<IMessageGrain>("leaking");

        var calls = Enumerable.Range(0, 100).SelectMany(_ => new[] { grain.Leak("leak"), grain.Carried("leak", 0) }).ToList();
        await Task.WhenAll(calls).Soon();

        calls.OfType<Task<string>>().ShouldAllBe(carried => carried.Result == "nothing");
    }
}
