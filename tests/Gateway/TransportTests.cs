using System.Net;
using System.Net.Sockets;
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
        if (transport == Transport.LongPolling) _road.Deleted.ShouldBeInRange(1, 2, "whoever polls says that it goes, unless the gateway let go first");
        else _road.Deleted.ShouldBe(0);
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

    [Fact]
    public async Task A_call_that_is_not_answered_is_made_again_over_another_connection()
    {
        var clock = new StepClock();
        var options = Options(Transport.WebSockets, _gateway.Token("road")) with { Time = clock, Backoff = [TimeSpan.Zero] };
        await using var page = new CustomerClient(options);
        await page.Start();
        var id = (await page.OpenContact("我的外卖没送到")).Yes.Ticket.TicketId;
        var muted = _road.MuteCall();
        var post = page.Post(id, "在东门");
        await muted;
        await clock.IsSet();
        clock.Move(options.Silence);
        (await post.WaitAsync(GatewayProcess.Patience)).Yes.TicketId.ShouldBe(id);
        _road.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task A_network_that_swallows_everything_does_not_hold_a_client()
    {
        // Takes connections, and never answers.
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        var clock = new StepClock();
        var options = Options(null, "any") with { Gateway = new Uri($"http://127.0.0.1:{((IPEndPoint)hole.LocalEndpoint).Port}"), Time = clock, Backoff = [TimeSpan.Zero] };
        await using var page = new CustomerClient(options);
        var starting = page.Start();
        for (var tries = 1; tries <= 2; tries++)
        {
            using var wire = await hole.AcceptTcpClientAsync().WaitAsync(GatewayProcess.Patience);
            clock.Move(options.Silence);
        }
        starting.IsCompleted.ShouldBeFalse();
    }

    private async Task<(string Id, PageSeen Seen)> Follow(CustomerClient writer, CustomerClient reader)
    {
        await writer.Start();
        await reader.Start();
        var id = (await writer.OpenContact("我的外卖没送到")).Yes.Ticket.TicketId;
        var seen = new PageSeen();
        var watch = reader.Watch(id, seen.Take);
        await watch.Began;
        return (id, seen);
    }

    private CustomerClient Page(Transport? transport) => new(Options(transport, _gateway.Token("road")));

    private ClientOptions Options(Transport? transport, string token) =>
        ClientOptions.For(_gateway.Url, token) with { Transport = transport, Backoff = [TimeSpan.FromMilliseconds(1)] };
}
