using CampusCare.Embedded.Tests.Grains;

namespace CampusCare.Embedded.Tests;

/// <summary>Grains call objects outside through references to them.</summary>
[Collection(SharedCluster.Name)]
public sealed class ObserverTests(ClusterFixture cluster)
{
    private readonly Probe _probe = cluster.Probe;

    [Fact]
    public async Task News_reaches_every_listener_in_order()
    {
        var paper = cluster.Grains.GetGrain<INewspaperGrain>("daily");
        var listeners = new[] { new Listener("ann", _probe), new Listener("bob", _probe) };
        foreach (var listener in listeners)
            await paper.Subscribe(cluster.Grains.CreateObjectReference<IListener>(listener)).Soon();

        for (var i = 0; i < 5; i++)
            await paper.Publish($"news {i}").Soon();

        await Task.WhenAll(_probe.Hears("ann: news 4"), _probe.Hears("bob: news 4"));
        _probe.Told.Where(told => told.StartsWith("ann")).ShouldBe(Enumerable.Range(0, 5).Select(i => $"ann: news {i}"));
        _probe.Told.Where(told => told.StartsWith("bob")).ShouldBe(Enumerable.Range(0, 5).Select(i => $"bob: news {i}"));
        GC.KeepAlive(listeners);
    }

    [Fact]
    public async Task A_listener_answers()
    {
        var paper = cluster.Grains.GetGrain<INewspaperGrain>("interview");
        var listener = new Listener("carl", _probe);
        await paper.Subscribe(cluster.Grains.CreateObjectReference<IListener>(listener)).Soon();

        (await paper.Ask("how are you?").Soon()).ShouldBe("carl, asked how are you?");
        (await Should.ThrowAsync<FormatException>(paper.AskInVain().Soon())).Message.ShouldBe("no answer");
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task A_deleted_reference_reaches_nobody()
    {
        var paper = cluster.Grains.GetGrain<INewspaperGrain>("canceled paper");
        var (leaver, stayer) = (new Listener("dan", _probe), new Listener("eve", _probe));
        var leaving = cluster.Grains.CreateObjectReference<IListener>(leaver);
        await paper.Subscribe(leaving).Soon();
        await paper.Subscribe(cluster.Grains.CreateObjectReference<IListener>(stayer)).Soon();

        cluster.Grains.DeleteObjectReference<IListener>(leaving);
        await paper.Publish("afterwards").Soon();

        await _probe.Hears("eve: afterwards");
        _probe.Times("dan: afterwards").ShouldBe(0);
        GC.KeepAlive(stayer);
        GC.KeepAlive(leaver);
    }

    [Fact]
    public async Task A_listener_itself_is_no_argument()
    {
        var paper = cluster.Grains.GetGrain<INewspaperGrain>("raw");

        await Should.ThrowAsync<NotSupportedException>(async () => await paper.Subscribe(new Listener("raw", _probe)).Soon());
    }

    private sealed class Listener(string name, Probe probe) : IListener
    {
        public void News(string what) => probe.Tell($"{name}: {what}");

        public Task<string> Ask(string question) => Task.FromResult($"{name}, asked {question}");

        public Task AskInVain() => throw new FormatException("no answer");
    }
}
