using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests;

/// <summary>An activation takes so many waiting requests and no more.</summary>
public sealed class OverloadTests : IAsyncLifetime
{
    private const int Limit = 10;

    private readonly ClusterSettings _settings = new() { MaxQueuedRequests = Limit };
    private IEngineCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await EngineCluster.StartAsync(_settings);

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task What_is_too_much_is_refused_by_name_and_what_was_taken_is_done()
    {
        var grain = _cluster.Grains.GetGrain<IGatedGrain>("popular");
        var running = grain.Enter("running", "popular");
        await _settings.Probe.Hears("running begins");

        var calls = Enumerable.Range(0, 5 * Limit).Select(_ => grain.Enter("queued", "popular")).ToList();
        var refused = await Task.WhenAny(calls).Soon();
        await Should.ThrowAsync<LimitExceededException>(refused);

        _settings.Probe.Open("popular");
        await running.Soon();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default).Soon();
        calls.Where(call => call.IsFaulted).ShouldAllBe(call => call.Exception!.InnerException is LimitExceededException);
        _settings.Probe.Times("queued ends").ShouldBe(calls.Count(call => call.IsCompletedSuccessfully));
        calls.Count(call => call.IsCompletedSuccessfully).ShouldBeGreaterThanOrEqualTo(Limit);
    }
}
