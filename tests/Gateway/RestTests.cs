using System.Net;
using CampusCare.Domain;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

[Collection(nameof(SharedProcess))]
public sealed class RestTests(SharedProcess shared)
{
    private readonly GatewayProcess _gateway = shared.Process;

    private static string Tickets(string id = "") => $"/api/v1/campuses/north/tickets{id}";

    [Fact]
    public async Task Anybody_reads_what_a_campus_is_called()
    {
        var heard = await _gateway.Get("/api/v1/campuses/north");
        heard.Status.ShouldBe(HttpStatusCode.OK);
        heard.Json.GetProperty("nameZh").GetString().ShouldBe("北苑校区");
        heard.Json.GetProperty("queues").EnumerateArray().Select(queue => queue.GetProperty("queue").GetString()).ShouldBe(["delivery", "general"]);
    }

    [Fact]
    public async Task A_campus_app_says_who_is_a_vip_and_the_vip_has_a_clock_of_fifteen_seconds()
    {
        var opened = await _gateway.Post(Tickets(), _gateway.Token("rest-vip", tier: CustomerTier.Vip), new { text = "骑手把汤洒了" });
        var id = opened.Json.GetProperty("ticket").GetProperty("ticketId").GetString();
        opened.Json.GetProperty("ticket").GetProperty("clocks").GetArrayLength().ShouldBe(0); // not for the customer's eyes
        var seen = (await _gateway.Get(Tickets("/" + id), _gateway.Token("boss", Role.Supervisor))).Json;
        seen.GetProperty("customer").GetProperty("tier").GetString().ShouldBe("vip");
        var clock = seen.GetProperty("clocks").EnumerateArray().Single(clock => clock.GetProperty("kind").GetString() == "firstResponse");
        (clock.GetProperty("dueAt").GetDateTimeOffset() - seen.GetProperty("openedAt").GetDateTimeOffset()).TotalSeconds.ShouldBe(15, tolerance: 1);
    }

