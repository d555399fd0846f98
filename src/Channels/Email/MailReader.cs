using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using MediaTypeNames = System.Net.Mime.MediaTypeNames;

namespace CampusCare.Channels.Email;

/// <summary>A mail as it matters here.</summary>
internal sealed record Mail(MailHeaders Headers, MailAddress? From, string Subject, string Text, List<InboundAttachment> Files, List<string> Letters)
{
    /// <summary>Ids of mails that it refers to, its own first reference last.</summary>
    public string References => $"{Headers["In-Reply-To"]} {Headers["References"]}";
}

/// <summary>
/// Reads MIME (RFC 5322, 2045–2047): parts are split by the framework's multipart reader, types are read by its header
/// classes. What is broken in part is read as far as it goes.
/// </summary>
internal sealed partial class MailReader
{
    /// <summary>Parts within parts.</summary>
    public const int MaximumDepth = 8;

    /// <summary>Parts of one mail that are read.</summary>
    public const int MaximumParts = 64;

    private readonly StringBuilder _plain = new(), _html = new();
    private readonly List<InboundAttachment> _files = [];
    private readonly List<string> _letters = [];
    private int _parts;

    /// <summary>Reads a mail.</summary>
    public static Mail Read(ReadOnlyMemory<byte> mail)
    {
        var reader = new MailReader();
        var (headers, body) = MailHeaders.Read(mail.Span);
        reader.Part(headers, mail[body..], 0);
        var text = reader._plain.Length > 0 ? reader._plain.ToString() : OfHtml(reader._html.ToString());
        return new Mail(headers, AddressOf(headers["From"]), MailText.Decode(headers["Subject"]).Trim(), text, reader._files, reader._letters);
    }

    private void Part(MailHeaders headers, ReadOnlyMemory<byte> body, int depth)
    {
        if (++_parts > MaximumParts || depth > MaximumDepth) return;
        var type = TypeOf(headers["Content-Type"]);
        var kind = type.MediaType.ToLowerInvariant();
        if (kind.StartsWith("multipart/", StringComparison.Ordinal) && type.Boundary is { Length: > 0 } boundary) Parts(boundary, body, depth);
        else if (kind is "message/rfc822" or "text/rfc822-headers") _letters.Add(MailHeaders.Read(body.Span).Headers["Message-ID"]);
        else if (FileOf(headers, type) is { } name) _files.Add(new InboundAttachment(name, kind, headers["Content-ID"]) { Bytes = kind.StartsWith("image/", StringComparison.Ordinal) ? BytesOf(headers, body) : null });
        else if (kind == MediaTypeNames.Text.Html) _html.Append(TextOf(headers, type, body));
        else if (kind.StartsWith("text/", StringComparison.Ordinal)) _plain.Append(TextOf(headers, type, body));
    }

    private void Parts(string boundary, ReadOnlyMemory<byte> body, int depth)
    {
        using var stream = new MemoryStream(body.ToArray());
        var reader = new MultipartReader(boundary, stream) { HeadersCountLimit = MailHeaders.Maximum };
        try
        {
            // The stream is in memory: nothing is waited for.
            while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
            {
                var headers = new MailHeaders();
                foreach (var header in section.Headers ?? []) headers.Add(header.Key, header.Value.ToString());
                using var content = new MemoryStream();
                section.Body.CopyTo(content);
                Part(headers, content.ToArray(), depth + 1);
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            // It ends in the middle: what was read stands.
        }
    }

    private static string TextOf(MailHeaders headers, ContentType type, ReadOnlyMemory<byte> body) =>
        MailText.EncodingOf(type.CharSet).GetString(BytesOf(headers, body));

    private static byte[] BytesOf(MailHeaders headers, ReadOnlyMemory<byte> body) => headers["Content-Transfer-Encoding"].Trim().ToLowerInvariant() switch
    {
        "base64" => OfBase64(body.Span),
        "quoted-printable" => MailText.QuotedPrintable(body.Span),
        _ => body.ToArray(),
    };

    private static byte[] OfBase64(ReadOnlySpan<byte> body)
    {
        try
        {
            return Convert.FromBase64String(Encoding.ASCII.GetString(body));
        }
        catch (FormatException)
        {
            return body.ToArray();
        }
    }

    private static string? FileOf(MailHeaders headers, ContentType type)
    {
        var disposition = headers["Content-Disposition"];
        var isText = type.MediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase);
        if (isText && !disposition.StartsWith("attachment", StringComparison.OrdinalIgnoreCase)) return null;
        var name = type.Name ?? FileName().Match(disposition).Groups[1].Value;
        return MailText.Decode(name is { Length: > 0 } ? name : type.MediaType);
    }

    private static ContentType TypeOf(string header)
    {
        try
        {
            return header.Length == 0 ? new ContentType("text/plain") : new ContentType(header.TrimEnd(';', ' '));
        }
        catch (FormatException)
        {
            return new ContentType("text/plain");
        }
    }

    private static MailAddress? AddressOf(string header) => MailAddress.TryCreate(MailText.Decode(header), out var address) || MailAddress.TryCreate(Angle().Match(header).Groups[1].Value, out address) ? address : null;

    private static string OfHtml(string html)
    {
        var lines = Breaks().Replace(Invisible.Replace(html, ""), "\n");
        return System.Net.WebUtility.HtmlDecode(Tags().Replace(lines, ""));
    }

    [GeneratedRegex("<([^<>]+)>")]
    private static partial Regex Angle();

    [GeneratedRegex("filename=\"?([^\";]+)")]
    private static partial Regex FileName();

    // Without backtracking: whatever a stranger wrote, it takes time in proportion to its length.
    private static readonly Regex Invisible = new(
        @"<script\b.*?</script>|<style\b.*?</style>|<head\b.*?</head>|<!--.*?-->|<blockquote\b.*", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.NonBacktracking);

    [GeneratedRegex(@"<br\s*/?>|</(p|div|li|tr|h\d)>", RegexOptions.IgnoreCase)]
    private static partial Regex Breaks();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tags();
}
