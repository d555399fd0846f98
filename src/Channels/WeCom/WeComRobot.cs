using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain.Tickets;

namespace CampusCare.Channels.WeCom;

/// <summary>A robot in a WeCom group: says things in markdown. It hears nothing.</summary>
public sealed class WeComRobot
{
    /// <summary>The longest message, in bytes of UTF-8.</summary>
    public const int MaximumBytes = 4096;

    /// <summary>WeCom takes 20 messages a minute.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1) / 20;

    private readonly Uri _address;
    private readonly ProviderHttp _http;

    private WeComRobot(Uri address, ProviderHttp http) => (_address, _http) = (address, http);

    internal static WeComRobot Create(WeComOptions options, SettingsReader settings, ProviderHttp http)
    {
        var key = settings.Secret(options.Key, "Key", "the key in the robot's address");
        return new WeComRobot(new Uri(settings.Address(options.Api, "Api")!, $"/cgi-bin/webhook/send?key={Uri.EscapeDataString(key)}"), http);
    }

    /// <summary>As many lines as one message holds, in order; at least one, cut if it must be.</summary>
    public static int Fit(IReadOnlyList<string> lines)
    {
        var (count, bytes) = (0, 0);
        while (count < lines.Count && (bytes += Encoding.UTF8.GetByteCount(lines[count]) + 1) <= MaximumBytes) count++;
        return Math.Max(1, count);
    }

    /// <summary>Says it. Never throws, and answers in seconds.</summary>
    public Task<Delivery> Say(string markdown)
    {
        while (Encoding.UTF8.GetByteCount(markdown) > MaximumBytes) markdown = markdown[..(markdown.Length * 3 / 4)];
        var body = JsonSerializer.SerializeToUtf8Bytes(new WeComMessage("markdown", new WeComMarkdown(markdown)), WeComJson.Default.WeComMessage);
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        return _http.Send(request, static (answer, text) => answer.IsSuccessStatusCode ? Of(text) : ProviderHttp.Of(answer));
    }

    private static Delivery Of(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, WeComJson.Default.WeComAnswer)?.Code switch
            {
                0 => Delivery.Sent,
                45009 => Delivery.Later(ReplyFault.QuotaUsedUp, TimeSpan.FromMinutes(1)),
                93000 => Delivery.Never(ReplyFault.CredentialsRefused),
                40058 => Delivery.Never(ReplyFault.ContentRefused),
                _ => Delivery.Later(ReplyFault.ProviderFailed),
            };
        }
        catch (JsonException)
        {
            return Delivery.Later(ReplyFault.ProviderFailed);
        }
    }
}

/// <summary>A message of a robot.</summary>
internal sealed record WeComMessage([property: JsonPropertyName("msgtype")] string Type, [property: JsonPropertyName("markdown")] WeComMarkdown Markdown);

/// <summary>Its words.</summary>
internal sealed record WeComMarkdown([property: JsonPropertyName("content")] string Content);

/// <summary>What WeCom answers.</summary>
internal sealed record WeComAnswer([property: JsonPropertyName("errcode")] int Code = 0);

[JsonSerializable(typeof(WeComMessage))]
[JsonSerializable(typeof(WeComAnswer))]
internal sealed partial class WeComJson : JsonSerializerContext;
