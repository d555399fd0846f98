using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CampusCare.Contracts;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Tests.Channels;

namespace CampusCare.Gateway.Tests;

/// <summary>Calls: what two browsers tell each other reaches the other one and nobody else, and what it may not be is refused.</summary>
public sealed class CallTests
{
    private const string Tickets = "/api/v1/campuses/north/tickets";
    private static readonly object Ready = new { kind = "ready", page = "p1", generation = 0 };

    [Fact]
    public async Task What_one_browser_says_reaches_the_other_one_and_is_not_kept()
    {
        await using var gateway = await GatewayProcess.Start();
        await using var agent = await gateway.AtWork("li");
        await using var student = await Customer(gateway, "xiao");
        var id = await Call(student);
        (await student.Refused("Signal", id, Ready)).ShouldBe("notLive", "nobody is there yet");
        await agent.Take(id);
        await agent.Do("Watch", id, 0);
        await using var stranger = await Customer(gateway, "fei");
        (await stranger.Refused("Watch", id, 0)).ShouldBe("notFound");
        await using var colleague = await gateway.AtWork("wang");
        await colleague.Do("Watch", id, 0);
        await using var listener = await Page.Open(gateway, ClientKit.Hubs.Supervisor, gateway.Token("boss", Role.Supervisor));
        await listener.Do("Listen", id, 0);
        var before = (await gateway.Get($"{Tickets}/{id}", gateway.Token("xiao"))).Json.GetProperty("seq").GetInt64();

        await agent.Do("Signal", id, new { kind = "ready", page = "desk", generation = 0 });
        var ready = await student.Pushed("Signaled");
        (ready.GetProperty("ticketId").GetString(), ready.GetProperty("from").GetString(), ready.GetProperty("signal").GetProperty("page").GetString()).ShouldBe((id, "agent", "desk"));
        await student.Do("Signal", id, new { kind = "offer", page = "phone", toPage = "desk", generation = 7, body = "v=0" });
        var offer = (await agent.Pushed("Signaled")).GetProperty("signal");
        (offer.GetProperty("kind").GetString(), offer.GetProperty("toPage").GetString(), offer.GetProperty("generation").GetInt64(), offer.GetProperty("body").GetString()).ShouldBe(("offer", "desk", 7, "v=0"));
        (await gateway.Get($"{Tickets}/{id}", gateway.Token("xiao"))).Json.GetProperty("seq").GetInt64().ShouldBe(before, "nothing was kept");

        // What is pushed after the signals comes after them.
        await agent.Do("Post", id, "m1", "您好");
        foreach (var other in new[] { colleague, listener })
        {
            await other.Event(id, "message");
            other.Was("Signaled").ShouldBeFalse("who only watches hears nothing of it");
        }
    }

    [Fact]
    public async Task Nobody_else_says_anything_in_a_call()
    {
        await using var gateway = await GatewayProcess.Start();
        await using var agent = await gateway.AtWork("li");
        await using var student = await Customer(gateway, "xiao");
        var id = await Call(student);
        await agent.Take(id);
        await using var stranger = await Customer(gateway, "fei");
        (await stranger.Refused("Signal", id, Ready)).ShouldBe("notFound");
        (await stranger.Refused("MoveCall", id, "ended")).ShouldBe("notFound");
        await using var other = await gateway.AtWork("wang");
        (await other.Refused("Signal", id, Ready)).ShouldBe("notYourTicket");
        await using var foreigner = await Page.Open(gateway, ClientKit.Hubs.Agent, gateway.Token("li", Role.Agent, GatewayProcess.OtherCampus));
        (await foreigner.Refused("Signal", id, Ready)).ShouldBe("notFound");
        (await foreigner.Refused("Signal", "north/" + id, Ready)).ShouldBe("notFound");

        await agent.Do("Transfer", id, null, "wang", null);
        (await agent.Refused("Signal", id, Ready)).ShouldBe("notYourTicket", "from the hand-over on it is not the first agent's call");
        (await agent.Refused("MoveCall", id, "dropped")).ShouldBe("notYourTicket");
        await other.Take(id);
        await other.Do("Signal", id, Ready);
        (await agent.Refused("Signal", id, Ready)).ShouldBe("notYourTicket");
    }

