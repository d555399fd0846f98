using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Tests.Channels;

namespace CampusCare.Gateway.Tests.Phone;

/// <summary>A hotline number rings into the same lines as everything else, and an agent's telephone is rung.</summary>
public sealed class PhoneLineTests
{
    [Fact]
    public async Task A_call_is_answered_queued_offered_and_both_speak_until_one_hangs_up()
    {
        await using var server = await FakeAsterisk.Start();
        await using var gateway = await Start(server);
        await using var agent = await gateway.AtWork("li");
        var caller = server.Dial();
        var id = await Offered(agent);
        server.In($"{caller}-hold").ShouldBe([caller]);
        await agent.Take(id);
        var leg = $"{caller}-agent-1";
        await server.Until(() => server.Has(leg), "the agent's telephone rings");
        server.PickUp(leg);
        await server.Until(() => server.In($"{caller}-talk").Length == 2, "both are in one bridge");
        (await agent.Pushed("TicketChanged", static news => news.GetProperty("ticket").GetProperty("call").ToString().Contains("connected"))).GetProperty("ticket").GetProperty("channel").GetString().ShouldBe("phone");

        server.HangUp(leg);
        await agent.Event(id, "resolved");
        await server.Until(() => server.IsEmpty, "channels and bridges are gone");
        var ticket = (await gateway.Get($"/api/v1/campuses/north/tickets/{id}", gateway.Token("li", Role.Agent))).Json;
        (ticket.GetProperty("wrapUpOpen").GetBoolean(), ticket.GetProperty("call").GetProperty("state").GetString()).ShouldBe((true, "ended"));
        var commands = server.Commands.Where(static command => !command.StartsWith("GET", StringComparison.Ordinal)).ToArray();
        commands[..4].ShouldBe([$"POST channels/{caller}/answer", $"POST bridges/{caller}-hold?type=holding", $"POST bridges/{caller}-hold/moh?mohClass=default", $"POST bridges/{caller}-hold/addChannel?channel={caller}"]);
        commands[4].ShouldBe($"POST channels/{caller}/play?media=sound%3Acampuscare%2Fwelcome&lang=zh_CN");
        commands[5].ShouldBe($"POST channels/{leg}?endpoint=PJSIP%2Fli&app=campuscare&appArgs=agent%2C{caller}&originator={caller}&timeout=20");
    }

    [Fact]
    public async Task Who_hangs_up_while_waiting_gave_up_and_a_channel_that_is_gone_opens_nothing()
    {
        await using var server = await FakeAsterisk.Start();
        await using var gateway = await Start(server);
        await using var agent = await gateway.AtWork("li");
        server.Dial(dialled: "95002");
        await server.Until(() => server.IsEmpty, "a number that is nobody's is hung up");
        var caller = server.Dial();
        var id = await Offered(agent);
        await agent.Do("Watch", id, 0);
        server.HangUp(caller);
        (await agent.Event(id, "closed")).GetProperty("detail").GetString().ShouldBe("givenUp");
        await server.Until(() => server.IsEmpty, "the bridge is gone");
    }

    [Fact]
    public async Task Nobody_is_left_on_a_number_that_is_nobody_s_when_hanging_up_fails()
    {
        await using var server = await FakeAsterisk.Start();
        await using var gateway = await Start(server);
        server.FailToHangUpOnce();
        server.Dial(dialled: "95002");
        await server.Until(() => server.IsEmpty, "it is hung up after all");
    }

