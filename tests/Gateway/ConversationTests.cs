using System.Text.Json;
using CampusCare.Gateway.Identity;

namespace CampusCare.Gateway.Tests;

/// <summary>A student and an agent over their hubs, from the question to the rating. A process of its own: offers go to whoever is free.</summary>
public sealed class ConversationTests : IAsyncLifetime
{
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task A_student_asks_an_agent_answers_and_both_see_all_of_it()
    {
        await using var agent = await AtWork("li", capacity: 2);
        await using var student = await Student("xiao");
        var opened = await student.Do("Open", new { text = "我的外卖一个小时了还没到", contactId = "c1" });
        opened.GetProperty("ticket").GetProperty("channel").GetString().ShouldBe("web");
        var id = opened.GetProperty("ticket").GetProperty("ticketId").GetString()!;
        var history = await student.Do("Watch", id, 0);
        Types(history).Take(2).ShouldBe(["opened", "queued"]);

        var offer = await agent.Pushed("Offered");
        offer.GetProperty("ticket").GetProperty("ticketId").GetString().ShouldBe(id);
        var reservation = offer.GetProperty("reservation").GetProperty("reservationId").GetString();
        (await agent.Pushed("DeskChanged", desk => desk.GetProperty("offers").GetArrayLength() == 1)).GetProperty("routingState").GetString().ShouldBe("reserved");

        (await agent.Do("Accept", id, reservation)).GetProperty("phase").GetString().ShouldBe("assigned");
        await agent.Pushed("OfferWithdrawn", withdrawn => withdrawn.GetString() == reservation);
        await agent.Do("Watch", id, 0);
        var accepted = await student.Event(id, "accepted");
        accepted.GetProperty("authorName").GetString().ShouldBe("坐席li");
        accepted.GetProperty("authorId").ValueKind.ShouldBe(JsonValueKind.Null);

        await agent.Do("Post", id, "a1", "马上帮您查");
        (await student.Event(id, "message")).GetProperty("text").GetString().ShouldBe("马上帮您查");
        await student.Do("Post", id, "s1", "谢谢");
        await agent.Pushed("TicketChanged", news => news.GetProperty("events").EnumerateArray().Any(e => e.GetProperty("messageId").ValueKind == JsonValueKind.String && e.GetProperty("messageId").GetString() == "s1"));

        await agent.Do("Resolve", id, null, "已补偿");
        (await student.Event(id, "resolved")).GetProperty("text").ValueKind.ShouldBe(JsonValueKind.Null, "the note is for colleagues");
        (await agent.Event(id, "resolved")).GetProperty("text").GetString().ShouldBe("已补偿");
        await agent.Do("WrapUp", id, "compensated", null);
        (await student.Do("Rate", id, 5, "很快")).GetProperty("stars").GetInt32().ShouldBe(5);
        await agent.Event(id, "rated");
        (await student.Do("MyTickets")).EnumerateArray().Single().GetProperty("phase").GetString().ShouldBe("closed");
        (await agent.Do("CustomerTickets", id)).EnumerateArray().Single().GetProperty("ticketId").GetString().ShouldBe(id);

        await student.Event(id, "closed");
        await agent.Event(id, "closed");
        foreach (var page in new[] { student, agent })
        {
            var seqs = page.Events(id).Select(happened => happened.GetProperty("seq").GetInt64()).ToList();
            seqs.ShouldBe(Enumerable.Range((int)seqs[0], seqs.Count).Select(seq => (long)seq), "each once, in order");
        }
    }

    [Fact]
    public async Task What_happens_inside_is_not_for_the_customer()
    {
        await using var student = await Student("bai");
        var id = (await student.Do("Open", new { text = "没送到" })).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await student.Do("Watch", id, 0);
        await using var agent = await AtWork("wang");
        var reservation = (await agent.Pushed("Offered")).GetProperty("reservation").GetProperty("reservationId").GetString();
        await agent.Do("SetStatus", "break", "吃饭");
        await agent.Do("Reject", id, reservation, "这个人上次骂我");
        foreach (var type in new[] { "queued", "offered", "offerRejected" })
        {
            var seen = type == "queued" ? (await student.Do("Watch", id, 1)).GetProperty("events").EnumerateArray().First() : await student.Event(id, type);
            seen.GetProperty("type").GetString().ShouldBe(type);
            foreach (var hidden in new[] { "author", "authorId", "authorName", "text", "detail" }) seen.GetProperty(hidden).ValueKind.ShouldBe(JsonValueKind.Null, $"{type}.{hidden}");
        }
    }

