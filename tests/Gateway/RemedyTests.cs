using System.Net;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Tests.Channels;
using CampusCare.OrderService;

namespace CampusCare.Gateway.Tests;

/// <summary>From the policy to the money, over HTTP and hubs, with an order system that pays.</summary>
public sealed class RemedyTests : IAsyncLifetime
{
    private const string Tickets = "/api/v1/campuses/north/tickets";
    private const string Path = "/api/v1/campuses/north/remedies";

    private static readonly object Policy = new
    {
        rules = new object[]
        {
            new { id = "late", kind = "coupon", categories = new[] { "lateDelivery" }, anomaly = "late", leastMinutes = 20, fen = 300 },
            new { id = "money-back", kind = "refund", categories = new[] { "lateDelivery", "orderCanceled" }, anomaly = "moneyNotBack", percent = 100 },
        },
        automaticFen = 1_000,
        agentFen = 4_000,
        customerDayFen = 2_000,
        customerTimes = 4,
        campusDayFen = 100_000,
    };

    private OrderServiceHost _orders = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _orders = await OrderServiceHost.Start(7, "secret", TimeProvider.System);
        _gateway = await GatewayProcess.StartWithOrders(_orders);
        (await _gateway.Send(HttpMethod.Put, Path, _gateway.Token("admin", Role.CampusAdmin), Policy)).Status.ShouldBe(HttpStatusCode.OK);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _orders.DisposeAsync();
    }

    [Fact]
    public async Task A_policy_is_read_back_as_it_was_set_and_a_bad_one_or_an_old_version_is_refused()
    {
        var admin = _gateway.Token("admin", Role.CampusAdmin);
        var settings = (await _gateway.Get("/api/v1/campuses/north/settings", _gateway.Token("boss", Role.Supervisor))).Json;
        settings.GetProperty("remedies").GetProperty("rules")[1].GetProperty("anomaly").GetString().ShouldBe("moneyNotBack");
        settings.GetProperty("remedies").GetProperty("utcOffsetMinutes").GetInt32().ShouldBe(480);
        (await _gateway.Send(HttpMethod.Put, Path, admin, new { rules = Array.Empty<object>(), agentFen = -1 })).ShouldBeProblem(400, "invalid", "remedies.agentFen");
        (await _gateway.Send(HttpMethod.Put, Path, admin, Policy, ifMatch: "\"1\"")).ShouldBeProblem(412, "preconditionFailed");
        (await _gateway.Send(HttpMethod.Put, Path, admin, new { })).Status.ShouldBe(HttpStatusCode.OK, "no rules: nothing is given");
    }

    [Fact]
    public async Task A_student_whose_meal_is_late_is_given_a_coupon_and_sees_it_come()
    {
        await using var student = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token("s1"));
        var number = _orders.Orders.Place("north", "s1", Story.Late);
        var id = (await student.Do("Open", new { text = "我的外卖一个小时了还没到", contactId = "c1", orderNumber = number })).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await Paid(student, id);
        var remedy = (await _gateway.Get($"{Tickets}/{id}", _gateway.Token("s1"))).Json.GetProperty("remedies").EnumerateArray().Single();
        (remedy.GetProperty("kind").GetString(), remedy.GetProperty("fen").GetInt64(), remedy.GetProperty("state").GetString(), remedy.GetProperty("rule").GetString()).ShouldBe(("coupon", 300L, "paid", ""));
        _orders.Remedies.Paid.ShouldHaveSingleItem().ShouldBe(new PaidRemedy(remedy.GetProperty("remedyId").GetString()!, "north", "s1", number, "coupon", 300));
    }

    [Fact]
    public async Task An_agent_grants_and_what_is_much_waits_for_a_second_person()
    {
        await using var agent = await _gateway.AtWork("li");
        var number = _orders.Orders.Place("north", "s2", Story.Canceled, 9_000);
        var id = (await _gateway.Post(Tickets, _gateway.Token("s2"), new { text = "我的外卖一个小时了还没到", orderNumber = number })).Json.GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await agent.Take(id);
        var asked = (await agent.Do("GrantRemedy", id, "money-back")).GetProperty("remedies").EnumerateArray().Single();
        (asked.GetProperty("state").GetString(), asked.GetProperty("grantedBy").GetString()).ShouldBe(("asked", "li"));
        var remedy = asked.GetProperty("remedyId").GetString()!;
        (await _gateway.Get($"{Tickets}/{id}", _gateway.Token("s2"))).Json.GetProperty("remedies").GetArrayLength().ShouldBe(0, "a customer isn't promised what may be taken back");

        var (li, wang, boss) = (_gateway.Token("li", Role.Agent), _gateway.Token("wang", Role.Agent), _gateway.Token("boss", Role.Supervisor));
        (await _gateway.Post($"{Tickets}/{id}/remedies", wang, new { rule = "money-back" })).ShouldBeProblem(409, "notYourTicket");
        (await _gateway.Post($"{Tickets}/{id}/remedies", li, new { rule = (string?)null })).ShouldBeProblem(400, "invalid", "rule");
        (await _gateway.Post($"{Tickets}/{id}/remedies", li, new { rule = "late" })).ShouldBeProblem(409, "noRemedy");
        (await _gateway.Post($"{Tickets}/{id}/remedies", li, new { rule = "money-back" })).Status.ShouldBe(HttpStatusCode.Created);
        (await _gateway.Post($"{Tickets}/{id}/remedies/{remedy}/take-back", wang)).ShouldBeProblem(409, "notYourTicket");
        (await _gateway.Post($"{Tickets}/{id}/remedies/{remedy}/approve", _gateway.Token("li", Role.Supervisor))).ShouldBeProblem(409, "secondPerson");
        _orders.Remedies.Paid.ShouldBeEmpty();

        (await _gateway.Post($"{Tickets}/{id}/remedies/{remedy}/approve", boss)).Status.ShouldBe(HttpStatusCode.OK);
        await Paid(agent, id);
        (await _gateway.Post($"{Tickets}/{id}/remedies/{remedy}/take-back", boss)).ShouldBeProblem(409, "remedySettled");
        _orders.Remedies.Paid.ShouldHaveSingleItem().Fen.ShouldBe(9_000);
        var audited = await _gateway.Grains.Audit("north").Read(new AuditQuery(0, 50, null));
        audited.Select(static entry => entry.What.Action).ShouldContain(AuditActions.RemedyApproved);
        audited.Select(static entry => entry.What.Action).ShouldContain(AuditActions.RemedyGranted);
    }

    [Fact]
    public async Task What_waits_for_approval_is_taken_back_by_a_supervisor()
    {
        await using var agent = await _gateway.AtWork("li");
        var number = _orders.Orders.Place("north", "s3", Story.Canceled, 9_000);
        var id = (await _gateway.Post(Tickets, _gateway.Token("s3"), new { text = "我的外卖一个小时了还没到", orderNumber = number })).Json.GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await agent.Take(id);
        var remedy = (await agent.Do("GrantRemedy", id, "money-back")).GetProperty("remedies")[0].GetProperty("remedyId").GetString()!;
        await using var boss = await Page.Open(_gateway, ClientKit.Hubs.Supervisor, _gateway.Token("boss", Role.Supervisor));
        (await boss.Do("TakeRemedyBack", id, remedy)).GetProperty("remedies")[0].GetProperty("state").GetString().ShouldBe("takenBack");
        (await _gateway.Post($"{Tickets}/{id}/remedies/{remedy}/approve", _gateway.Token("boss", Role.Supervisor))).ShouldBeProblem(409, "remedySettled");
        _orders.Remedies.Paid.ShouldBeEmpty();
    }

    // It stands in what Watch gives, or comes afterwards.
    private static async Task Paid(Page page, string id)
    {
        var known = (await page.Do("Watch", id, 0)).GetProperty("events").EnumerateArray().Any(static happened => happened.GetProperty("type").GetString() == "remedyPaid");
        if (!known) await page.Event(id, "remedyPaid");
    }
}
