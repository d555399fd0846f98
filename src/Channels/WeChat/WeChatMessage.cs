using System.Text;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace CampusCare.Channels.WeChat;

/// <summary>What WeChat pushes: named values, as XML for official accounts and as JSON (or XML) for mini-programs.</summary>
internal sealed class WeChatMessage
{
    private const int MaximumValues = 64;

    private readonly Dictionary<string, string> _values = [];

    private WeChatMessage()
    {
    }

    /// <summary>A value; empty when it isn't there.</summary>
    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <summary>Reads either form; null for anything else.</summary>
    public static WeChatMessage? Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var start = body.TrimStart(" \t\r\n\uFEFF"u8);
            return start.IsEmpty ? null : start[0] == (byte)'{' ? OfJson(start) : OfXml(start);
        }
        catch (Exception error) when (error is JsonException or XmlException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static WeChatMessage OfJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        using var json = JsonDocument.ParseValue(ref reader);
        var message = new WeChatMessage();
        foreach (var value in json.RootElement.EnumerateObject().Take(MaximumValues))
            if (value.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number) message._values[value.Name] = value.Value.ToString();
        return message;
    }

    // No document type, so no entities: nothing that could grow or reach out.
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    private static WeChatMessage OfXml(ReadOnlySpan<byte> body)
    {
        using var text = new StringReader(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body));
        using var reader = XmlReader.Create(text, Strict);
        var message = new WeChatMessage();
        foreach (var element in XElement.Load(reader).Elements().Take(MaximumValues))
            if (!element.HasElements) message._values[element.Name.LocalName] = element.Value;
        return message;
    }
}
