using System.Text;
using System.Text.RegularExpressions;

namespace CampusCare.Channels.Email;

/// <summary>Encoded words (RFC 2047) and character sets of mail.</summary>
internal static partial class MailText
{
    static MailText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The encoding of a name in a mail; UTF-8 for one that nobody knows. GB2312 and GBK are read as what they became.</summary>
    public static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset?.Trim('"', ' ').ToLowerInvariant() switch
            {
                null or "" or "us-ascii" or "utf-8" => Encoding.UTF8,
                "gb2312" or "gbk" => Encoding.GetEncoding("gb18030"),
                var name => Encoding.GetEncoding(name),
            };
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return Encoding.UTF8;
        }
    }

    /// <summary>A header's words; spaces between two encoded words are none.</summary>
    public static string Decode(string header) =>
        EncodedWord().Replace(Between().Replace(header, "$1"), static word => Decode(word) ?? word.Value);

    /// <summary>Text in quoted-printable.</summary>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> text, bool isHeader = false)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isHeader && c == '_') bytes.Add((byte)' ');
            else if (c != '=') bytes.Add(c);
            else if (i + 2 < text.Length && HexOf(text[i + 1]) is >= 0 and var high && HexOf(text[i + 2]) is >= 0 and var low)
            {
                bytes.Add((byte)(high << 4 | low));
                i += 2;
            }
            else if (i + 1 < text.Length && text[i + 1] == '\r') i += 2; // a soft line break
            else if (i + 1 < text.Length && text[i + 1] == '\n') i += 1;
        }
        return [.. bytes];
    }

    private static string? Decode(Match word)
    {
        var (charset, how, text) = (word.Groups[1].Value.Split('*')[0], word.Groups[2].Value, word.Groups[3].Value);
        if (how is "Q" or "q") return EncodingOf(charset).GetString(QuotedPrintable(Encoding.Latin1.GetBytes(text), isHeader: true));
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? EncodingOf(charset).GetString(bytes, 0, length) : null;
    }

    private static int HexOf(byte c) => char.IsAsciiHexDigit((char)c) ? Convert.ToInt32(((char)c).ToString(), 16) : -1;

    [GeneratedRegex(@"=\?([^?\s]{1,40})\?([BbQq])\?([^?\s]*)\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(\?=)\s+(?==\?)")]
    private static partial Regex Between();
}

/// <summary>The headers of a mail or of a part, unfolded.</summary>
internal sealed class MailHeaders
{
    /// <summary>Headers that are looked at.</summary>
    public const int Maximum = 256;

    private readonly List<(string Name, string Value)> _all = [];

    /// <summary>The raw value; empty when it isn't there.</summary>
    public string this[string name] => _all.Find(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    /// <summary>Whether there is such a header.</summary>
    public bool Has(string name) => _all.Exists(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds one.</summary>
    public void Add(string name, string value)
    {
        if (_all.Count < Maximum) _all.Add((name, value));
    }

    /// <summary>Reads headers up to the empty line.</summary>
    /// <returns>The headers, and where the body begins.</returns>
    public static (MailHeaders Headers, int Body) Read(ReadOnlySpan<byte> mail)
    {
        var headers = new MailHeaders();
        var (name, value, at) = ("", new StringBuilder(), 0);
        while (at < mail.Length)
        {
            var end = mail[at..].IndexOf((byte)'\n');
            var next = end < 0 ? mail.Length : at + end + 1;
            var line = Encoding.UTF8.GetString(mail[at..next]).TrimEnd('\r', '\n');
            at = next;
            if (line.Length == 0) break;
            if (line[0] is ' ' or '\t')
            {
                value.Append(' ').Append(line.Trim());
                continue;
            }
            if (name.Length > 0) headers.Add(name, value.ToString());
            var colon = line.IndexOf(':');
            name = colon > 0 ? line[..colon].Trim() : "";
            value.Clear().Append(colon > 0 ? line[(colon + 1)..].Trim() : "");
        }
        if (name.Length > 0) headers.Add(name, value.ToString());
        return (headers, at);
    }
}
