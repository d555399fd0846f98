using System.Globalization;

namespace CampusCare.Cli.Replay;

/// <summary>A span of time on the command line: <c>FROM..TO</c>, where a time without a zone is this machine's.</summary>
public readonly record struct ReplaySpan(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>What is said of a text that is no span.</summary>
    public const string Wanted = "--replay must be FROM..TO, such as 2026-11-21..2026-11-22 or 2026-11-21T17:30..2026-11-21T19:00+08:00, and end after it begins.";

    /// <summary>The span, or null.</summary>
    public static ReplaySpan? Parse(string text) =>
        text.Split("..") is [var from, var to] && Time(from) is { } begin && Time(to) is { } end && begin < end ? new ReplaySpan(begin, end) : null;

    private static DateTimeOffset? Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal | DateTimeStyles.AllowWhiteSpaces, out var time) ? time : null;
}
