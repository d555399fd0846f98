using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain.Tickets;

namespace CampusCare.Channels.WeChat;

/// <summary>What WeChat's API answers: with status 200 always, and a code.</summary>
internal sealed record WeChatAnswer(
    [property: JsonPropertyName("errcode")] int Code = 0,
    [property: JsonPropertyName("access_token")] string? AccessToken = null,
    [property: JsonPropertyName("expires_in")] int ExpiresIn = 0)
{
    // The token is no longer, or never was, one.
    private static readonly int[] BadToken = [40001, 40014, 42001];

    /// <summary>Whether another token would help.</summary>
    public bool NeedsToken => BadToken.Contains(Code);

    /// <summary>The answer; null when it is none.</summary>
    public static WeChatAnswer? Read(string body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WeChatJson.Default.WeChatAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a code says of a file that it is not there, or not there any more.</summary>
    public static bool IsGone(int code) => code is 40007 or 40004 or 41006;

    /// <summary>What a code means for a reply.</summary>
    public static Delivery Of(int code) => code switch
    {
        0 => Delivery.Sent,
        45015 => Delivery.Never(ReplyFault.OutsideWindow),
        45047 => Delivery.Never(ReplyFault.NoReplyLeft),
        45002 => Delivery.Never(ReplyFault.TooLong),
        40003 or 43004 or 40030 => Delivery.Never(ReplyFault.AddressRefused),
        87014 or 44004 => Delivery.Never(ReplyFault.ContentRefused),
        // Counted by the day: asking every ten minutes is often enough.
        45009 => Delivery.Later(ReplyFault.QuotaUsedUp, TicketRules.LongestReplyPause),
        45011 => Delivery.Later(ReplyFault.QuotaUsedUp, TimeSpan.FromMinutes(1)),
        40001 or 40013 or 40014 or 40125 or 40164 or 41004 or 42001 or 48001 => Delivery.Later(ReplyFault.CredentialsRefused),
        _ => Delivery.Later(ReplyFault.ProviderFailed),
    };
}

/// <summary>Asks for an access token.</summary>
internal sealed record WeChatTokenRequest(
    [property: JsonPropertyName("grant_type")] string GrantType, [property: JsonPropertyName("appid")] string AppId,
    [property: JsonPropertyName("secret")] string Secret, [property: JsonPropertyName("force_refresh")] bool ForceRefresh);

/// <summary>A customer-service message.</summary>
internal sealed record WeChatReply([property: JsonPropertyName("touser")] string ToUser, [property: JsonPropertyName("msgtype")] string MsgType, [property: JsonPropertyName("text")] WeChatText Text);

/// <summary>Its words.</summary>
internal sealed record WeChatText([property: JsonPropertyName("content")] string Content);

[JsonSerializable(typeof(WeChatAnswer))]
[JsonSerializable(typeof(WeChatTokenRequest))]
[JsonSerializable(typeof(WeChatReply))]
internal sealed partial class WeChatJson : JsonSerializerContext
{
    /// <summary>WeChat shows \uXXXX as it stands, so words go as UTF-8.</summary>
    public static WeChatJson Plain { get; } = new(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
