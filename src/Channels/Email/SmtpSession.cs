using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace CampusCare.Channels.Email;

/// <summary>What a mail server hands over.</summary>
/// <param name="From">The return path; empty for a report.</param>
/// <param name="To">One of our mailboxes.</param>
/// <param name="Bytes">The mail.</param>
public sealed record Letter(string From, string To, ReadOnlyMemory<byte> Bytes);

/// <summary>What became of a mail.</summary>
public enum LetterTaken
{
    /// <summary>It is stored.</summary>
    Stored,

    /// <summary>Not now: the mail server tries again.</summary>
    Later,

    /// <summary>Never.</summary>
    Refused,
}

/// <summary>
/// One conversation with a mail server (RFC 5321), as the last hop behind the campus's own: no relaying, no sign-in.
/// A mail is acknowledged after it is stored, and not before.
/// </summary>
/// <param name="stream">The connection.</param>
/// <param name="takes">Whether an address is one of our mailboxes.</param>
/// <param name="take">Stores a mail.</param>
/// <param name="maximumBytes">The largest mail.</param>
public sealed class SmtpSession(Stream stream, Func<string, bool> takes, Func<Letter, Task<LetterTaken>> take, int maximumBytes)
{
    /// <summary>The longest command or line.</summary>
    public const int MaximumLine = 4096;

    /// <summary>Mailboxes of one mail.</summary>
    public const int MaximumRecipients = 16;

    private readonly PipeReader _reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
    private readonly List<string> _to = [];
    private string? _from;

    /// <summary>Talks until the other side has enough.</summary>
    public async Task Run(CancellationToken stop)
    {
        await Say("220 CampusCare", stop);
        while (await Line(stop) is { } line)
        {
            var (verb, rest) = Encoding.Latin1.GetString(line) is var text && text.IndexOf(' ') is > 0 and var space ? (text[..space], text[(space + 1)..]) : (text, "");
            switch (verb.ToUpperInvariant())
            {
                case "QUIT":
                    await Say("221 Bye", stop);
                    return;
                case "DATA" when _to.Count > 0:
                    await Say(await Data(stop), stop);
                    Forget();
                    break;
                default:
                    await Say(Answer(verb.ToUpperInvariant(), rest), stop);
                    break;
            }
        }
    }

    private string Answer(string verb, string rest)
    {
        switch (verb)
        {
            case "EHLO":
                Forget();
                return $"250-CampusCare\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {maximumBytes}";
            case "HELO" or "RSET":
                Forget();
                return "250 OK";
            case "NOOP":
                return "250 OK";
            case "MAIL" when PathOf(rest, "FROM:") is { } from:
                Forget();
                _from = from;
                return "250 OK";
            case "RCPT" when _from is not null && PathOf(rest, "TO:") is { } to:
                if (!takes(to)) return "550 5.1.1 No such mailbox";
                if (_to.Count == MaximumRecipients) return "452 4.5.3 Too many mailboxes";
                _to.Add(to);
                return "250 OK";
            case "DATA" or "RCPT":
                return "503 5.5.1 MAIL and RCPT come first";
            case "VRFY":
                return "252 2.1.5 Send it and see";
            default:
                return "500 5.5.2 Not understood";
        }
    }

    private async Task<string> Data(CancellationToken stop)
    {
        await Say("354 Go on", stop);
        var mail = new ArrayBufferWriter<byte>();
        var isTooLarge = false;
        while (true)
        {
            if (await Line(stop) is not { } line) throw new IOException("The mail ended in the middle.");
            if (line is [(byte)'.']) break;
            var start = line.Length > 0 && line[0] == (byte)'.' ? 1 : 0;
            isTooLarge |= mail.WrittenCount + line.Length > maximumBytes;
            if (isTooLarge) continue;
            mail.Write(line.AsSpan(start));
            mail.Write("\r\n"u8);
        }
        if (isTooLarge) return "552 5.3.4 Too large";
        foreach (var to in _to)
        {
            var taken = await take(new Letter(_from!, to, mail.WrittenMemory));
            if (taken != LetterTaken.Stored) return taken == LetterTaken.Later ? "451 4.3.0 Not now; try again" : "554 5.6.0 Not understood";
        }
        return "250 2.0.0 Stored";
    }

    private void Forget()
    {
        _from = null;
        _to.Clear();
    }

    private static string? PathOf(string rest, string word)
    {
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return null;
        var path = rest[word.Length..].TrimStart();
        var end = path.IndexOf('>');
        return path.StartsWith('<') && end > 0 ? path[1..end] : null;
    }

    private async Task<byte[]?> Line(CancellationToken stop)
    {
        while (true)
        {
            var read = await _reader.ReadAsync(stop);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end).ToArray();
                _reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return line is [.., (byte)'\r'] ? line[..^1] : line;
            }
            if (read.Buffer.Length > MaximumLine) throw new IOException("A line is too long.");
            _reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    private ValueTask Say(string answer, CancellationToken stop) => stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), stop);
}
