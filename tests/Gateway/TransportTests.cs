using CampusCare.Client;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests;

/// <summary>The .NET client over each transport, over networks that don't let all of them through, and over polls whose answers get lost.</summary>
public sealed class TransportTests : IAsyncLifetime
{
    private const int Messages = 20;

    private static readonly Transport[] All = [Transport.WebSockets, Transport.ServerSentEvents, Transport.LongPolling];

    private readonly Road _road = new();
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start(services: services =>
    {
        services.AddSingleton<IStartupFilter>(_road);
        services.Configure<HubOptions>(hubs => hubs.AddFilter(_road));
    });

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Theory]
    [InlineData(Transport.WebSockets)]
    [InlineData(Transport.ServerSentEvents)]
    [InlineData(Transport.LongPolling)]
    public async Task Each_carries_words_both_ways_and_says_when_it_ends(Transport transport)
    {
        var (writer, reader) = (Page(transport), Page(transport));
        var (id, seen) = await Follow(writer, reader);
        for (var i = 1; i <= Messages; i++) (await writer.Post(id, $"第 {i} 条")).Yes.TicketId.ShouldBe(id);
        await seen.Message($"第 {Messages} 条");
        seen.AreEachOnceInOrder();
        _road.Tried.ShouldBe([transport]);

        await writer.DisposeAsync();
        await reader.DisposeAsync();
        await _road.AllLeft;
        _road.Deleted.ShouldBe(transport == Transport.LongPolling ? 2 : 0, "whoever polls has to say that it goes");
        _gateway.Services.GetRequiredService<Polls>().Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Without_a_choice_the_first_that_gets_through_is_taken(int closed)
    {
        _road.Closed.UnionWith(All.Take(closed));
        await using var writer = Page(null);
        await using var reader = Page(null);
        var (id, seen) = await Follow(writer, reader);
        (await writer.Post(id, "在东门")).Yes.TicketId.ShouldBe(id);
        await seen.Message("在东门");
        _road.Tried.Take(closed + 1).ShouldBe(All.Take(closed + 1));
    }

    [Theory]
    [InlineData(Transport.WebSockets)]
    [InlineData(Transport.ServerSentEvents)]
    [InlineData(Transport.LongPolling)]
    public async Task A_token_that_is_no_good_is_refused_over_each(Transport transport)
    {
        await using var page = new CustomerClient(Options(transport, _gateway.Token("li", Role.Agent)));
        await Should.ThrowAsync<RefusedException>(page.Start());
        page.State.ShouldBe(LinkState.Refused);
    }

    [Fact]
    public async Task A_poll_whose_answer_is_lost_is_not_repeated_but_resumed()
    {
        await using var writer = Page(Transport.WebSockets);
        await using var reader = Page(Transport.LongPolling);
        var (id, seen) = await Follow(writer, reader);
        for (var i = 1; i <= 3; i++)
        {
            var lost = _road.LoseAnswer();
            (await writer.Post(id, $"丢失 {i}")).Yes.TicketId.ShouldBe(id);
            await lost;
            await seen.Message($"丢失 {i}");
        }
        seen.AreEachOnceInOrder();
    }

    [Fact]
    public async Task A_call_whose_answer_is_lost_comes_back()
    {
        await using var page = Page(Transport.LongPolling);
        await page.Start();
        var id = (await page.OpenContact("我的外卖没送到")).Yes.Ticket.TicketId;
        var lost = _road.LoseAnswer();
        (await page.Post(id, "在东门").WaitAsync(GatewayProcess.Patience)).Yes.TicketId.ShouldBe(id);
        await lost;
    }

    private async Task<(string Id, Seen Seen)> Follow(CustomerClient writer, CustomerClient reader)
    {
        await writer.Start();
        await reader.Start();
        var id = (await writer.OpenContact("我的外卖没送到")).Yes.Ticket.TicketId;
        var seen = new Seen();
        var watch = reader.Watch(id, seen.Take);
        await watch.Began;
        return (id, seen);
    }

    private CustomerClient Page(Transport? transport) => new(Options(transport, _gateway.Token("road")));

    private ClientOptions Options(Transport? transport, string token) =>
        ClientOptions.For(_gateway.Url, token) with { Transport = transport, Backoff = [TimeSpan.FromMilliseconds(1)] };

    /// <summary>The events that a page was given, as they came.</summary>
    private sealed class Seen
    {
        private readonly List<TicketEvent> _events = [];
        private readonly Dictionary<string, TaskCompletionSource> _messages = [];

        public void Take(TicketHistory news)
        {
            lock (_events)
            {
                _events.AddRange(news.Events);
                foreach (var happened in news.Events.Where(static happened => happened.Type == "message")) Done(happened.Text!).TrySetResult();
            }
        }

        public Task Message(string text)
        {
            lock (_events) return Done(text).Task.WaitAsync(GatewayProcess.Patience);
        }

        public void AreEachOnceInOrder()
        {
            lock (_events) _events.Select(static happened => happened.Seq).ShouldBe(Enumerable.Range(1, _events.Count).Select(static seq => (long)seq));
        }

        private TaskCompletionSource Done(string text) =>
            _messages.TryGetValue(text, out var done) ? done : _messages[text] = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
