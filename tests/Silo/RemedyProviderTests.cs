using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Remedies;
using CampusCare.OrderService;
using CampusCare.Silo.Remedies;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Silo.Tests;

/// <summary>The payment provider over a real socket: each key is paid once, whatever gets lost on the way.</summary>
public sealed class RemedyProviderTests : IAsyncLifetime
{
    private static readonly RemedyPayment Coupon = new("north", "s1", "D1", "t1-4", RemedyKind.Coupon, 300);

    private OrderServiceHost _service = null!;
    private ServiceProvider _services = null!;

    private IRemedyProvider Provider => _services.GetRequiredService<IRemedyProvider>();

    public async Task InitializeAsync()
    {
        _service = await OrderServiceHost.Start(7, "secret", TimeProvider.System);
        _services = Services(_service.Address.ToString(), "secret");
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _service.DisposeAsync();
    }

    private static ServiceProvider Services(string? endpoint, string? key)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Remedies:Endpoint"] = endpoint, ["Remedies:Key"] = key }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddRemedyProvider(configuration);
        return services.BuildServiceProvider();
    }

    [Fact]
    public async Task A_key_is_paid_once_and_never_for_something_else()
    {
        (await Provider.Pay(Coupon)).ShouldBe(RemedyEnd.Paid);
        (await Provider.Pay(Coupon)).ShouldBe(RemedyEnd.Paid);
        _service.Remedies.Paid.ShouldHaveSingleItem().ShouldBe(new PaidRemedy("t1-4", "north", "s1", "D1", "coupon", 300));
        (await Provider.Pay(Coupon with { Fen = 400 })).ShouldBe(RemedyEnd.Refused);
        (await Provider.Pay(Coupon with { Key = "t1-5", Fen = 0 })).ShouldBe(RemedyEnd.Refused);
        _service.Remedies.Paid.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_answer_that_is_lost_is_asked_for_again_under_the_same_key()
    {
        _service.Mood = Mood.Mute;
        (await Provider.Pay(Coupon)).ShouldBe(RemedyEnd.Later);
        _service.Asked.ShouldBe(1 + OutsideHttp.Retries);
        _service.Remedies.Paid.Count.ShouldBe(1, "it paid, and could not say so");
        _service.Mood = Mood.Well;
        (await Provider.Pay(Coupon)).ShouldBe(RemedyEnd.Paid);
        _service.Remedies.Paid.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(Mood.Broken)]
    [InlineData(Mood.Slow)]
    public async Task A_provider_that_is_ill_gave_no_answer(Mood mood)
    {
        _service.Mood = mood;
        (await Provider.Pay(Coupon)).ShouldBe(RemedyEnd.Later);
    }

    [Fact]
    public async Task A_wrong_token_is_not_the_last_word()
    {
        await using var stranger = Services(_service.Address.ToString(), "not the key");
        (await stranger.GetRequiredService<IRemedyProvider>().Pay(Coupon)).ShouldBe(RemedyEnd.Later);
        await using var nobody = Services("http://127.0.0.1:9/", "secret");
        (await nobody.GetRequiredService<IRemedyProvider>().Pay(Coupon)).ShouldBe(RemedyEnd.Later);
    }

    [Fact]
    public async Task A_refund_shows_in_its_order()
    {
        var number = _service.Orders.Place("north", "s1", Story.Canceled);
        (await Provider.Pay(Coupon with { Order = number, Kind = RemedyKind.Refund })).ShouldBe(RemedyEnd.Paid);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", "secret");
        (await http.GetStringAsync(new Uri(_service.Address, $"v1/orders/{number}?campus=north"))).ShouldContain("\"refunded\"");
        (await http.GetStringAsync(new Uri(_service.Address, "v1/students/s1/orders/last?campus=north"))).ShouldContain("\"refunded\"");
    }

    [Fact]
    public void Without_an_endpoint_nothing_is_paid_and_one_without_a_key_is_refused_at_start()
    {
        Services(null, null).GetRequiredService<IRemedyProvider>().IsThere.ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => Services("http://127.0.0.1:9/", null)).Message.ShouldContain("Remedies:Key");
    }
}