    [Fact]
    public async Task An_agent_who_does_not_pick_up_is_busy_and_the_next_one_is_rung()
    {
        await using var server = await FakeAsterisk.Start();
        await using var gateway = await Start(server);
        await using var agent = await gateway.AtWork("li");
        var caller = server.Dial();
        var id = await Offered(agent);
        await agent.Take(id);
        await server.Until(() => server.Has($"{caller}-agent-1"), "the first telephone rings");
        server.NobodyPicksUp($"{caller}-agent-1");
        await agent.Event(id, "transferred");
        server.In($"{caller}-hold").ShouldBe([caller]);
        await using var next = await gateway.AtWork("wang");
        await next.Take(id);
        await server.Until(() => server.Has($"{caller}-agent-2"), "the next telephone rings");
        server.PickUp($"{caller}-agent-2");
        await server.Until(() => server.In($"{caller}-talk").Length == 2, "both are in one bridge");
        (await agent.Do("Desk")).GetProperty("status").GetString().ShouldBe("busy");

        // Handing it on rings the third one.
        await using var third = await gateway.AtWork("zhao");
        await next.Do("Transfer", id, null, "zhao", null);
        await third.Take(id);
        await server.Until(() => server.Has($"{caller}-agent-3"), "the third telephone rings");
        server.Has($"{caller}-agent-2").ShouldBeFalse();
        server.HangUp(caller);
        await third.Event(id, "resolved");
        await server.Until(() => server.IsEmpty, "nothing is left");
    }

    [Fact]
    public async Task Who_presses_1_may_hang_up_and_keeps_the_place()
    {
        await using var server = await FakeAsterisk.Start();
        await using var gateway = await Start(server);
        var caller = server.Dial();
        await server.Until(() => server.Commands.Any(static command => command.Contains("welcome")), "the contact is stored");
        server.Press(caller, "1");
        await server.Until(() => server.Commands.Any(static command => command.Contains("place-kept")), "the place is kept");
        server.Commands.ShouldContain($"POST channels/{caller}/play?media=sound%3Acampuscare%2Fplace-kept&lang=zh_CN");
        server.HangUp(caller);
        await server.Until(() => server.IsEmpty, "nothing is left");
        await using var agent = await gateway.AtWork("li");
        var id = await Offered(agent);
        (await agent.Take(id)).GetProperty("events").EnumerateArray().ShouldContain(static e => e.GetProperty("type").GetString() == "placeKept");
        server.Has($"{caller}-agent-1").ShouldBeFalse();
    }

    [Fact]
    public async Task What_happened_while_events_were_cut_is_found_afterwards()
    {
        await using var server = await FakeAsterisk.Start();
        await using var gateway = await Start(server);
        await using var agent = await gateway.AtWork("li");
        await using var other = await gateway.AtWork("wang");
        var caller = server.Dial();
        var offer = other.Pushed("Offered");
        var (mine, id) = await Task.WhenAny(offer, agent.Pushed("Offered")) == offer ? (other, await Offered(other)) : (agent, await Offered(agent));
        await mine.Take(id);
        var leg = $"{caller}-agent-1";
        await server.Until(() => server.Has(leg), "the agent's telephone rings");
        server.Cut();
        server.PickUp(leg);
        var second = server.Dial("13900000000");
        server.Mend();
        await server.Until(() => server.In($"{caller}-talk").Length == 2, "who picked up meanwhile speaks");
        await server.Until(() => server.In($"{second}-hold").Length == 1, "who called meanwhile waits");
        await mine.Pushed("TicketChanged", news => news.GetProperty("ticket").GetProperty("call").ToString().Contains("connected"));

        server.Cut();
        server.Forget(caller);
        server.Mend();
        await mine.Event(id, "resolved");
        await server.Until(() => !server.Has(leg), "the agent's channel is ended");
        await server.Until(() => server.Connections == 3, "somebody comes for events again");
    }

    [Theory]
    [InlineData("Phone:Secret", null, "Phone:Secret")]
    [InlineData("Phone:Endpoint", "PJSIP/1000", "{agent}")]
    [InlineData("Phone:BaseUrl", "ftp://asterisk", "http(s)")]
    public async Task What_would_fail_in_somebody_s_call_fails_at_the_start(string key, string? value, string why)
    {
        await using var server = await FakeAsterisk.Start();
        var settings = server.Settings;
        settings[key] = value;
        (await Should.ThrowAsync<Exception>(() => GatewayProcess.Start(settings))).Message.ShouldContain(why);
    }

    private static async Task<GatewayProcess> Start(FakeAsterisk server)
    {
        var gateway = await GatewayProcess.Start(server.Settings);
        await server.Until(() => server.Connections == 1, "somebody comes for events");
        return gateway;
    }

    private static async Task<string> Offered(Page agent) =>
        (await agent.Pushed("Offered")).GetProperty("ticket").GetProperty("ticketId").GetString()!;
}
