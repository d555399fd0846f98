using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CampusCare.Channels.Webhook;
using CampusCare.Channels.WeChat;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Tests.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CampusCare.Gateway.Tests.Identity;

/// <summary>An evening on all channels, with everything that anybody logs: no secret, no number, no word of a person is among it.</summary>
public sealed class QuietLogTests : IAsyncLifetime
{
    private const string Secret = "the campus's own secret, 0123456789", AppSecret = "wechat-app-secret-0123456789", PushToken = "wechat-push-token-0123456789";
    private const string AppId = "wx0123456789abcdef", AesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", AccessToken = "wechat-access-token-0123456789";
    private const string Number = "13912345678", OtherNumber = "13787654321", Words = "红烧肉盖饭撒了一地", Reply = "马上给您补送一份";

    private static readonly WeChatCrypto Crypto = new(PushToken, AppId, AesKey);

    private readonly LogRecorder _log = new();
    private FakeProvider _provider = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await FakeProvider.Start();
        _provider.Answers = static call => call.Path == "/cgi-bin/stable_token" ? (200, $$"""{"access_token":"{{AccessToken}}","expires_in":7200}""")
            : call.Path == "/broken" ? (500, "") : (200, """{"errcode":0}""");
        _provider.Files = static call => call.Path == "/cgi-bin/media/get" ? ("image/png", Pictures.With("image/png", "")) : null;
        var settings = new Dictionary<string, string?>
        {
            ["Logging:LogLevel:Default"] = "Debug",
            ["Logging:LogLevel:Microsoft.AspNetCore"] = "Debug", // as somebody would set it who looks for a fault
            ["Webhooks:AllowHttp"] = "true",
            ["Webhooks:AllowPrivateAddresses"] = "true",
            ["Channels:north:Webhook:Secrets:0"] = Secret,
            ["Channels:north:Webhook:Endpoint"] = _provider.Url + "/replies",
            ["Channels:north:Sms:Endpoint"] = _provider.Url + "/sms",
            ["Channels:north:Sms:Template"] = """{"to":"{to}","text":"{text}","key":"{key}"}""",
            ["Channels:north:Sms:Secrets:0"] = Secret,
        };
        foreach (var (key, value) in new[] { ("AppId", AppId), ("AppSecret", AppSecret), ("Token", PushToken), ("EncodingAesKey", AesKey), ("Api", _provider.Url) })
            settings[$"Channels:north:WeChat:{key}"] = value;
        _gateway = await GatewayProcess.Start(settings, services => services.AddSingleton<ILoggerProvider>(_log).AddLogging(static log => log.SetMinimumLevel(LogLevel.Debug)));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task No_secret_no_number_and_no_word_reaches_the_log_whatever_happens_on_the_channels()
    {
        var secrets = new Dictionary<string, string>
        {
            ["the campus's secret"] = Secret,
            ["WeChat's app secret"] = AppSecret,
            ["WeChat's push token"] = PushToken,
            ["WeChat's key"] = AesKey,
            ["WeChat's access token"] = AccessToken,
            ["a phone number"] = Number,
            ["a number of a text message"] = OtherNumber,
            ["what a customer wrote"] = Words,
            ["what an agent wrote"] = Reply,
            ["a customer's token"] = _gateway.Token("s1", phone: Number),
            ["an agent's token"] = _gateway.Token("li", Role.Agent),
            ["an admin's token"] = _gateway.Token("boss", Role.CampusAdmin),
        };
        await using (var agent = await _gateway.AtWork("li"))
        {
            await OnThePages(agent, secrets);
            await OnOtherChannels(agent);
            await Administration(secrets);
        }
        await Refused(secrets);

        _log.Lines.Count.ShouldBeGreaterThan(0);
        foreach (var (what, secret) in secrets)
        {
            var part = secret.Length > 60 ? secret[^40..^5] : secret;
            _log.Lines.Where(line => line.Contains(part, StringComparison.Ordinal)).ShouldBeEmpty(what);
        }
    }

