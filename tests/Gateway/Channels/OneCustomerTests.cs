using System.Net;
using System.Text;
using System.Text.Json;
using CampusCare.Channels;
using CampusCare.Channels.Webhook;
using CampusCare.Contracts;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests.Channels;

/// <summary>One person on several channels is one customer: one history, one rating, one erasure.</summary>
public sealed class OneCustomerTests : IAsyncLifetime
{
    private const string Secret = "the campus's secret, 0123456789";

    private FakeProvider _provider = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.Start();
        _gateway = await GatewayProcess.Start(new()
        {
            ["Channels:north:Webhook:Secrets:0"] = Secret,
            ["Channels:north:Webhook:Endpoint"] = _provider.Url + "/replies",
            ["Channels:north:Sms:Endpoint"] = _provider.Url + "/sms",
            ["Channels:north:Sms:Template"] = """{"to":"{to}","text":"{text}","key":"{key}"}""",
            ["Channels:north:Sms:Secrets:0"] = Secret,
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task All_channels_of_a_customer_are_one_history_for_the_customer_and_for_staff()
    {
        await Link("sms", "13800000009", "s9");
        await Bring("webhook", new { type = "message", id = "w1", text = "第一次：外卖没到", orderNumber = "A-1", address = "room-9", customer = new { id = "s9" } });
        await Bring("sms", new { from = "+8613800000009", text = "第二次：发票", id = "t1" });
        (await _gateway.Post("/api/v1/campuses/north/tickets", _gateway.Token("s9"), new { text = "第三次：地址错了", orderNumber = "A-3" })).Status.ShouldBe(HttpStatusCode.Created);

        var own = await _gateway.Get("/api/v1/campuses/north/tickets", _gateway.Token("s9"));
        Lines(own.Json).Select(line => line.Channel).ShouldBe(["rest", "webhook"], "a word by text message went on with the open ticket");
        var staff = await _gateway.Get("/api/v1/campuses/north/customers/s9/tickets?limit=1", _gateway.Token("li", Role.Agent));
        Lines(staff.Json).Single().Channel.ShouldBe("rest");
        staff.Headers.Contains("Link").ShouldBeTrue();
        var rest = await _gateway.Get("/api/v1/campuses/north/customers/s9/tickets", _gateway.Token("li", Role.Agent));
        Lines(rest.Json).ShouldBe(Lines(own.Json));

        (await _gateway.Get("/api/v1/campuses/north/customers/s9/tickets", _gateway.Token("li", Role.Agent, GatewayProcess.OtherCampus))).ShouldBeProblem(404, "notFound");
        (await _gateway.Get("/api/v1/campuses/north/customers/nobody/tickets", _gateway.Token("li", Role.Agent))).ShouldBeProblem(404, "notFound");
        (await _gateway.Get("/api/v1/campuses/north/customers/s9/tickets", _gateway.Token("s9"))).ShouldBeProblem(403, "forbidden");

        // The agent who has one of them sees them all, over the hub.
        await using var agent = await _gateway.AtWork("li");
        var ticket = Lines(own.Json)[1].Id;
        await agent.Take(ticket);
        var seen = await agent.Do("CustomerTickets", ticket);
        Lines(seen).ShouldBe(Lines(own.Json));
    }

    [Theory]
    [InlineData("我的外卖没到", "请回复 1–5")]
    [InlineData("my order did not arrive at all", "from 1 to 5")]
    public async Task Who_writes_by_text_message_is_asked_to_rate_in_the_own_language_and_answers_with_a_number(string text, string asked)
    {
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Bring("sms", new { from = "13800000001", text, id = "t1" });
        await agent.Take(ticket);
        await agent.Do("Resolve", ticket, "solved", null);
        (await _provider.Next()).Json.GetProperty("text").GetString()!.ShouldContain(asked);

        (await Bring("sms", new { from = "13800000001", text = "4", id = "t2" })).ShouldBe(ticket);
        (await Bring("sms", new { from = "13800000001", text = "4", id = "t2" })).ShouldBe(ticket, "brought twice it is one rating");
        var rated = (await _gateway.Get($"/api/v1/campuses/north/tickets/{ticket}", _gateway.Token("boss", Role.Supervisor))).Json;
        (rated.GetProperty("phase").GetString(), rated.GetProperty("stars").GetInt32()).ShouldBe(("closed", 4));
    }

    [Fact]
    public async Task Who_was_erased_is_a_stranger_at_the_old_addresses()
    {
        await Link("sms", "13800000007", "s7");
        await Link("sms", "13800000008", "s8");
        await Link("email", "Lin@Example.org", "s7");
        await Link("sms", "13800000006", "s7");
        await Link("sms", "13800000006", "s8"); // moved on
        await Bring("sms", new { from = "13800000007", text = "外卖没到", id = "t1" });

        var receipt = await _gateway.Post("/api/v1/campuses/north/customers/s7/erasure", _gateway.Token("boss", Role.CampusAdmin), new { closeOpen = true });
        receipt.Status.ShouldBe(HttpStatusCode.OK, receipt.Body);
        receipt.Json.GetProperty("addresses").GetInt32().ShouldBe(3);
        (await _gateway.Post("/api/v1/campuses/north/customers/s7/erasure", _gateway.Token("boss", Role.CampusAdmin), new { closeOpen = true })).Json.GetProperty("addresses").GetInt32().ShouldBe(0);

        foreach (var (number, owner) in new[] { ("13800000007", null), ("13800000008", "s8"), ("13800000006", "s8") })
            (await _gateway.Grains.Address("north", Addresses.NameOf("north", Domain.Channel.Sms, number)).Owner()).ShouldBe(owner);
        (await _gateway.Grains.Address("north", Addresses.NameOf("north", Domain.Channel.Email, "lin@example.org")).Owner()).ShouldBeNull();
        await Bring("sms", new { from = "13800000007", text = "又来了", id = "t2" });
        Lines((await _gateway.Get("/api/v1/campuses/north/tickets", _gateway.Token("s7"))).Json).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_has_only_an_address_can_be_erased_too()
    {
        await Link("sms", "13800000005", "s5");
        var admin = _gateway.Token("boss", Role.CampusAdmin);
        (await _gateway.Post("/api/v1/campuses/north/customers/s5/erasure", admin, new { })).Json.GetProperty("addresses").GetInt32().ShouldBe(1);
        (await _gateway.Post("/api/v1/campuses/north/customers/s5/erasure", admin, new { })).ShouldBeProblem(404, "notFound");
    }

    private static List<(string Id, string Channel, string Subject)> Lines(JsonElement list) =>
        [.. list.EnumerateArray().Select(line => (line.GetProperty("ticketId").GetString()!, line.GetProperty("channel").GetString()!, line.GetProperty("subject").GetString()!))];

    private Task Link(string channel, string address, string customerId) => Post("webhook", new { type = "link", channel, address, customerId });

    private async Task<string> Bring(string channel, object message) => (await Post(channel, message)).Json[0].GetProperty("ticketId").GetString()!;

    private async Task<Heard> Post(string channel, object message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/channels/{channel}/north") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToString());
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign([Encoding.UTF8.GetBytes(Secret)], at, body));
        using var response = await _gateway.Http.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await Heard.Of(response);
    }
}
