using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace CampusCare.Channels.WeChat;

/// <summary>WeChat's message push to an official account or a mini-program.</summary>
/// <param name="Crypto">The account's token, id and key.</param>
/// <param name="Acknowledgement">What the customer hears at once when a message came (official accounts only); null: nothing.</param>
/// <param name="IsMiniProgram">Whether the account is a mini-program.</param>
internal sealed record WeChatPush(WeChatCrypto Crypto, string? Acknowledgement, bool IsMiniProgram)
{
    /// <summary>How far WeChat's clock may be from ours; it asks again three times, each after five seconds.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private static readonly ChannelAnswer Success = new("text/plain; charset=utf-8", "success");

    public Inbound Receive(ChannelRequest request, DateTimeOffset now)
    {
        var (timestamp, nonce) = (request.Asked("timestamp"), request.Asked("nonce"));
        if (!Crypto.Fits(request.Asked("signature"), timestamp, nonce)) return Inbound.Refuse(InboundFault.Unsigned, "The signature doesn't fit the token.");
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || Math.Abs((decimal)at - now.ToUnixTimeSeconds()) > (decimal)Window.TotalSeconds)
            return Inbound.Refuse(InboundFault.Stale, "The timestamp is too far from this server's clock.");
        if (request.Method == "GET") return new Inbound { Answer = new ChannelAnswer("text/plain; charset=utf-8", request.Asked("echostr")) };
        return Open(request, timestamp, nonce) is { } message ? Read(message, timestamp, nonce) : Inbound.Refuse(InboundFault.Unsigned, "The message is not encrypted for this account.");
    }

    // With a key only encrypted messages are believed: the plain part of a request is not signed.
    private WeChatMessage? Open(ChannelRequest request, string timestamp, string nonce)
    {
        var outer = WeChatMessage.Read(request.Body.Span);
        if (!Crypto.Encrypts || outer is null) return outer;
        var encrypted = outer["Encrypt"];
        return Crypto.Fits(request.Asked("msg_signature"), timestamp, nonce, encrypted) && Crypto.Decrypt(encrypted) is { } plain ? WeChatMessage.Read(plain) : null;
    }

    private Inbound Read(WeChatMessage message, string timestamp, string nonce)
    {
        if (TextOf(message) is not { } text) return new Inbound { Answer = Success };
        var (openId, id) = (message["FromUserName"], message["MsgId"]);
        if (openId.Length == 0 || id.Length == 0) return Inbound.Refuse(InboundFault.Malformed, "FromUserName or MsgId is missing.");
        return new Inbound
        {
            Contacts = [new InboundContact(id, openId, text) { GoesOn = true, Attachments = FilesOf(message) }],
            Answer = Acknowledgement is { } words && !IsMiniProgram ? Passive(message["ToUserName"], openId, words, timestamp, nonce) : Success,
        };
    }

    // Null for what is no word of a customer: following, leaving, menus.
    private static string? TextOf(WeChatMessage message) => message["MsgType"] switch
    {
        "text" => message["Content"] is { Length: > 0 } text ? text : null,
        "image" => "[图片 · picture]",
        "voice" => message["Recognition"] is { Length: > 0 } heard ? heard : "[语音 · voice]",
        "video" or "shortvideo" => "[视频 · video]",
        "location" => $"[位置 · place] {message["Label"]} ({message["Location_X"]}, {message["Location_Y"]})",
        "link" => $"{message["Title"]} {message["Url"]}",
        "miniprogrampage" => $"[小程序卡片 · card] {message["Title"]}",
        _ => null,
    };

    private static ImmutableArray<InboundAttachment> FilesOf(WeChatMessage message) =>
        message["MediaId"] is { Length: > 0 } media ? [new InboundAttachment("", message["MsgType"], media)] : [];

    /// <summary>A passive reply: sender and receiver change places.</summary>
    private ChannelAnswer Passive(string account, string openId, string words, string timestamp, string nonce)
    {
        var plain = Xml(("ToUserName", openId), ("FromUserName", account), ("CreateTime", timestamp), ("MsgType", "text"), ("Content", words));
        if (!Crypto.Encrypts) return new ChannelAnswer("application/xml; charset=utf-8", plain);
        var encrypted = Crypto.Encrypt(Encoding.UTF8.GetBytes(plain), RandomNumberGenerator.GetBytes(16));
        return new ChannelAnswer("application/xml; charset=utf-8", Xml(
            ("Encrypt", encrypted), ("MsgSignature", Crypto.Sign(timestamp, nonce, encrypted)), ("TimeStamp", timestamp), ("Nonce", nonce)));
    }

    private static string Xml(params (string Name, string Value)[] values) =>
        new XElement("xml", values.Select(static value => new XElement(value.Name, new XCData(value.Value.Replace("]]>", "]] >", StringComparison.Ordinal))))).ToString(SaveOptions.DisableFormatting);
}
