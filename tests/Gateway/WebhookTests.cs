using System.Net;
using System.Text;
using System.Text.Json;
using CampusCare.Channels;
using CampusCare.Channels.Webhook;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Tests.Channels;
using CampusCare.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests;

/// <summary>Campuses are told what happens to their tickets: signed, in order, again when it failed, given up in the end and sent again on demand.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Webhooks = "/api/v1/campuses/north/webhooks";
    private const string Tickets = "/api/v1/campuses/north/tickets";
    private GatewayProcess _gateway = null!;
    private FakeProvider _receiver = null!;

    public async Task InitializeAsync()
    {
        _receiver = await FakeProvider.Start();
        _gateway = await GatewayProcess.Start(new() { ["Webhooks:AllowHttp"] = "true", ["Webhooks:AllowPrivateAddresses"] = "true" });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_subscriber_is_told_in_order_and_signed_and_nobody_of_what_was_before()
    {
        var before = await _gateway.Open("early");
        var (_, secret) = await Subscribe();
        await Say("early", before, "m1");
        var id = await _gateway.Open("s1");
        await Say("s1", id, "m1");
        await _gateway.Post($"{Tickets}/{id}/close", _gateway.Token("s1"));

        var told = new List<JsonElement>();
        while (told.Count < 4) told.Add(Read(await _receiver.Next(), secret));
        told.Select(Type).ShouldBe(["ticket.opened", "ticket.queued", "ticket.message", "ticket.closed"]);
        told.Select(Seq).ShouldBe(told.Select(Seq).Order());
        told.ShouldAllBe(one => one.GetProperty("ticketId").GetString() == id && one.GetProperty("campus").GetString() == "north");
        told[2].GetProperty("event").GetProperty("text").GetString().ShouldBe("m1 在吗");
        told[0].GetProperty("ticket").GetProperty("orderNumber").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Incidents_are_told_in_order_and_again_when_that_failed()
    {
        var refusals = 1;
        _receiver.Answers = call => Interlocked.Decrement(ref refusals) >= 0 ? (500, "") : (200, "");
        var (_, secret) = await Subscribe("incident.declared", "incident.ended");
        const string Incidents = "/api/v1/campuses/north/incidents";
        var id = (await _gateway.Post(Incidents, Boss, new { category = "appFault", titleEn = "The app is down" })).Json.GetProperty("incidentId").GetString()!;
        (await _gateway.Send(HttpMethod.Put, $"{Incidents}/{id}", Boss, new { titleEn = "The app is slow" })).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Post($"{Incidents}/{id}/end", Boss)).Status.ShouldBe(HttpStatusCode.OK);

        var told = new List<JsonElement>();
        while (told.Count < 3) told.Add(Read(await _receiver.Next(), secret));
        told.Select(Type).ShouldBe(["incident.declared", "incident.declared", "incident.ended"]);
        told[0].GetProperty("id").GetString().ShouldBe(told[1].GetProperty("id").GetString());
        (told[2].GetProperty("incident").GetProperty("titleEn").GetString(), told[2].GetProperty("ticketId").ValueKind).ShouldBe(("The app is slow", JsonValueKind.Null));
    }

    [Fact]
    public async Task One_that_fails_is_told_again_and_the_ticket_s_later_events_wait_for_it()
    {
        var refusals = 1;
        _receiver.Answers = call => Interlocked.Decrement(ref refusals) >= 0 ? (500, "") : (200, "");
        var (_, secret) = await Subscribe("ticket.opened", "ticket.message");
        var id = await _gateway.Open("s1");
        await Say("s1", id, "m1");

        var calls = new List<JsonElement>();
        while (calls.Count < 3) calls.Add(Read(await _receiver.Next(), secret));
        calls.Select(Type).ShouldBe(["ticket.opened", "ticket.opened", "ticket.message"]);
        calls[0].GetProperty("id").GetString().ShouldBe(calls[1].GetProperty("id").GetString(), "so that a receiver can tell that it knows it");
    }

    [Fact]
    public async Task What_was_given_up_is_seen_and_sent_again()
    {
        _receiver.Answers = static _ => (500, "");
        var (webhook, secret) = await Subscribe("ticket.opened");
        var id = await _gateway.Open("s1");
        await _receiver.Next();
        var deliveries = _gateway.Services.GetRequiredService<IWebhookDeliveries>();
        await Recorded(deliveries, webhook).WaitAsync(GatewayProcess.Patience);
        await deliveries.Failed("north", webhook, new WebhookDelivery(id, 1, 20, DateTimeOffset.UnixEpoch, "It answered 500."), givenUp: true);

        var dead = (await _gateway.Get($"{Webhooks}/{webhook}/dead-letters", Boss)).Json;
        dead.EnumerateArray().Single().GetProperty("ticketId").GetString().ShouldBe(id);
        (await _gateway.Post($"{Webhooks}/{webhook}/dead-letters/{id}-9/send-again", Boss)).ShouldBeProblem(404, "notFound");
        _receiver.Answers = static _ => (200, "");
        (await _gateway.Post($"{Webhooks}/{webhook}/dead-letters/{id}-1/send-again", Boss)).Status.ShouldBe(HttpStatusCode.OK);
        Type(Read(await _receiver.Next(), secret)).ShouldBe("ticket.opened");
        (await _gateway.Get($"{Webhooks}/{webhook}/dead-letters", Boss)).Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Secrets_change_without_a_minute_in_which_nothing_is_believed()
    {
        var (webhook, first) = await Subscribe();
        var lost = (await _gateway.Post($"{Webhooks}/{webhook}/secrets", Boss, key: "second")).Json.GetProperty("secret").GetString()!;
        var added = (await _gateway.Post($"{Webhooks}/{webhook}/secrets", Boss, key: "second")).Json;
        var second = added.GetProperty("secret").GetString()!;
        second.ShouldNotBe(lost);
        added.GetProperty("webhook").GetProperty("secrets").GetInt32().ShouldBe(2, "the same request adds one secret, however often it is sent");
        (await _gateway.Post($"{Webhooks}/{webhook}/test", Boss)).Json.GetProperty("fault").ValueKind.ShouldBe(JsonValueKind.Null);
        var both = await _receiver.Next();
        Type(Read(both, first)).ShouldBe("test");
        Read(both, second);

        (await _gateway.Send(HttpMethod.Delete, $"{Webhooks}/{webhook}/secrets", Boss)).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.Post($"{Webhooks}/{webhook}/test", Boss);
        var one = await _receiver.Next();
        Read(one, second);
        Fault(one, first).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_subscription_is_listed_without_its_secret_and_ends()
    {
        var begun = await _gateway.Post(Webhooks, Boss, new { url = _receiver.Url }, key: "once");
        begun.Status.ShouldBe(HttpStatusCode.Created, begun.Body);
        (await _gateway.Post(Webhooks, Boss, new { url = _receiver.Url }, key: "once")).Status.ShouldBe(HttpStatusCode.Created);
        var list = await _gateway.Get(Webhooks, Boss);
        list.Json.EnumerateArray().Single().GetProperty("id").GetString().ShouldBe("once");
        list.Body.ShouldNotContain(begun.Json.GetProperty("secret").GetString()!);

        (await _gateway.Send(HttpMethod.Delete, $"{Webhooks}/once", Boss)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Get(Webhooks, Boss)).Json.GetArrayLength().ShouldBe(0);
        (await _gateway.Post($"{Webhooks}/once/test", Boss)).ShouldBeProblem(404, "notFound");
        await _gateway.Open("s1");
        (await _gateway.Services.GetRequiredService<IWebhookDeliveries>().Waiting()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://localhost/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://[::ffff:10.0.0.1]/x")]
    [InlineData("https://10.1.2.3/x")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://172.20.0.1/x")]
    [InlineData("https://192.168.1.1/x")]
    [InlineData("https://100.64.0.1/x")]
    [InlineData("https://[fd00::1]/x")]
    [InlineData("https://2130706433/x")]
    [InlineData("http://example.com/x")]
    [InlineData("ftp://example.com/x")]
    [InlineData("https://user:secret@example.com/x")]
    [InlineData("/x")]
    public async Task An_address_in_our_own_network_or_without_tls_is_refused(string url)
    {
        await using var strict = await GatewayProcess.Start();
        (await strict.Post(Webhooks, strict.Token("boss", Role.CampusAdmin), new { url })).ShouldBeProblem(400, "invalid", "url");
    }

    private string Boss => _gateway.Token("boss", Role.CampusAdmin);

    private async Task<(string Id, string Secret)> Subscribe(params string[] events)
    {
        var begun = await _gateway.Post(Webhooks, Boss, events.Length == 0 ? new { url = _receiver.Url } : new { url = _receiver.Url, events });
        begun.Status.ShouldBe(HttpStatusCode.Created, begun.Body);
        return (begun.Json.GetProperty("webhook").GetProperty("id").GetString()!, begun.Json.GetProperty("secret").GetString()!);
    }

    /// <summary>The attempt that the receiver refused is on record.</summary>
    private static async Task Recorded(IWebhookDeliveries deliveries, string webhook)
    {
        while (await deliveries.Due("north", webhook, DateTimeOffset.MaxValue, 1) is not [{ Attempts: 1 }]) await Task.Yield();
    }

    private async Task Say(string who, string ticket, string messageId) =>
        (await _gateway.Post($"{Tickets}/{ticket}/messages", _gateway.Token(who), new { messageId, text = $"{messageId} 在吗" })).Status.ShouldBe(HttpStatusCode.Created);

    private static JsonElement Read(ProviderCall call, string secret)
    {
        Fault(call, secret).ShouldBeNull();
        var body = JsonDocument.Parse(call.Body).RootElement;
        call.Headers["Idempotency-Key"].ShouldBe(body.GetProperty("id").GetString());
        return body;
    }

    private static InboundFault? Fault(ProviderCall call, string secret)
    {
        var at = call.Headers[WebhookSignature.TimestampHeader];
        return WebhookSignature.Fault([Encoding.UTF8.GetBytes(secret)], at, call.Headers[WebhookSignature.SignatureHeader], Encoding.UTF8.GetBytes(call.Body), DateTimeOffset.FromUnixTimeSeconds(long.Parse(at)));
    }

    private static string Type(JsonElement body) => body.GetProperty("type").GetString()!;

    private static long Seq(JsonElement body) => body.GetProperty("seq").GetInt64();
}