    [Fact]
    public async Task An_accept_that_comes_too_late_or_twice_or_by_another_is_refused()
    {
        await using var agent = await AtWork("zhao");
        await using var other = await AtWork("qian");
        await agent.Do("SetStatus", "available", null);
        var id = await _gateway.Open("chen");
        var (taker, loser) = await FirstOffered(agent, other);
        var reservation = (await taker.Pushed("Offered")).GetProperty("reservation").GetProperty("reservationId").GetString();
        (await loser.Refused("Accept", id, reservation)).ShouldBe("offerGone");
        await taker.Do("Reject", id, reservation, null);
        (await taker.Refused("Accept", id, reservation)).ShouldBe("offerGone");
        (await loser.Refused("Post", id, "m1", "我来")).ShouldBe("notYourTicket");
    }

    [Fact]
    public async Task Who_waits_hears_when_the_line_moves()
    {
        await using var first = await Student("eins");
        await using var second = await Student("zwei");
        var firstId = (await first.Do("Open", new { text = "没送到" })).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        var opened = await second.Do("Open", new { text = "没送到" });
        var secondId = opened.GetProperty("ticket").GetProperty("ticketId").GetString()!;
        opened.GetProperty("place").GetProperty("position").GetInt32().ShouldBe(2);
        await second.Do("Watch", secondId, 0);
        (await second.Pushed("PlaceChanged")).GetProperty("position").GetInt32().ShouldBe(2);
        await first.Do("Close", firstId);
        var moved = await second.Pushed("PlaceChanged", place => place.GetProperty("position").GetInt32() == 1);
        moved.GetProperty("ticketId").GetString().ShouldBe(secondId);
        moved.GetProperty("waiting").GetInt32().ShouldBe(1);
        (await second.Do("Place", secondId)).GetProperty("position").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task All_pages_of_one_agent_show_the_same_desk()
    {
        await using var one = await AtWork("sun");
        await using var two = await Page.Open(_gateway, ClientKit.Hubs.Agent, _gateway.Token("sun", Role.Agent));
        (await two.Do("Desk")).GetProperty("status").GetString().ShouldBe("available");
        await one.Do("SetStatus", "training", "新系统");
        (await two.Pushed("DeskChanged")).GetProperty("status").GetString().ShouldBe("training");
    }

    [Fact]
    public async Task A_supervisor_gets_the_figures_each_second()
    {
        await using var boss = await Page.Open(_gateway, ClientKit.Hubs.Supervisor, _gateway.Token("boss", Role.Supervisor));
        (await boss.Do("Watch")).GetProperty("queues").GetArrayLength().ShouldBe(2);
        await _gateway.Open("drei");
        var board = await boss.Pushed("WallboardChanged", wallboard => wallboard.GetProperty("waiting").GetInt32() == 1);
        board.GetProperty("campus").GetString().ShouldBe(GatewayProcess.Campus);
        board.GetProperty("longestWaitSeconds").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task A_call_that_is_no_call_ends_in_an_error_and_the_page_goes_on()
    {
        await using var student = await Student("fehler");
        await Should.ThrowAsync<Microsoft.AspNetCore.SignalR.HubException>(() => student.Do("Watch", 5));
        await Should.ThrowAsync<Microsoft.AspNetCore.SignalR.HubException>(() => student.Do("NoSuchThing"));
        (await student.Refused("Open", new { text = new string('长', 10_000) })).ShouldBe("invalid");
        (await student.Refused("Watch", "x", 0)).ShouldBe("notFound");
        (await student.Refused("Watch", "0123456789abcdef", -1)).ShouldBe("invalid");
        (await student.Do("MyTickets")).GetArrayLength().ShouldBe(0);
    }

    private async Task<Page> Student(string id) => await Page.Open(_gateway, ClientKit.Hubs.Customer, _gateway.Token(id));

    private async Task<Page> AtWork(string id, int capacity = 1)
    {
        await _gateway.Enroll(id, capacity);
        var page = await Page.Open(_gateway, ClientKit.Hubs.Agent, _gateway.Token(id, Role.Agent));
        await page.Do("Desk");
        await page.Do("SetStatus", "available", null);
        return page;
    }

    private static async Task<(Page Taker, Page Loser)> FirstOffered(Page one, Page other)
    {
        var first = one.Pushed("Offered");
        return await Task.WhenAny(first, other.Pushed("Offered")) == first ? (one, other) : (other, one);
    }

    private static IEnumerable<string?> Types(JsonElement history) => history.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("type").GetString());
}
