using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CampusCare.Channels.Webhook;

namespace CampusCare.Gateway.Tests.Channels;

/// <summary>A campus's own system, over real sockets: in by a signed webhook, and the agent's answer out to it.</summary>
public sealed class WebhookChannelTests : IAsyncLifetime
{
    private const string Old = "the secret of last year, 0123456789", New = "the secret of this year, 0123456789";
    private const string Address = "/channels/webhook/north";

    private FakeProvider _system = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _system = await FakeProvider.Start();
        _gateway = await GatewayProcess.Start(new()
        {
            ["Channels:north:Webhook:Secrets:0"] = New,
            ["Channels:north:Webhook:Secrets:1"] = Old,
            ["Channels:north:Webhook:Endpoint"] = _system.Url + "/replies",
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _system.DisposeAsync();
    }

    [Fact]
    public async Task A_message_becomes_a_ticket_and_the_agents_answer_goes_back()
    {
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Ticket(await Bring(Message("m1", "我的外卖一个小时了还没到")));
        var history = await agent.Take(ticket);
        history.GetProperty("ticket").GetProperty("channel").GetString().ShouldBe("webhook");
        history.GetProperty("ticket").GetProperty("replyChannel").GetString().ShouldBe("webhook");

        await agent.Do("Post", ticket, "a1", "马上帮您查");
        var reply = await _system.Next();
        (reply.Path, reply.Json.GetProperty("text").GetString(), reply.Json.GetProperty("address").GetString()).ShouldBe(("/replies", "马上帮您查", "room-7"));
        reply.Headers["Idempotency-Key"].ShouldBe(reply.Json.GetProperty("key").GetString());
        WebhookSignature.Fault([Encoding.UTF8.GetBytes(Old)], reply.Headers[WebhookSignature.TimestampHeader], reply.Headers[WebhookSignature.SignatureHeader],
            Encoding.UTF8.GetBytes(reply.Body), DateTimeOffset.UtcNow).ShouldBeNull("whoever knows one of the secrets can check it");
        (await agent.Event(ticket, "replySent")).GetProperty("messageId").GetString().ShouldBe("a1");

        (await Ticket(await Bring(Message("m2", "还要多久?")))).ShouldBe(ticket, "an open conversation goes on");
        (await Ticket(await Bring(Message("m1", "我的外卖一个小时了还没到")))).ShouldBe(ticket, "brought again, nothing changes");
        (await _gateway.Get($"/api/v1/campuses/north/tickets/{ticket}/events", _gateway.Token("s7"))).Json
            .GetProperty("events").EnumerateArray().Count(happened => happened.GetProperty("type").GetString() is "opened" or "message").ShouldBe(3);
    }

    [Fact]
    public async Task A_provider_that_is_down_gets_the_reply_later_once_and_the_agent_knows()
    {
        var broken = 2;
        _system.Answers = _ => broken-- > 0 ? (503, "") : (200, "");
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Ticket(await Bring(Message("m1", "没送到")));
        await agent.Take(ticket);
        await agent.Do("Post", ticket, "a1", "第一句");
        await agent.Do("Post", ticket, "a2", "第二句");
        await agent.Do("Resolve", ticket, "solved", null);
        (await agent.Event(ticket, "replyDelayed")).GetProperty("detail").GetString().ShouldBe("providerFailed");
        var heard = new List<ProviderCall>();
        while (heard.Count < 4) heard.Add(await _system.Next());
        heard.Select(call => call.Json.GetProperty("text").GetString()).ShouldBe(["第一句", "第一句", "第一句", "第二句"], "in order, though the first had to be tried again");
        heard.Take(3).Select(call => call.Headers["Idempotency-Key"]).Distinct().Count().ShouldBe(1);
        (await agent.Event(ticket, "replySent")).GetProperty("messageId").GetString().ShouldBe("a1");
    }

    [Fact]
    public async Task A_reply_that_nobody_takes_is_shown_as_not_delivered()
    {
        _system.Answers = static _ => (410, "");
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Ticket(await Bring(Message("m1", "没送到")));
        await agent.Take(ticket);
        await agent.Do("Post", ticket, "a1", "在吗");
        var failed = await agent.Event(ticket, "replyFailed");
        (failed.GetProperty("detail").GetString(), failed.GetProperty("messageId").GetString()).ShouldBe(("addressRefused", "a1"));
        var seen = (await _gateway.Get($"/api/v1/campuses/north/tickets/{ticket}/events", _gateway.Token("s7"))).Json.GetProperty("events").EnumerateArray().ToList();
        seen.ShouldNotContain(happened => happened.GetProperty("type").GetString() == "replyFailed", "what happens inside is not for the customer");
    }

    [Fact]
    public async Task A_receipt_that_says_not_delivered_is_shown_too()
    {
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Ticket(await Bring(Message("m1", "没送到")));
        await agent.Take(ticket);
        await agent.Do("Post", ticket, "a1", "在吗");
        var key = (await _system.Next()).Json.GetProperty("key").GetString();
        await agent.Event(ticket, "replySent");
        (await Bring(new { type = "receipt", key, delivered = false })).Status.ShouldBe(HttpStatusCode.OK);
        (await agent.Event(ticket, "replyFailed")).GetProperty("detail").GetString().ShouldBe("notDelivered");
        (await Bring(new { type = "receipt", key, delivered = false })).Status.ShouldBe(HttpStatusCode.OK, "said twice it is said once");
        (await Bring(new { type = "receipt", key = "nothing", delivered = false })).ShouldBeProblem(404, "notFound");
    }

    [Fact]
    public async Task Who_writes_in_the_pages_again_is_answered_there()
    {
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Ticket(await Bring(Message("m1", "没送到", order: "20260901-17")));
        await agent.Take(ticket);
        (await _gateway.Post("/api/v1/campuses/north/tickets", _gateway.Token("s7"), new { text = "换到网页上说", orderNumber = "20260901-17", contactId = "web-1" })).Json
            .GetProperty("ticket").GetProperty("ticketId").GetString().ShouldBe(ticket, "one customer, one order, one ticket");
        var seen = await agent.Do("Post", ticket, "a1", "好的");
        seen.GetProperty("replyChannel").ValueKind.ShouldBe(JsonValueKind.Null);
        await Bring(Message("m2", "又在这边说"));
        await agent.Do("Post", ticket, "a2", "收到");
        (await _system.Next()).Json.GetProperty("text").GetString().ShouldBe("收到", "the one before was for the pages alone");
    }

    [Fact]
    public async Task An_address_that_the_campus_vouches_for_is_the_same_customer()
    {
        (await Bring(new { type = "link", channel = "webhook", address = "s7", customerId = "s8" })).Status.ShouldBe(HttpStatusCode.OK);
        (await Bring(new { type = "link", channel = "sms", address = "" })).ShouldBeProblem(400, "invalid");
        (await Bring(new { type = "link", channel = "sms", address = "13800000000", customerId = "agent:li" })).ShouldBeProblem(400, "invalid", "customerId");
        (await Bring(new { type = "message", id = "m9", text = "hi", address = "room-9", customer = new { id = "agent:li" } })).ShouldBeProblem(400, "invalid", "customer.id");
    }

    [Fact]
    public async Task What_is_not_signed_right_is_not_read()
    {
        var body = Encoding.UTF8.GetBytes("{\"type\":\"message\"}");
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        ImmutableArray<byte[]> ours = [Encoding.UTF8.GetBytes(New)], others = [Encoding.UTF8.GetBytes("a secret that nobody here knows")];
        (await Send(body, now, WebhookSignature.Sign(others, now, body))).ShouldBeProblem(401, "unauthorized");
        (await Send(body, now, "")).ShouldBeProblem(401, "unauthorized");
        (await Send(body, now + 1, WebhookSignature.Sign(ours, now, body))).ShouldBeProblem(401, "unauthorized");
        (await Send([.. body, (byte)' '], now, WebhookSignature.Sign(ours, now, body))).ShouldBeProblem(401, "unauthorized");
        (await Send(body, now - 600, WebhookSignature.Sign(ours, now - 600, body))).ShouldBeProblem(401, "unauthorized");
        (await Send(body, now, WebhookSignature.Sign(ours, now, body))).ShouldBeProblem(400, "invalid");
        byte[] broken = [0xff, 0xfe, .. "{{"u8];
        (await Send(broken, now, WebhookSignature.Sign(ours, now, broken))).ShouldBeProblem(400, "invalid");
        (await _gateway.Post("/channels/webhook/south", body: "{}")).ShouldBeProblem(404, "notFound");
        (await _gateway.Post("/channels/phone/north", body: "{}")).ShouldBeProblem(404, "notFound");
        (await _gateway.Post("/channels/7/north", body: "{}")).ShouldBeProblem(404, "notFound");
        (await _gateway.Get("/channels/nothing/north")).ShouldBeProblem(404, "notFound");
    }

    private static object Message(string id, string text, string? order = null) =>
        new { type = "message", id, text, orderNumber = order, address = "room-7", customer = new { id = "s7", name = "小林", kind = "student" } };

    private Task<Heard> Bring(object message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return Send(body, now, WebhookSignature.Sign([Encoding.UTF8.GetBytes(New)], now, body));
    }

    private async Task<Heard> Send(byte[] body, long at, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToString());
        request.Headers.Add(WebhookSignature.SignatureHeader, signature);
        using var response = await _gateway.Http.SendAsync(request);
        return new Heard(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    private static Task<string> Ticket(Heard heard)
    {
        heard.Status.ShouldBe(HttpStatusCode.OK, heard.Body);
        return Task.FromResult(heard.Json.EnumerateArray().Single().GetProperty("ticketId").GetString()!);
    }
}
