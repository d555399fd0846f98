using System.Net;
using CampusCare.Domain;
using CampusCare.Domain.Orders;
using CampusCare.Grains.Orders;
using CampusCare.OrderService;
using CampusCare.Silo.Orders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CampusCare.Silo.Tests;

/// <summary>The order system over a real socket: what it says, what it doesn't say, and how little it is bothered when it is ill.</summary>
public sealed class OrderBookTests : IAsyncLifetime
{
    private readonly ShiftedClock _clock = new();
    private OrderServiceHost _service = null!;
    private ServiceProvider _services = null!;

    private IOrderBook Book => _services.GetRequiredService<IOrderBook>();

    public async Task InitializeAsync()
    {
        _service = await OrderServiceHost.Start(7, "secret", _clock);
        _services = Services(_service.Address.ToString(), "secret");
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _service.DisposeAsync();
    }

    private ServiceProvider Services(string? endpoint, string? key)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Orders:Endpoint"] = endpoint, ["Orders:Key"] = key }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(_clock);
        services.AddOrderBook(configuration);
        return services.BuildServiceProvider();
    }

    private Task<OrderFacts?> Find(string? number, string customer = "s1") => Book.Find(new OrderQuestion("north", customer, CustomerRole.Student, number));

    [Theory]
    [InlineData(Story.OnTime, OrderState.Delivered, null)]
    [InlineData(Story.OnItsWay, OrderState.OnTheWay, null)]
    [InlineData(Story.Late, OrderState.Delivered, OrderAnomaly.Late)]
    [InlineData(Story.Stranded, OrderState.OnTheWay, OrderAnomaly.RiderLost)]
    [InlineData(Story.Canceled, OrderState.Canceled, OrderAnomaly.MoneyNotBack)]
    [InlineData(Story.Refunded, OrderState.Canceled, null)]
    [InlineData(Story.NoRider, OrderState.Ready, OrderAnomaly.NoRider)]
    public async Task Every_story_is_told_with_what_is_wrong_in_it(Story story, OrderState state, OrderAnomaly? wrong)
    {
        var number = _service.Orders.Place("north", "s1", story, 2_500);
        var order = (await Find(number)).ShouldNotBeNull();
        order.Fault().ShouldBeNull();
        (order.Number, order.CustomerId, order.State, order.PaidFen).ShouldBe((number, "s1", state, 2_500L));
        var seen = OrderAnomalies.Find(order, _clock.GetUtcNow()).Select(static seen => (OrderAnomaly?)seen.Kind).ToList();
        if (wrong is null) seen.ShouldBeEmpty();
        else seen.ShouldContain(wrong);
    }

    [Fact]
    public async Task A_rider_moves_and_arrives()
    {
        var number = _service.Orders.Place("north", "s1", Story.OnItsWay);
        var places = new List<string?>();
        for (var minutes = 0; minutes <= 12; minutes += 4, _clock.Now += TimeSpan.FromMinutes(4)) places.Add((await Find(number))!.RiderAt);
        places.Where(static place => place is not null).Distinct().Count().ShouldBeGreaterThan(1);
        var arrived = (await Find(number))!;
        (arrived.State, arrived.RiderAt).ShouldBe((OrderState.Delivered, null));
        arrived.DeliveredAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task Everybody_has_a_last_order_and_the_same_seed_tells_the_same()
    {
        var last = (await Find(null, "s7")).ShouldNotBeNull();
        last.CustomerId.ShouldBe("s7");
        (await Find(last.Number, "s7"))!.Number.ShouldBe(last.Number);
        (await Find("20200101000000")).ShouldBeNull();
        await using var other = await OrderServiceHost.Start(7, "secret", _clock);
        await using var services = Services(other.Address.ToString(), "secret");
        var again = await services.GetRequiredService<IOrderBook>().Find(new OrderQuestion("north", "s7", CustomerRole.Student, null));
        (again!.State, again.PaidFen, again.Merchant).ShouldBe((last.State, last.PaidFen, last.Merchant));
    }

    [Fact]
    public async Task What_was_answered_is_asked_once_and_again_when_it_is_old()
    {
        using var told = new Told();
        using var book = new OrderBook(new OrderBookOptions { Endpoint = new Uri("http://orders.example/"), Key = "secret" }, told, _clock, NullLogger<OrderBook>.Instance);
        Task<OrderFacts?> Ask(string customer, string? number) => book.Find(new OrderQuestion("north", customer, CustomerRole.Student, number));
        (await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Ask($"s{i}", "1")))).ShouldAllBe(static order => order!.Number == "1");
        told.Times.ShouldBe(1, "an order is one order, whoever asks");
        await Ask("s1", null);
        await Ask("s2", null);
        told.Times.ShouldBe(3, "a last order is somebody's");
        _clock.Now += OrderBook.Freshness;
        await Ask("s1", "1");
        told.Times.ShouldBe(4);
    }

    private sealed class Told : HttpMessageHandler
    {
        public int Times { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Times++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"number":"1","customerId":"s1","state":"onTheWay","placedAt":"2026-03-02T04:00:00Z","promisedAt":"2026-03-02T04:30:00Z","paidFen":3200,"money":"paid","weather":"rain"}"""),
            });
        }
    }

    [Fact]
    public async Task A_broken_service_is_left_alone_after_a_few_tries_and_asked_again_after_a_rest()
    {
        var number = _service.Orders.Place("north", "s1", Story.OnItsWay);
        _service.Mood = Mood.Broken;
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Find($"2026030200000{i}")));
        answers.ShouldAllBe(static answer => answer == null);
        var asked = _service.Asked;
        asked.ShouldBeInRange(10, 10 * (1 + OutsideHttp.Retries));
        (await Find(number)).ShouldBeNull();
        _service.Asked.ShouldBe(asked, "the circuit is open: nobody asks");

        _service.Mood = Mood.Well;
        _clock.Now += OutsideHttp.Rest;
        (await Find(number)).ShouldNotBeNull("a failure is not kept as an answer");
    }

    [Fact]
    public async Task An_answer_that_is_lost_or_that_nobody_lets_us_read_is_no_answer()
    {
        _service.Mood = Mood.Mute;
        (await Find(_service.Orders.Place("north", "s1", Story.OnItsWay))).ShouldBeNull();
        _service.Mood = Mood.Well;
        await using var stranger = Services(_service.Address.ToString(), "not the key");
        (await stranger.GetRequiredService<IOrderBook>().Find(new OrderQuestion("north", "s1", CustomerRole.Student, "1"))).ShouldBeNull();
    }

    [Fact]
    public void Without_an_endpoint_nobody_is_asked_and_one_without_a_key_is_refused_at_start()
    {
        Services(null, null).GetRequiredService<IOrderBook>().IsThere.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => Services("http://127.0.0.1:9/", null)).Message.ShouldContain("Orders:Key");
    }

    [Fact]
    public async Task Who_fails_at_once_is_asked_again()
    {
        var cache = new BoundedCache<int, int>(3, TimeSpan.FromMinutes(1), _clock);
        (await cache.Get(1, () =>
        {
            cache.Forget(1);
            return Task.FromResult(0);
        })).ShouldBe(0);
        cache.Count.ShouldBe(0);
        (await cache.Get(1, static () => Task.FromResult(7))).ShouldBe(7);
    }

    [Fact]
    public async Task The_cache_forgets_the_oldest_and_never_grows()
    {
        var cache = new BoundedCache<int, int>(3, TimeSpan.FromMinutes(1), _clock);
        for (var i = 0; i < 100; i++) (await cache.Get(i % 7, () => Task.FromResult(i))).ShouldBe(i);
        cache.Count.ShouldBe(3);
        (await cache.Get(1, () => Task.FromResult(-1))).ShouldBe(99);
        cache.Forget(1);
        (await cache.Get(1, () => Task.FromResult(-1))).ShouldBe(-1);
    }

    private sealed class ShiftedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 2, 4, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
