using System.Text;
using System.Xml.Linq;
using CampusCare.Channels.WeChat;

namespace CampusCare.Channels.Tests;

/// <summary>WeChat's message push, by the documented shapes and the published example of its encryption.</summary>
public sealed class WeChatPushTests
{
    private const string AppId = "wx2c2769f8efd9abc2", Token = "spamtest", Key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private const string Timestamp = "1409735669", Nonce = "1320562132", MessageSignature = "5d197aaffba7e9b25a30732f161a50dee96bd5fa";

    private const string Encrypted =
        "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=";

    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1409735669);
    private static readonly WeChatCrypto Crypto = new(Token, AppId, Key);

    [Fact]
    public void The_published_example_is_decrypted()
    {
        var inbound = new WeChatPush(Crypto, null, false).Receive(Post($"<xml><ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName><Encrypt><![CDATA[{Encrypted}]]></Encrypt></xml>", MessageSignature), Now);
        inbound.Fault.ShouldBeNull(inbound.Detail);
        var contact = inbound.Contacts.ShouldHaveSingleItem();
        (contact.MessageId, contact.Text, contact.GoesOn).ShouldBe(("6054768590064713728", "abcdteT", true));
        inbound.Answer!.Body.ShouldBe("success");
    }

    [Fact]
    public void The_address_is_proved_by_the_echo()
    {
        var push = new WeChatPush(Crypto, null, false);
        push.Receive(Get("5837397520665436490", Crypto.Sign(Timestamp, Nonce)), Now).Answer!.Body.ShouldBe("5837397520665436490");
        push.Receive(Get("1", Crypto.Sign(Timestamp, "another")), Now).Fault.ShouldBe(InboundFault.Unsigned);
        push.Receive(Get("1", Crypto.Sign(Timestamp, Nonce)), Now.AddMinutes(6)).Fault.ShouldBe(InboundFault.Stale);
    }

    [Theory]
    [InlineData("<xml><FromUserName><![CDATA[o1]]></FromUserName><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[在吗]]></Content><MsgId>7</MsgId></xml>", "在吗")]
    [InlineData("<xml><FromUserName><![CDATA[o1]]></FromUserName><MsgType><![CDATA[image]]></MsgType><PicUrl><![CDATA[http://p]]></PicUrl><MediaId><![CDATA[m1]]></MediaId><MsgId>7</MsgId></xml>", "[图片 · picture]")]
    [InlineData("<xml><FromUserName><![CDATA[o1]]></FromUserName><MsgType><![CDATA[voice]]></MsgType><MediaId><![CDATA[m1]]></MediaId><Recognition><![CDATA[还没到]]></Recognition><MsgId>7</MsgId></xml>", "还没到")]
    [InlineData("<xml><FromUserName><![CDATA[o1]]></FromUserName><MsgType><![CDATA[location]]></MsgType><Location_X>23.1</Location_X><Location_Y>113.3</Location_Y><Label><![CDATA[三食堂]]></Label><MsgId>7</MsgId></xml>", "[位置 · place] 三食堂 (23.1, 113.3)")]
    [InlineData("""{"ToUserName":"gh","FromUserName":"o1","CreateTime":1482048670,"MsgType":"text","Content":"在吗","MsgId":7}""", "在吗")]
    [InlineData("""{"ToUserName":"gh","FromUserName":"o1","CreateTime":1482048670,"MsgType":"miniprogrampage","Title":"订单","AppId":"wx","PagePath":"p","MsgId":7}""", "[小程序卡片 · card] 订单")]
    public void Each_kind_of_message_has_words(string body, string text)
    {
        foreach (var request in new[] { Post(body), Secret(body) })
        {
            var plain = request.Body.Span.IndexOf("Encrypt"u8) < 0;
            var contact = new WeChatPush(plain ? new WeChatCrypto(Token, AppId, null) : Crypto, null, true).Receive(request, Now).Contacts.ShouldHaveSingleItem();
            (contact.Text, contact.Address, contact.MessageId).ShouldBe((text, "o1", "7"));
            if (body.Contains("MediaId")) contact.Attachments.ShouldHaveSingleItem().Reference.ShouldBe("m1");
        }
    }

    [Fact]
    public void Events_are_heard_and_are_no_contacts()
    {
        foreach (var body in new[]
        {
            "<xml><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[subscribe]]></Event></xml>",
            """{"FromUserName":"o1","CreateTime":1,"MsgType":"event","Event":"user_enter_tempsession","SessionFrom":"s"}""",
        })
        {
            var inbound = new WeChatPush(Crypto, "收到", false).Receive(Secret(body), Now);
            (inbound.Fault, inbound.Contacts.Length, inbound.Answer!.Body).ShouldBe((null, 0, "success"));
        }
    }

    [Fact]
    public void A_passive_reply_is_encrypted_signed_and_turned_around()
    {
        var push = new WeChatPush(Crypto, "收到,马上为您转接 & <好>", false);
        var answer = push.Receive(Secret("<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content>在吗</Content><MsgId>7</MsgId></xml>"), Now).Answer!;
        var outer = XElement.Parse(answer.Body);
        var encrypted = outer.Element("Encrypt")!.Value;
        outer.Element("MsgSignature")!.Value.ShouldBe(Crypto.Sign(outer.Element("TimeStamp")!.Value, outer.Element("Nonce")!.Value, encrypted));
        var inner = XElement.Parse(Encoding.UTF8.GetString(Crypto.Decrypt(encrypted)!));
        (inner.Element("ToUserName")!.Value, inner.Element("FromUserName")!.Value, inner.Element("Content")!.Value).ShouldBe(("o1", "gh", "收到,马上为您转接 & <好>"));
    }

    [Fact]
    public void What_is_not_for_this_account_is_not_believed()
    {
        var push = new WeChatPush(Crypto, null, false);
        const string Body = "<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content>x</Content><MsgId>7</MsgId></xml>";
        push.Receive(Post(Body), Now).Fault.ShouldBe(InboundFault.Unsigned, "plain where encrypted is set up");
        push.Receive(Secret(Body, new WeChatCrypto(Token, "wx-another-app", Key)), Now).Fault.ShouldBe(InboundFault.Unsigned, "another app's");
        push.Receive(Secret(Body, new WeChatCrypto(Token, AppId, new string('b', 42) + "A")), Now).Fault.ShouldBe(InboundFault.Unsigned, "another key");
        push.Receive(Post($"<xml><Encrypt>{Encrypted}</Encrypt></xml>", new string('0', 40)), Now).Fault.ShouldBe(InboundFault.Unsigned, "another signature");
        push.Receive(Post("<!DOCTYPE x [<!ENTITY a \"b\">]><xml>&a;</xml>"), Now).Fault.ShouldBe(InboundFault.Unsigned);
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(1);
        foreach (var push in new[] { new WeChatPush(Crypto, null, false), new WeChatPush(new WeChatCrypto(Token, AppId, null), null, true) })
            for (var i = 0; i < 2_000; i++)
            {
                var bytes = new byte[random.Next(200)];
                random.NextBytes(bytes);
                if (i % 3 == 0) bytes = [.. "<xml><FromUserName>o</FromUserName>"u8, .. bytes];
                var encrypted = Convert.ToBase64String(bytes);
                push.Receive(Post(bytes, ""), Now).ShouldNotBeNull();
                push.Receive(Post($"<xml><Encrypt>{encrypted}</Encrypt></xml>", Crypto.Sign(Timestamp, Nonce, encrypted)), Now).ShouldNotBeNull();
                var secret = Crypto.Encrypt(bytes, new byte[16]);
                push.Receive(Post($"<xml><Encrypt>{secret}</Encrypt></xml>", Crypto.Sign(Timestamp, Nonce, secret)), Now).ShouldNotBeNull();
            }
    }

    private static ChannelRequest Secret(string body, WeChatCrypto? crypto = null)
    {
        var encrypted = (crypto ?? Crypto).Encrypt(Encoding.UTF8.GetBytes(body), new byte[16]);
        return body[0] == '{' ? Post($$"""{"ToUserName":"gh","Encrypt":"{{encrypted}}"}""", Crypto.Sign(Timestamp, Nonce, encrypted)) : Post($"<xml><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>", Crypto.Sign(Timestamp, Nonce, encrypted));
    }

    private static ChannelRequest Post(string body, string messageSignature = "") => Post(Encoding.UTF8.GetBytes(body), messageSignature);

    private static ChannelRequest Post(byte[] body, string messageSignature) => new("POST", new Dictionary<string, string>
    {
        ["signature"] = Crypto.Sign(Timestamp, Nonce),
        ["timestamp"] = Timestamp,
        ["nonce"] = Nonce,
        ["encrypt_type"] = "aes",
        ["msg_signature"] = messageSignature,
        ["openid"] = "o1",
    }, new Dictionary<string, string>(), body);

    private static ChannelRequest Get(string echo, string signature) => new("GET", new Dictionary<string, string>
    {
        ["signature"] = signature,
        ["timestamp"] = Timestamp,
        ["nonce"] = Nonce,
        ["echostr"] = echo,
    }, new Dictionary<string, string>(), default);
}
