using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CampusCare.Channels.Webhook;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Tests.Channels;

namespace CampusCare.Gateway.Tests;

/// <summary>Supervisors in conversations: what they see and do, and that what they whisper leaves the house by no door.</summary>
public sealed class SupervisionTests : IAsyncLifetime
{
    private const string Tickets = "/api/v1/campuses/north/tickets";
    // Plain ASCII, so that no encoder can hide it.
    private const string Secret = "tell nobody 7341";
    private const string Shared = "the secret of this year, 0123456789";
    private FakeProvider _outside = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _outside = await FakeProvider.Start();
        _gateway = await GatewayProcess.Start(new()
        {
            ["Webhooks:AllowHttp"] = "true",
            ["Webhooks:AllowPrivateAddresses"] = "true",
            ["Channels:north:Webhook:Secrets:0"] = Shared,
            ["Channels:north:Webhook:Endpoint"] = _outside.Url + "/replies",
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _outside.DisposeAsync();
    }

    [Fact]
    public async Task A_supervisor_reads_along_whispers_joins_and_leaves_and_each_side_sees_its_part()
    {
        await using var agent = await _gateway.AtWork("li");
        await using var student = await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token("xiao"));
        var id = (await student.Do("Open", new { text = "我的外卖一个小时了还没到", contactId = "c1" })).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await student.Do("Watch", id, 0);
        await agent.Take(id);
        await using var boss = await Boss();

        var talk = (await boss.Do("Room")).GetProperty("conversations").EnumerateArray().Single();
        (talk.GetProperty("ticketId").GetString(), talk.GetProperty("customerName").GetString(), talk.GetProperty("agentName").GetString()).ShouldBe((id, "xiao的名字", "坐席li"));
        (talk.GetProperty("sentiment").GetString(), talk.GetProperty("role").GetString(), talk.GetProperty("takenOver").GetBoolean()).ShouldBe(("negative", "student", false));
        talk.GetProperty("unansweredSince").ValueKind.ShouldBe(JsonValueKind.String, "the customer waits for an answer");

        (await boss.Do("Listen", id, 0)).GetProperty("events").GetArrayLength().ShouldBeGreaterThan(2);
        await agent.Do("Post", id, "a1", "马上帮您查");
        (await boss.Event(id, "message")).GetProperty("text").GetString().ShouldBe("马上帮您查");
        await boss.Pushed("RoomChanged", room => room.GetProperty("conversations").EnumerateArray().Single().GetProperty("unansweredSince").ValueKind == JsonValueKind.Null);

        (await boss.Refused("Post", id, "p0", "插一句")).ShouldBe("notJoined");
        await boss.Do("Whisper", id, "w1", Secret);
        (await agent.Event(id, "whispered")).GetProperty("text").GetString().ShouldBe(Secret);
        await boss.Do("Join", id);
        var joined = await student.Event(id, "supervisorJoined");
        (joined.GetProperty("authorName").GetString(), joined.GetProperty("authorId").ValueKind).ShouldBe(("boss的名字", JsonValueKind.Null));
        await boss.Do("Post", id, "p1", "我是主管，今天给您补送");
        var said = await student.Pushed("TicketChanged", news => news.GetProperty("events").EnumerateArray().Any(e => e.GetProperty("messageId").ToString() == "p1"));
        said.GetProperty("ticket").GetProperty("joined").EnumerateArray().Single().GetProperty("supervisorId").ValueKind.ShouldBe(JsonValueKind.Null);
        await boss.Do("Leave", id);
        await student.Event(id, "supervisorLeft");

        student.Events(id).Select(static e => e.ToString()).ShouldNotContain(e => e.Contains(Secret));
        student.Events(id).Count(static e => e.GetProperty("type").GetString() == "internal").ShouldBe(2, "that somebody listened, and the whisper");
        (await Audited()).ShouldBe(["conversationListened", "conversationWhispered", "conversationJoined", "conversationLeft"]);
    }

    [Fact]
    public async Task What_is_whispered_leaves_the_house_by_no_door()
    {
        var subscribed = await _gateway.Post("/api/v1/campuses/north/webhooks", _gateway.Token("admin", Role.CampusAdmin), new { url = _outside.Url + "/told" });
        subscribed.Status.ShouldBe(HttpStatusCode.Created, subscribed.Body);
        await using var agent = await _gateway.AtWork("li");
        var id = await Bring("我的外卖一个小时了还没到");
        await agent.Take(id);
        await using var boss = await Boss();
        await boss.Do("Whisper", id, "w1", Secret);
        await agent.Do("Post", id, "a1", "马上帮您查");
        await agent.Do("Resolve", id, "solved", null);

        // The word that the system says last has gone out: all before it is through.
        var heard = new List<ProviderCall>();
        while (!heard.Any(static call => call.Body.Contains("ticket.resolved")) || heard.Count(static call => call.Path == "/replies") < 2) heard.Add(await _outside.Next());
        heard.Last(static call => call.Path == "/replies").Json.GetProperty("text").GetString()!.ShouldContain("标记为解决");
        heard.ShouldNotContain(call => call.Body.Contains(Secret) || call.Body.Contains("whisper", StringComparison.OrdinalIgnoreCase));
        var customer = _gateway.Token("s7");
        foreach (var token in new[] { customer, await _gateway.Key(Scopes.ReadTickets) })
        {
            var events = await _gateway.Get($"{Tickets}/{id}/events", token);
            events.Status.ShouldBe(HttpStatusCode.OK);
            events.Body.ShouldNotContain(Secret);
        }
        (await _gateway.Get($"{Tickets}/{id}", customer)).Body.ShouldNotContain(Secret);
        (await Export("s7")).ShouldNotContain(Secret);
        (await _gateway.Get($"{Tickets}/{id}/events", _gateway.Token("li", Role.Agent))).Body.ShouldContain(Secret);
    }

