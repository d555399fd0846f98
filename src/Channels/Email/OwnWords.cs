using System.Text.RegularExpressions;

namespace CampusCare.Channels.Email;

/// <summary>What somebody wrote in a mail, without what was quoted and without the signature.</summary>
internal static partial class OwnWords
{
    /// <summary>The own words; all of it when nothing would be left.</summary>
    public static string Of(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var own = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r', ' ', '\t', '\u00A0') is { Length: > 0 } words ? words : lines[i] == "-- " ? "-- " : "";
            if (lines[i].TrimEnd('\r') is "-- " || line == "--" || Introduces(line, i + 1 < lines.Length ? lines[i + 1] : "")) break;
            if (!line.TrimStart().StartsWith('>')) own.Add(line);
        }
        var result = string.Join('\n', own).Trim();
        return result.Length > 0 ? result : text.Trim();
    }

    // "On … wrote:", over one line or two; "… 写道："; Outlook's line and block of headers; sent from my phone.
    private static bool Introduces(string line, string next) =>
        Wrote().IsMatch(line) || (Began().IsMatch(line) && Wrote().IsMatch($"{line} {next.Trim()}")) || Separator().IsMatch(line) || (From().IsMatch(line) && Sent().IsMatch(next)) || Phone().IsMatch(line);

    [GeneratedRegex(@"^(On\b.{5,200}\bwrote:|.{3,200}(写道|寫道)\s*[:：])\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^(On\b|在\s*\d|于\s*\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Began();

    [GeneratedRegex(@"^\s*([-_]{2,}\s*(Original Message|Forwarded message|原始邮件|原邮件|转发邮件)\s*[-_]{2,}|_{20,})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s*\*?(From|发件人)\s*[:：]", RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"^\s*\*?(Sent|Date|To|发送时间|发送日期|收件人|日期)\s*[:：]", RegexOptions.IgnoreCase)]
    private static partial Regex Sent();

    [GeneratedRegex(@"^\s*(Sent from my \w+|发自我的\s?.{1,30}|从我的.{1,20}发送)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Phone();
}
