using System.Net;
using System.Security.Cryptography;
using System.Text;
using CampusCare.Channels.WeChat;

namespace CampusCare.Gateway.Tests.Channels;

/// <summary>An official account and a mini-program over real sockets, with WeChat's API played by a provider on loopback.</summary>
public sealed class WeChatChannelTests : IAsyncLifetime
{
    private const string AppId = "wx0123456789abcdef", Token = "north-token", Key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    private static readonly WeChatCrypto Crypto = new(Token, AppId, Key);

    private readonly Queue<int> _codes = new();
    private FakeProvider _weChat = null!;
    private GatewayProcess _gateway = null!;
    private int _tokens;

    public async Task InitializeAsync()
    {
        _weChat = await FakeProvider.Start();
        _weChat.Answers = call => (200, call.Path == "/cgi-bin/stable_token"
            ? $$"""{"access_token":"token-{{++_tokens}}","expires_in":7200}"""
            : $$"""{"errcode":{{(_codes.TryDequeue(out var code) ? code : 0)}},"errmsg":"said so"}""");
        var settings = new Dictionary<string, string?>();
        foreach (var channel in new[] { "WeChat", "MiniProgram" })
            foreach (var (key, value) in new[] { ("AppId", AppId), ("AppSecret", "app-secret"), ("Token", Token), ("EncodingAesKey", Key), ("Api", _weChat.Url) })
                settings[$"Channels:north:{channel}:{key}"] = value;
        settings["Channels:north:WeChat:Acknowledgement"] = "收到,马上为您转接";
        _gateway = await GatewayProcess.Start(settings);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _weChat.DisposeAsync();
    }

    [Theory]
    [InlineData("wechat", "weChat")]
    [InlineData("miniprogram", "miniProgram")]
    public async Task A_word_in_WeChat_is_answered_in_WeChat_with_one_token_for_all(string path, string channel)
    {
        await using var agent = await _gateway.AtWork("li");
        var heard = await Say(path, "o-1", "101", "我的外卖一个小时了还没到");
        heard.Status.ShouldBe(HttpStatusCode.OK, heard.Body);
        if (path == "wechat") heard.Body.ShouldContain("<Encrypt>");
        else heard.Body.ShouldBe("success");
        var offer = await agent.Pushed("Offered");
        offer.GetProperty("ticket").GetProperty("channel").GetString().ShouldBe(channel);
        var ticket = offer.GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await agent.Take(ticket);
        await agent.Do("Post", ticket, "a1", "马上帮您查");
        await agent.Do("Post", ticket, "a2", "骑手已到楼下");

        (await _weChat.Next()).Json.GetProperty("appid").GetString().ShouldBe(AppId);
        foreach (var words in new[] { "马上帮您查", "骑手已到楼下" })
        {
            var sent = await _weChat.Next();
            (sent.Path, sent.Query["access_token"]).ShouldBe(("/cgi-bin/message/custom/send", "token-1"));
            sent.Body.ShouldBe($$$"""{"touser":"o-1","msgtype":"text","text":{"content":"{{{words}}}"}}""");
        }
        await Say(path, "o-1", "101", "我的外卖一个小时了还没到");
        await Say(path, "o-1", "102", "谢谢");
        await agent.Pushed("TicketChanged", news => news.GetProperty("events").EnumerateArray().Any(happened => happened.GetProperty("messageId").ToString() == "102"));
        agent.Events(ticket).Count(happened => happened.GetProperty("messageId").ToString() == "101").ShouldBe(0, "brought again it is no new message");
    }

    [Fact]
    public async Task A_picture_is_fetched_cleaned_and_kept_once_with_a_new_token_when_the_old_one_ended()
    {
        _codes.Enqueue(42001);
        var file = Pictures.With("image/jpeg", "secret");
        _weChat.Files = call => call.Path == "/cgi-bin/media/get" && _codes.Count == 0 ? ("image/jpeg", file) : null;
        await using var agent = await _gateway.AtWork("li");
        (await Say("wechat", "o-2", "201", Image("media-1"))).Status.ShouldBe(HttpStatusCode.OK);
        var ticket = (await agent.Pushed("Offered")).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        (await Say("wechat", "o-2", "201", Image("media-1"))).Status.ShouldBe(HttpStatusCode.OK);

        var seen = await agent.Take(ticket);
        var picture = seen.GetProperty("events").EnumerateArray().Single(happened => happened.GetProperty("type").GetString() == "evidence");
        picture.GetProperty("author").GetString().ShouldBe("customer");
        var kept = await _gateway.Http.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/campuses/north/tickets/{ticket}/evidence/{picture.GetProperty("evidence").GetProperty("hash").GetString()}") { Headers = { Authorization = new("Bearer", _gateway.Token("li", Gateway.Identity.Role.Agent)) } });
        (await kept.Content.ReadAsByteArrayAsync()).AsSpan().IndexOf("secret"u8).ShouldBe(-1);
        var asked = _weChat.Calls.Where(call => call.Path == "/cgi-bin/media/get").ToList();
        asked.ShouldAllBe(call => call.Query["media_id"] == "media-1");
        asked[0].Query["access_token"].ShouldBe("token-1");
        asked[1].Query["access_token"].ShouldBe("token-2");
    }