    [Fact]
    public async Task Who_takes_over_answers_and_is_gone_like_an_agent_when_the_page_closes()
    {
        await using var agent = await _gateway.AtWork("li", capacity: 1);
        var id = await _gateway.Open("s1");
        await agent.Take(id);
        var boss = await Boss();
        await boss.Do("Room");
        (await boss.Refused("Resolve", id, "solved", null)).ShouldBe("notYourTicket");
        (await boss.Do("TakeOver", id, null, null, "用户点名要主管")).GetProperty("agentId").GetString().ShouldBe("boss");
        await agent.Pushed("DeskChanged", desk => desk.GetProperty("tickets").GetArrayLength() == 0);
        await boss.Do("Post", id, "p1", "我来处理");
        (await boss.Pushed("RoomChanged", room => room.GetProperty("conversations").EnumerateArray().Any(talk => talk.GetProperty("takenOver").GetBoolean())))
            .GetProperty("conversations").EnumerateArray().Single().GetProperty("agentName").GetString().ShouldBe("boss的名字");
        await boss.Do("Resolve", id, "solved", null);
        (await _gateway.Get($"{Tickets}/{id}", _gateway.Token("s1"))).Json.GetProperty("phase").GetString().ShouldBe("resolved");
        (await Audited()).ShouldBe(["conversationTakenOver"]);
        await boss.DisposeAsync();
    }

    [Fact]
    public async Task The_same_over_plain_HTTP()
    {
        await using var agent = await _gateway.AtWork("li");
        await using var other = await _gateway.AtWork("wang", capacity: 0);
        var id = await _gateway.Open("s1");
        var boss = _gateway.Token("boss", Role.Supervisor);
        (await _gateway.Post($"{Tickets}/{id}/supervisor", boss)).ShouldBeProblem(409, "notLive");
        await agent.Take(id);
        (await _gateway.Get("/api/v1/campuses/north/conversations", boss)).Json.GetProperty("conversations").GetArrayLength().ShouldBe(1);
        (await _gateway.Post($"{Tickets}/{id}/whispers", boss, new { whisperId = "w1", text = "" })).ShouldBeProblem(400, "invalid", "text");
        for (var i = 0; i < 2; i++) (await _gateway.Post($"{Tickets}/{id}/whispers", boss, new { whisperId = "w1", text = Secret })).Status.ShouldBe(HttpStatusCode.Created);
        (await _gateway.Post($"{Tickets}/{id}/supervisor", boss)).Json.GetProperty("joined").GetArrayLength().ShouldBe(1);
        (await _gateway.Send(HttpMethod.Delete, $"{Tickets}/{id}/supervisor", boss)).Json.GetProperty("joined").GetArrayLength().ShouldBe(0);
        (await _gateway.Post($"{Tickets}/{id}/takeover", boss, new { toAgent = "nobody" })).ShouldBeProblem(404, "notFound", "toAgent");
        (await _gateway.Post($"{Tickets}/{id}/takeover", boss, new { toAgent = "wang" })).Json.GetProperty("phase").GetString().ShouldBe("waiting");
    }

    private async Task<Page> Boss() => await Page.Open(_gateway, ClientKit.Hubs.Supervisor, _gateway.Token("boss", Role.Supervisor));

    private async Task<string[]> Audited()
    {
        var entries = await _gateway.Grains.Audit("north").Read(new AuditQuery(0, 50, "boss"));
        return [.. entries.Select(static entry => entry.What.Action).Where(static action => action.StartsWith("conversation", StringComparison.Ordinal)).Reverse()];
    }

    private async Task<string> Bring(string text)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type = "message", id = "m1", address = "room-7", customer = new { id = "s7", name = "小林", kind = "student" }, text });
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/channels/webhook/north") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.TimestampHeader, $"{now}");
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign([Encoding.UTF8.GetBytes(Shared)], now, body));
        using var response = await _gateway.Http.SendAsync(request);
        var heard = await Heard.Of(response);
        heard.Status.ShouldBe(HttpStatusCode.OK, heard.Body);
        return heard.Json.EnumerateArray().Single().GetProperty("ticketId").GetString()!;
    }

    private async Task<string> Export(string customer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/campuses/north/customers/{customer}/export");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _gateway.Token("admin", Role.CampusAdmin));
        using var response = await _gateway.Http.SendAsync(request);
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());
        using var reader = new StreamReader(zip.GetEntry("customer.json")!.Open());
        var told = await reader.ReadToEndAsync();
        told.ShouldContain("马上帮您查");
        return told;
    }
}
