using System.Net;
using CampusCare.Gateway.Identity;
using CampusCare.OrderService;

namespace CampusCare.Gateway.Tests;

/// <summary>An order went wrong, and its customer hears of it and has something for it before asking: once.</summary>
public sealed class ForeseenTests : IAsyncLifetime
{
    private const string Campus = "/api/v1/campuses/north";
    private OrderServiceHost _orders = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _orders = await OrderServiceHost.Start(7, "secret", TimeProvider.System);
        _gateway = await GatewayProcess.StartWithOrders(_orders);
        await SetPolicy(proactive: true);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _orders.DisposeAsync();
    }

    [Fact]
    public async Task A_late_order_is_made_good_once_however_often_it_is_told_and_asked_about()
    {
        var number = _orders.Orders.Place("north", "s1", Story.Late);
        var told = await Tell(number);
        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        var id = told.Json.GetProperty("ticketId").GetString()!;
        (told.Json.GetProperty("channel").GetString(), told.Json.GetProperty("phase").GetString()).ShouldBe(("proactive", "resolved"));

        await using var student = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token("s1"));
        await student.Do("Watch", id, 0);
        await Paid(id);
        var events = (await _gateway.Get($"{Campus}/tickets/{id}/events", _gateway.Token("s1"))).Json.GetProperty("events").EnumerateArray().ToList();
        (events[0].GetProperty("author").GetString(), events[0].GetProperty("text").GetString()!).ShouldSatisfyAllConditions(
            static first => first.Item1.ShouldBe("system"), static first => first.Item2.ShouldContain("晚到了 40 分钟"));
        events.Select(static happened => happened.GetProperty("type").GetString()).ShouldContain("remedyPaid");
        (await student.Do("MyTickets")).EnumerateArray().Single().GetProperty("ticketId").GetString().ShouldBe(id);

        (await Tell(number)).Json.GetProperty("ticketId").GetString().ShouldBe(id, "told again it is the same ticket");
        var asked = await student.Do("Open", new { text = "我的外卖超时了还没到", contactId = "c1", orderNumber = number });
        asked.GetProperty("ticket").GetProperty("ticketId").GetString().ShouldBe(id, "a later question goes on there");
        await student.Do("Post", id, "m1", "转人工");
        (await _gateway.Get($"{Campus}/tickets/{id}", _gateway.Token("s1"))).Json.GetProperty("phase").GetString().ShouldBe("waiting", "and finds a person");
        _orders.Remedies.Paid.ShouldHaveSingleItem().Fen.ShouldBe(300);
    }

    [Fact]
    public async Task Who_asked_first_keeps_that_ticket()
    {
        var number = _orders.Orders.Place("north", "s2", Story.Late);
        var own = (await _gateway.Post($"{Campus}/tickets", _gateway.Token("s2"), new { text = "我的外卖一个小时了还没到", orderNumber = number })).Json.GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await Paid(own);
        (await Tell(number, "s2")).Json.GetProperty("ticketId").GetString().ShouldBe(own);
        (await _gateway.Get($"{Campus}/tickets", _gateway.Token("s2"))).Json.GetArrayLength().ShouldBe(1);
        _orders.Remedies.Paid.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_is_written_to_who_is_given_nothing()
    {
        var late = _orders.Orders.Place("north", "s3", Story.Late);
        (await Tell(_orders.Orders.Place("north", "s4", Story.OnTime), "s4")).ShouldBeProblem(409, "noRemedy");
        (await Tell(late, "s5")).ShouldBeProblem(404, "notFound");
        (await Tell("2026030200000000", "s3")).ShouldBeProblem(404, "notFound");
        (await _gateway.Post($"{Campus}/orders/{late}/delay", await _gateway.Key(Scopes.TellOrders), new { })).ShouldBeProblem(400, "invalid", "customerId");
        await SetPolicy(proactive: false);
        (await Tell(late, "s3")).ShouldBeProblem(409, "noRemedy");
        await SetPolicy(proactive: true, automaticFen: 100);
        (await Tell(late, "s3")).ShouldBeProblem(409, "noRemedy");
        (await _gateway.Get($"{Campus}/tickets", _gateway.Token("s3"))).Json.GetArrayLength().ShouldBe(0);
        _orders.Remedies.Paid.ShouldBeEmpty();
    }

    private async Task SetPolicy(bool proactive, int automaticFen = 1_000) => (await _gateway.Send(HttpMethod.Put, $"{Campus}/remedies", _gateway.Token("admin", Role.CampusAdmin), new
    {
        rules = new object[] { new { id = "late", kind = "coupon", categories = new[] { "lateDelivery" }, anomaly = "late", leastMinutes = 20, fen = 300 } },
        automaticFen,
        agentFen = 4_000,
        customerDayFen = 2_000,
        customerTimes = 4,
        campusDayFen = 100_000,
        proactive,
    })).Status.ShouldBe(HttpStatusCode.OK);

    private async Task<Heard> Tell(string number, string customer = "s1") =>
        await _gateway.Post($"{Campus}/orders/{number}/delay", await _gateway.Key(Scopes.TellOrders), new { customerId = customer, name = "小林" });

    private async Task Paid(string id)
    {
        await using var page = await Page.Open(_gateway, ClientKit.Hubs.Supervisor, _gateway.Token("boss", Role.Supervisor));
        var seen = await page.Do("Listen", id, 0);
        if (seen.GetProperty("ticket").GetProperty("remedies").EnumerateArray().Any(static remedy => remedy.GetProperty("state").GetString() == "paid")) return;
        await page.Event(id, "remedyPaid");
    }
}
