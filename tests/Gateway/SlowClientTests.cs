using CampusCare.Client;

namespace CampusCare.Gateway.Tests;

/// <summary>A client that stops reading costs the gateway a bounded backlog, and gets the rest in one piece when it reads again.</summary>
public sealed class SlowClientTests : IAsyncLifetime
{
    private const int MaxPending = 4;
    private const int Messages = 80;
    private const int Characters = 3_900;

    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start(new() { ["Gateway:MaxPendingPushes"] = $"{MaxPending}" });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData(Transport.WebSockets)]
    [InlineData(Transport.ServerSentEvents)]
    [InlineData(Transport.LongPolling)]
    public async Task Who_stops_reading_gets_a_snapshot_instead_of_a_backlog(Transport transport)
    {
        await using var road = new SlowRoad(_gateway.Url);
        await using var writer = new CustomerClient(_gateway.Url, _gateway.Token("slow"));
        await using var reader = new CustomerClient(ClientOptions.For(road.Url, _gateway.Token("slow")) with { Transport = transport });
        var states = new List<LinkState>();
        reader.StateChanged += states.Add;
        await writer.Start();
        await reader.Start();
        var id = (await writer.OpenContact("我的外卖没送到")).Yes.Ticket.TicketId;
        var seen = new PageSeen();
        await reader.Watch(id, seen.Take).Began;
        var before = seen.News;

        road.Block();
        for (var i = 1; i <= Messages; i++) (await writer.Post(id, Text(i))).Yes.TicketId.ShouldBe(id);
        road.Open();

        await seen.Message(Text(Messages));
        seen.AreEachOnceInOrder();
        // What was under way, what may wait for it, and the rest in one piece or two.
        (seen.News - before).ShouldBeLessThan(Messages / 2);
        states.ShouldBe([LinkState.Online], "the connection lives on");
    }

    private static string Text(int number) => $"{number}".PadRight(Characters, '长');
}