    [Fact]
    public async Task A_contact_opens_a_ticket_and_repeating_it_opens_no_second_one()
    {
        var token = _gateway.Token("rest-1");
        var first = await _gateway.Post(Tickets(), token, new { text = "骑手把汤洒了", orderNumber = "A-1" }, key: "k1");
        first.Status.ShouldBe(HttpStatusCode.Created, first.Body);
        var ticket = first.Json.GetProperty("ticket");
        var id = ticket.GetProperty("ticketId").GetString()!;
        first.Headers.Location!.ToString().ShouldBe(Tickets("/" + id));
        ticket.GetProperty("phase").GetString().ShouldBe("waiting");
        ticket.GetProperty("channel").GetString().ShouldBe("rest");
        ticket.GetProperty("customer").GetProperty("id").GetString().ShouldBe("rest-1");
        first.Json.GetProperty("place").GetProperty("position").GetInt32().ShouldBeGreaterThan(0);

        var again = await _gateway.Post(Tickets(), token, new { text = "骑手把汤洒了", orderNumber = "A-1" }, key: "k1");
        again.Status.ShouldBe(HttpStatusCode.OK, again.Body);
        again.Json.GetProperty("ticket").GetProperty("ticketId").GetString().ShouldBe(id);

        (await _gateway.Post(Tickets(), token, new { text = "别的事", orderNumber = "A-1" }, key: "k1")).ShouldBeProblem(409, "contactIdReused", "contactId");
        var events = await _gateway.Get(Tickets($"/{id}/events?after=0"), token);
        events.Json.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("type").GetString()).ShouldBe(["opened", "queued"]);
    }

    [Fact]
    public async Task Staff_read_why_a_ticket_waits_and_customers_do_not()
    {
        var id = await _gateway.Open("rest-why");

        var story = await _gateway.Get(Tickets($"/{id}/decisions"), _gateway.Token("inspector", Role.QualityInspector));

        story.Status.ShouldBe(HttpStatusCode.OK, story.Body);
        var wait = story.Json.GetProperty("waits")[0];
        wait.GetProperty("began").GetString().ShouldBe("arrived");
        wait.GetProperty("why").GetString().ShouldNotBeNullOrWhiteSpace();
        story.Json.GetProperty("decisions").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Array);
        (await _gateway.Get(Tickets($"/{id}/decisions"), _gateway.Token("rest-why"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _gateway.Get(Tickets("/0123456789abcdef/decisions"), _gateway.Token("inspector", Role.QualityInspector))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_contact_id_may_stand_in_the_body()
    {
        var token = _gateway.Token("rest-2");
        var first = await _gateway.Post(Tickets(), token, new { text = "没送到", contactId = "c1", channel = "miniProgram" });
        first.Json.GetProperty("ticket").GetProperty("channel").GetString().ShouldBe("miniProgram");
        var again = await _gateway.Post(Tickets(), token, new { text = "没送到", contactId = "c1" });
        again.Status.ShouldBe(HttpStatusCode.OK, again.Body);
        again.Json.GetProperty("ticket").GetProperty("ticketId").GetString().ShouldBe(first.Json.GetProperty("ticket").GetProperty("ticketId").GetString());
    }

    [Fact]
    public async Task A_customer_reads_lists_writes_and_closes()
    {
        var token = _gateway.Token("rest-3");
        var id = await _gateway.Open("rest-3");
        (await _gateway.Get(Tickets("/" + id), token)).Json.GetProperty("seq").GetInt64().ShouldBe(2);
        (await _gateway.Get(Tickets(), token)).Json.EnumerateArray().Single().GetProperty("ticketId").GetString().ShouldBe(id);
        (await _gateway.Get(Tickets($"/{id}/position"), token)).Json.GetProperty("ticketId").GetString().ShouldBe(id);

        var posted = await _gateway.Post(Tickets($"/{id}/messages"), token, new { messageId = "m1", text = "快一点 🙏" });
        posted.Status.ShouldBe(HttpStatusCode.Created, posted.Body);
        posted.Json.GetProperty("seq").GetInt64().ShouldBe(3);
        (await _gateway.Post(Tickets($"/{id}/messages"), token, new { messageId = "m1", text = "快一点 🙏" })).Json.GetProperty("seq").GetInt64().ShouldBe(3);
        (await _gateway.Post(Tickets($"/{id}/messages"), token, new { messageId = "m1", text = "别的" })).ShouldBeProblem(409, "messageIdReused", "messageId");

        var late = await _gateway.Get(Tickets($"/{id}/events?after=2"), token);
        var message = late.Json.GetProperty("events").EnumerateArray().Single();
        message.GetProperty("text").GetString().ShouldBe("快一点 🙏");

        (await _gateway.Post(Tickets($"/{id}/rating"), token, new { stars = 5 })).ShouldBeProblem(409, "notResolved");
        (await _gateway.Post(Tickets($"/{id}/close"), token)).Json.GetProperty("phase").GetString().ShouldBe("closed");
        (await _gateway.Get(Tickets($"/{id}/position"), token)).ShouldBeProblem(409, "notWaiting");
        (await _gateway.Post(Tickets($"/{id}/messages"), token, new { messageId = "m2", text = "还在吗" })).ShouldBeProblem(409, "ticketClosed");
    }

    [Fact]
    public async Task Staff_of_the_campus_read_a_ticket_with_the_phone_masked()
    {
        var opened = await _gateway.Post(Tickets(), _gateway.Token("rest-4", phone: "13812345678"), new { text = "没送到" });
        var id = opened.Json.GetProperty("ticket").GetProperty("ticketId").GetString();
        opened.Json.GetProperty("ticket").GetProperty("customer").GetProperty("phone").GetString().ShouldBe("13812345678");
        foreach (var role in StaffClaims.StaffRoles)
        {
            var read = await _gateway.Get(Tickets("/" + id), _gateway.Token("staff-1", role));
            read.Json.GetProperty("customer").GetProperty("phone").GetString().ShouldBe("138****5678", role.ToString());
        }
    }

    [Fact]
    public async Task Another_customers_ticket_is_as_good_as_none()
    {
        var id = await _gateway.Open("rest-5");
        var stranger = _gateway.Token("rest-6");
        foreach (var path in new[] { $"/{id}", $"/{id}/events", $"/{id}/position" }) (await _gateway.Get(Tickets(path), stranger)).ShouldBeProblem(404, "notFound");
        (await _gateway.Post(Tickets($"/{id}/messages"), stranger, new { messageId = "x", text = "嗨" })).ShouldBeProblem(404, "notFound");
        (await _gateway.Post(Tickets($"/{id}/rating"), stranger, new { stars = 1 })).ShouldBeProblem(404, "notFound");
        (await _gateway.Post(Tickets($"/{id}/close"), stranger)).ShouldBeProblem(404, "notFound");
        (await _gateway.Get(Tickets("/" + id), _gateway.Token("rest-5"))).Json.GetProperty("seq").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Health_says_what_answers()
    {
        (await _gateway.Get("/health/live")).Status.ShouldBe(HttpStatusCode.OK);
        var ready = await _gateway.Get("/health/ready");
        ready.Status.ShouldBe(HttpStatusCode.OK, ready.Body);
        ready.Body.ShouldContain("grains: Healthy");
        ready.Body.ShouldContain("storage: Healthy");
    }
}