    [Theory]
    [InlineData(40007, HttpStatusCode.OK)] // gone: the words alone
    [InlineData(-1, HttpStatusCode.ServiceUnavailable)] // WeChat is busy, and asks again
    public async Task A_picture_that_can_t_be_had_is_asked_for_again_or_left_out(int code, HttpStatusCode status)
    {
        _codes.Enqueue(code);
        await using var agent = await _gateway.AtWork("li");
        (await Say("wechat", "o-3", "301", Image("media-2"))).Status.ShouldBe(status);
        var ticket = (await agent.Pushed("Offered")).GetProperty("ticket");
        ticket.GetProperty("subject").GetString().ShouldBe("[图片 · picture]", "what was said is kept in any case");
    }

    private static string Image(string media) => $"\0{media}";

    [Fact]
    public async Task An_expired_token_is_replaced_and_the_reply_goes_out()
    {
        _codes.Enqueue(42001);
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Opened(agent);
        await agent.Do("Post", ticket, "a1", "在");
        await agent.Event(ticket, "replySent");
        _weChat.Calls.Select(call => call.Path.Split('/')[^1]).ShouldBe(["stable_token", "send", "stable_token", "send"]);
        _weChat.Calls[2].Json.GetProperty("force_refresh").GetBoolean().ShouldBeTrue();
        _weChat.Calls[3].Query["access_token"].ShouldBe("token-2");
    }

    [Theory]
    [InlineData(45015, "replyFailed", "outsideWindow")]
    [InlineData(45047, "replyFailed", "noReplyLeft")]
    [InlineData(43004, "replyFailed", "addressRefused")]
    [InlineData(45009, "replyDelayed", "quotaUsedUp")]
    [InlineData(-1, "replyDelayed", "providerFailed")]
    public async Task What_WeChat_refuses_has_a_name(int code, string happened, string why)
    {
        _codes.Enqueue(code);
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Opened(agent);
        await agent.Do("Post", ticket, "a1", "在");
        (await agent.Event(ticket, happened)).GetProperty("detail").GetString().ShouldBe(why);
    }

    [Fact]
    public async Task A_reply_too_long_for_WeChat_is_not_tried()
    {
        await using var agent = await _gateway.AtWork("li");
        var ticket = await Opened(agent);
        await agent.Do("Post", ticket, "a1", new string('长', 700));
        (await agent.Event(ticket, "replyFailed")).GetProperty("detail").GetString().ShouldBe("tooLong");
        _weChat.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_address_is_proved_by_the_echo_and_nobody_else_is_heard()
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
        (await _gateway.Get($"/channels/wechat/north?signature={Crypto.Sign(at, "n")}&timestamp={at}&nonce=n&echostr=77")).Body.ShouldBe("77");
        (await _gateway.Get($"/channels/wechat/north?signature={Crypto.Sign(at, "x")}&timestamp={at}&nonce=n&echostr=77")).ShouldBeProblem(401, "unauthorized");
        (await _gateway.Get("/channels/wechat/north")).ShouldBeProblem(401, "unauthorized");
    }

    private async Task<string> Opened(Page agent)
    {
        await Say("wechat", "o-1", "101", "我的外卖一个小时了还没到");
        var ticket = (await agent.Pushed("Offered")).GetProperty("ticket").GetProperty("ticketId").GetString()!;
        await agent.Take(ticket);
        return ticket;
    }

    private Task<Heard> Say(string path, string openId, string messageId, string text)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
        var nonce = RandomNumberGenerator.GetHexString(8);
        var isJson = path == "miniprogram";
        var plain = text.StartsWith('\0') ? $"<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName><![CDATA[{openId}]]></FromUserName><CreateTime>{at}</CreateTime><MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://mmbiz.example/1]]></PicUrl><MediaId><![CDATA[{text[1..]}]]></MediaId><MsgId>{messageId}</MsgId></xml>"
            : isJson
            ? $$"""{"ToUserName":"gh","FromUserName":"{{openId}}","CreateTime":{{at}},"MsgType":"text","Content":"{{text}}","MsgId":{{messageId}}}"""
            : $"<xml><ToUserName><![CDATA[gh]]></ToUserName><FromUserName><![CDATA[{openId}]]></FromUserName><CreateTime>{at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content><MsgId>{messageId}</MsgId></xml>";
        var encrypted = Crypto.Encrypt(Encoding.UTF8.GetBytes(plain), RandomNumberGenerator.GetBytes(16));
        var body = isJson ? $$"""{"ToUserName":"gh","Encrypt":"{{encrypted}}"}""" : $"<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>";
        return _gateway.Post($"/channels/{path}/north?signature={Crypto.Sign(at, nonce)}&timestamp={at}&nonce={nonce}&openid={openId}&encrypt_type=aes&msg_signature={Crypto.Sign(at, nonce, encrypted)}", body: body);
    }
}