    [Fact]
    public async Task What_is_too_large_or_too_often_is_not_passed_on()
    {
        await using var gateway = await GatewayProcess.Start(new() { ["Gateway:RateLimit:SignalsPerMinute"] = "3" });
        await using var agent = await gateway.AtWork("li");
        await using var student = await Customer(gateway, "xiao");
        var id = await Call(student);
        await agent.Take(id);
        object[] bad =
        [
            new { kind = "offer", page = "p1", generation = 1, body = new string('x', 16_385) }, new { kind = "offer", page = "", generation = 1 }, new { kind = "offer", page = new string('p', 65), generation = 1 },
            new { kind = "offer", page = "p1", toPage = "两", generation = 1 }, new { kind = "offer", page = "p1", generation = -1 },
        ];
        foreach (var signal in bad) (await student.Refused("Signal", id, signal)).ShouldBe("invalid");
        (await student.Refused("Signal", id, null)).ShouldBe("invalid");
        await student.Do("Signal", id, new { kind = "offer", page = "p1", generation = 1, body = new string('x', 16_384) });
        await student.Do("Signal", id, Ready);
        await student.Do("Signal", id, Ready);
        (await student.Refused("Signal", id, Ready)).ShouldBe("rateLimited");
        await agent.Do("Signal", id, Ready);
    }

    [Fact]
    public async Task What_happens_to_the_sound_is_on_record_and_hanging_up_leaves_the_agent_the_after_contact_work()
    {
        await using var gateway = await GatewayProcess.Start();
        await using var agent = await gateway.AtWork("li");
        await using var student = await Customer(gateway, "xiao");
        var id = await Call(student);
        await agent.Take(id);
        foreach (var step in new[] { "connected", "connected", "held", "resumed", "dropped", "connected" }) await agent.Do("MoveCall", id, step);
        (await student.Refused("MoveCall", id, "held")).ShouldBe("forbidden");
        var over = await student.Do("MoveCall", id, "ended");
        (over.GetProperty("phase").GetString(), over.GetProperty("wrapUpOpen").GetBoolean(), over.GetProperty("call").GetProperty("state").GetString()).ShouldBe(("resolved", true, "ended"));

        var events = (await gateway.Get($"{Tickets}/{id}/events", gateway.Token("xiao"))).Json.GetProperty("events").EnumerateArray().Where(static e => e.GetProperty("type").GetString() == "call").ToList();
        events.Select(static e => e.GetProperty("detail").GetString()).ShouldBe(["connected", "held", "resumed", "dropped", "connected", "ended"]);
        events[^1].GetProperty("author").GetString().ShouldBe("customer");
        events[0].GetProperty("authorId").ValueKind.ShouldBe(JsonValueKind.Null, "customers don't learn ids of staff");
        await agent.Do("WrapUp", id, "solved", null);
    }

    [Fact]
    public async Task A_supervisor_is_on_the_line_with_the_agent_alone_after_it_is_on_record()
    {
        await using var gateway = await GatewayProcess.Start();
        await using var agent = await gateway.AtWork("li");
        await using var student = await Customer(gateway, "xiao");
        var id = await Call(student);
        await agent.Take(id);
        await agent.Do("Watch", id, 0);
        await agent.Do("MoveCall", id, "connected");
        await using var boss = await Page.Open(gateway, ClientKit.Hubs.Supervisor, gateway.Token("boss", Role.Supervisor));
        (await boss.Refused("Signal", id, Ready)).ShouldBe("notJoined", "listening is on record first");
        (await agent.Refused("Signal", id, new { kind = "ready", page = "desk", generation = 0, supervisor = "boss" })).ShouldBe("notFound");
        await boss.Do("Listen", id, 0);
        await boss.Do("Signal", id, new { kind = "offer", page = "office", generation = 1, body = "v=0", supervisor = "somebody-else" });
        var heard = await agent.Pushed("Signaled");
        (heard.GetProperty("from").GetString(), heard.GetProperty("signal").GetProperty("supervisor").GetString()).ShouldBe(("supervisor", "boss"));
        await agent.Do("Signal", id, new { kind = "answer", page = "desk", toPage = "office", generation = 1, body = "v=0", supervisor = "boss" });
        (await boss.Pushed("Signaled")).GetProperty("signal").GetProperty("kind").GetString().ShouldBe("answer");
        // What customers send to a supervisor goes to the agent, as theirs.
        await student.Do("Signal", id, new { kind = "ready", page = "phone", generation = 0, supervisor = "boss" });
        (await agent.Pushed("Signaled", static push => push.GetProperty("from").GetString() == "customer")).GetProperty("signal").GetProperty("supervisor").ValueKind.ShouldBe(JsonValueKind.Null);

        foreach (var step in new[] { "connected", "held", "ended", "dropped" }) (await boss.Refused("MoveCall", id, step)).ShouldBe("forbidden");
        (await agent.Refused("MoveCall", id, "whispered")).ShouldBe("forbidden");
        await boss.Do("MoveCall", id, "whispered");
        (await agent.Pushed("TicketChanged", static news => news.GetProperty("events").EnumerateArray().Any(static e => e.GetProperty("detail").ToString() == "whispered"))).ShouldNotBeOfType<string>();
        var events = (await gateway.Get($"{Tickets}/{id}/events", gateway.Token("xiao"))).Body;
        events.ShouldNotContain("whispered");
        events.ShouldNotContain("boss");
        (await gateway.Grains.Audit("north").Read(new(0, 50, "boss"))).ShouldContain(static entry => entry.What.Action == "conversationWhispered");

        await boss.Do("TakeOver", id, null, null, null);
        (await agent.Refused("Signal", id, Ready)).ShouldBe("notYourTicket");
        await boss.Do("Signal", id, new { kind = "ready", page = "office", generation = 0 });
        (await student.Pushed("Signaled", static push => push.GetProperty("signal").GetProperty("page").GetString() == "office")).GetProperty("from").GetString().ShouldBe("agent");
        await boss.Do("MoveCall", id, "connected");
    }