    private async Task OnThePages(Page agent, Dictionary<string, string> secrets)
    {
        var opened = await _gateway.Post("/api/v1/campuses/north/tickets", secrets["a customer's token"], new { text = Words });
        var ticket = opened.Json.GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await agent.Take(ticket);
        await agent.Do("ShowPhone", ticket);
        await agent.Do("Post", ticket, "a1", Reply);
        await agent.Do("Note", ticket, "n1", Words);
        await agent.Do("Promise", ticket, DateTimeOffset.UtcNow.AddHours(1), Reply);
        await agent.Do("Resolve", ticket, "solved", Words);
        (await _gateway.Post($"/api/v1/campuses/north/tickets/{ticket}/rating", secrets["a customer's token"], new { stars = 5, comment = Words })).Status.ShouldBe(HttpStatusCode.OK);
        await _gateway.Post("/api/v1/campuses/north/tickets", secrets["a customer's token"], "{\"text\": \"" + Words + "\", \"orderNumber\": 7}");
    }

    private async Task OnOtherChannels(Page agent)
    {
        var sms = (await Signed("sms", new { from = OtherNumber, text = Words, id = "t1" })).Json[0].GetProperty("ticketId").GetString()!;
        await agent.Take(sms);
        await agent.Do("Post", sms, "a1", Reply);
        (await _provider.Next()).Path.ShouldBe("/sms");
        (await Signed("webhook", new { type = "link", channel = "sms", address = Number, customerId = "s1" })).Status.ShouldBe(HttpStatusCode.OK);
        (await Signed("webhook", new { type = "message", id = "m1", text = Words, customer = new { id = "agent:li", phone = Number } })).Status.ShouldBe(HttpStatusCode.BadRequest);
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
        var plain = $"<xml><ToUserName>gh</ToUserName><FromUserName>openid-1</FromUserName><CreateTime>{at}</CreateTime><MsgType>image</MsgType><MediaId>m-1</MediaId><MsgId>1</MsgId></xml>";
        var encrypted = Crypto.Encrypt(Encoding.UTF8.GetBytes(plain), RandomNumberGenerator.GetBytes(16));
        var pushed = await _gateway.Post(
            $"/channels/wechat/north?signature={Crypto.Sign(at, "n")}&timestamp={at}&nonce=n&msg_signature={Crypto.Sign(at, "n", encrypted)}", body: $"<xml><Encrypt>{encrypted}</Encrypt></xml>");
        pushed.Status.ShouldBe(HttpStatusCode.OK, pushed.Body);
    }

    private async Task Administration(Dictionary<string, string> secrets)
    {
        var admin = secrets["an admin's token"];
        secrets["an API key"] = (await _gateway.Post("/api/v1/campuses/north/keys", admin, new { name = "server", scopes = new[] { "tickets:read" } })).Json.GetProperty("key").GetString()!;
        await _gateway.Get("/api/v1/campuses/north/tickets/0123456789abcdef", secrets["an API key"]);
        foreach (var path in new[] { "/hook", "/broken" })
        {
            var begun = (await _gateway.Post("/api/v1/campuses/north/webhooks", admin, new { url = _provider.Url + path })).Json;
            secrets[$"the secret of {path}"] = begun.GetProperty("secret").GetString()!;
            await _gateway.Post($"/api/v1/campuses/north/webhooks/{begun.GetProperty("webhook").GetProperty("id").GetString()}/test", admin);
        }
        (await _gateway.Post("/api/v1/campuses/north/customers/s1/export", admin)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Post("/api/v1/campuses/north/customers/s1/erasure", admin, new { closeOpen = true })).Status.ShouldBe(HttpStatusCode.OK);
        var demo = await _gateway.Post("/demo/tokens", body: new { campus = "north", role = "Customer", sub = "s5", phone = Number });
        secrets["a demo token"] = demo.Json.GetProperty("token").GetString()!;
    }

    private async Task Refused(Dictionary<string, string> secrets)
    {
        foreach (var token in secrets.Where(static secret => secret.Key.EndsWith("token", StringComparison.Ordinal) || secret.Key.EndsWith("key", StringComparison.Ordinal)).Select(static secret => Uri.EscapeDataString(secret.Value)).ToList())
        {
            await _gateway.Get($"/hubs/customer?access_token={token}");
            await _gateway.Post($"/hubs/agent/negotiate?negotiateVersion=1&access_token={token}");
            await _gateway.Get($"/channels/wechat/north?signature={token}&timestamp=1&nonce=n&echostr={token}");
        }
    }

    private async Task<Heard> Signed(string channel, object message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/channels/{channel}/north") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add(WebhookSignature.TimestampHeader, at.ToString());
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign([Encoding.UTF8.GetBytes(Secret)], at, body));
        using var response = await _gateway.Http.SendAsync(request);
        return await Heard.Of(response);
    }
}
