using System.Net;
using System.Text;
using CampusCare.Channels.Webhook;
using CampusCare.Contracts;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Supervision;
using CampusCare.Domain.ServiceLevels;
using CampusCare.Grains.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests.Channels;

/// <summary>Text messages through a provider on loopback, and a robot in the supervisors' group.</summary>
public sealed class SmsAndWeComTests : IAsyncLifetime
{
    private const string Secret = "the provider's secret, 0123456789";

    private FakeProvider _provider = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.Start();
        _provider.Answers = static call => (200, call.Path == "/sms" ? """{"code":"OK"}""" : """{"errcode":0,"errmsg":"ok"}""");
        _gateway = await GatewayProcess.Start(new()
        {
            ["Channels:north:Sms:Endpoint"] = _provider.Url + "/sms",
            ["Channels:north:Sms:Template"] = """{"mobile":"{to}","content":"【北苑】{text}","extend":"{key}"}""",
            ["Channels:north:Sms:Secrets:0"] = Secret,
            ["Channels:north:Sms:Authorization"] = "Basic abc",
            ["Channels:north:Sms:Accepted"] = "\"OK\"",
            ["Channels:north:Sms:FromField"] = "mobile",
            ["Channels:north:WeCom:Key"] = "robot-key",
            ["Channels:north:WeCom:Api"] = _provider.Url,
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_text_message_is_answered_by_one_and_a_receipt_tells_what_failed()
    {
        await using var agent = await _gateway.AtWork("li");
        (await Bring("""{"mobile":"+8613800000000","text":"我的外卖还没到","id":"9"}""")).Status.ShouldBe(HttpStatusCode.OK);
        var ticket = (await agent.Pushed("Offered")).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        var seen = (await agent.Take(ticket)).GetProperty("ticket");
        seen.GetProperty("channel").GetString().ShouldBe("sms");
        seen.GetProperty("customer").GetProperty("id").GetString()!.ShouldNotContain("138", customMessage: "the number stands where it can be erased, and nowhere else");
        seen.GetProperty("customer").GetProperty("phone").GetString().ShouldBe("138****0000");

        await agent.Do("Post", ticket, "a1", "骑手说\"两分钟\"");
        var sent = await _provider.Next();
        (sent.Json.GetProperty("mobile").GetString(), sent.Json.GetProperty("content").GetString(), sent.Headers["Authorization"]).ShouldBe(("13800000000", "【北苑】骑手说\"两分钟\"", "Basic abc"));
        await agent.Event(ticket, "replySent");
        (await Bring($"key={sent.Json.GetProperty("extend").GetString()}&status=undelivered", "application/x-www-form-urlencoded")).Status.ShouldBe(HttpStatusCode.OK);
        (await agent.Event(ticket, "replyFailed")).GetProperty("detail").GetString().ShouldBe("notDelivered");
        (await _gateway.Post("/channels/sms/north", body: "{}")).ShouldBeProblem(401, "unauthorized");
        (await Bring("{}")).ShouldBeProblem(400, "invalid");
    }

    [Fact]
    public async Task The_same_person_by_text_message_and_in_the_app_has_one_history()
    {
        await _gateway.Grains.Address("north", CampusCare.Channels.Addresses.NameOf("north", Domain.Channel.Sms, "13800000001")).Belongs("s9");
        (await Bring("""{"mobile":"13800000001","text":"外卖没到","id":"1"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Get("/api/v1/campuses/north/tickets", _gateway.Token("s9"))).Json.EnumerateArray().Single().GetProperty("subject").GetString().ShouldBe("外卖没到");
    }

    [Fact]
    public async Task The_supervisors_group_hears_of_alerts_together_and_not_of_words()
    {
        for (var i = 0; i < 5; i++)
            await _gateway.Grains.Queue("north", "delivery").Alert(new ClockAlert("north", $"ticket-{i}", "delivery", i == 0 ? ClockKind.Tier : ClockKind.FirstResponse, DateTimeOffset.UnixEpoch, null, 3));
        var told = "";
        while (!told.Contains("ticket-4", StringComparison.Ordinal))
        {
            var call = await _provider.Next();
            (call.Path, call.Query["key"], call.Json.GetProperty("msgtype").GetString()).ShouldBe(("/cgi-bin/webhook/send", "robot-key", "markdown"));
            told += call.Json.GetProperty("markdown").GetProperty("content").GetString();
        }
        foreach (var i in Enumerable.Range(0, 5)) told.ShouldContain($"ticket-{i}");
        _provider.Calls.Count.ShouldBeLessThanOrEqualTo(2, "one at once, and the others together");
    }

    [Fact]
    public async Task The_supervisors_group_hears_that_more_come_than_the_forecast_said()
    {
        _gateway.Services.GetRequiredService<IAlertRoom>().Tell(new InflowAlert("north", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 63, 20.5, 12, 5, 4));
        var told = (await _provider.Next()).Json.GetProperty("markdown").GetProperty("content").GetString()!;
        told.ShouldContain("进线激增");
        told.ShouldContain("63 in 5 minutes, 20.5 forecast; 12 agents wanted, 5 planned, 4 on stand-by");
    }

    private async Task<Heard> Bring(string body, string type = "application/json")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/channels/sms/north") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new(type);
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToString());
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign([Encoding.UTF8.GetBytes(Secret)], at, bytes));
        using var response = await _gateway.Http.SendAsync(request);
        return new Heard(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }
}