    [Fact]
    public async Task A_call_about_an_order_joins_no_chat()
    {
        await using var gateway = await GatewayProcess.Start();
        await using var student = await Customer(gateway, "xiao");
        var chat = (await student.Do("Open", new { text = "外卖没到", orderNumber = "D1", contactId = "c0" })).GetProperty("ticket").GetProperty("ticketId").GetString();
        var call = (await student.Do("Open", new { text = "外卖没到", orderNumber = "D1", contactId = "c1", channel = "voice" })).GetProperty("ticket");
        (call.GetProperty("ticketId").GetString() != chat, call.GetProperty("channel").GetString()).ShouldBe((true, "voice"));
    }

    [Fact]
    public async Task Pages_get_credentials_for_the_sound_servers_that_end_soon()
    {
        await using var gateway = await GatewayProcess.Start(new()
        {
            ["Voice:IceServers:0:Urls:0"] = "stun:turn.example.edu:3478",
            ["Voice:IceServers:1:Urls:0"] = "turn:turn.example.edu:3478?transport=udp",
            ["Voice:TurnSecret"] = "shared with coturn",
        });
        var heard = await gateway.Get("/api/v1/campuses/north/voice", gateway.Token("xiao"));
        heard.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var servers = heard.Json.GetProperty("iceServers").EnumerateArray().ToList();
        servers[0].GetProperty("credential").ValueKind.ShouldBe(JsonValueKind.Null);
        var name = servers[1].GetProperty("username").GetString()!;
        var ends = DateTimeOffset.FromUnixTimeSeconds(long.Parse(name.Split(':')[0]));
        ends.ShouldBe(heard.Json.GetProperty("expiresAt").GetDateTimeOffset());
        (ends - DateTimeOffset.UtcNow).ShouldBeInRange(TimeSpan.FromMinutes(110), TimeSpan.FromMinutes(121));
        var hash = HMACSHA1.HashData(Encoding.UTF8.GetBytes("shared with coturn"), Encoding.UTF8.GetBytes(name));
        servers[1].GetProperty("credential").GetString().ShouldBe(Convert.ToBase64String(hash));
        name.ShouldNotContain("xiao");
        heard.Body.ShouldNotContain("shared with coturn");
    }

    [Theory]
    [InlineData("http://turn.example.edu", "s", "must begin with")]
    [InlineData("turn:turn.example.edu", null, "TurnSecret")]
    public async Task What_would_fail_in_somebody_s_call_fails_at_the_start(string url, string? secret, string why) =>
        (await Should.ThrowAsync<Exception>(() => GatewayProcess.Start(new() { ["Voice:IceServers:0:Urls:0"] = url, ["Voice:TurnSecret"] = secret }))).Message.ShouldContain(why);

    [Fact]
    public async Task Only_the_pages_on_which_people_speak_may_ask_for_the_microphone()
    {
        await using var gateway = await GatewayProcess.Start();
        foreach (var (page, may) in new[] { ("/", true), ("/agent", true), ("/supervisor", true), ("/knowledge", false), ("/docs", false), ("/api/v1/campuses/north", false) })
            string.Join(' ', (await gateway.Get(page)).Headers.GetValues("Permissions-Policy")).Contains("microphone=(self)").ShouldBe(may, page);
    }

    private static Task<Page> Customer(GatewayProcess gateway, string sub) => Page.Open(gateway, ClientKit.Hubs.Customer, gateway.Token(sub));

    private static async Task<string> Call(Page student)
    {
        var ticket = (await student.Do("Open", new { text = "我的外卖一个小时了还没到", contactId = "c1", channel = "voice" })).GetProperty("ticket");
        var id = ticket.GetProperty("ticketId").GetString()!;
        await student.Do("Watch", id, 0);
        return id;
    }
}
