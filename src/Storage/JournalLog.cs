using Microsoft.Extensions.Logging;

namespace CampusCare.Storage;

internal static partial class JournalLog
{
    [LoggerMessage(1, LogLevel.Warning, "A batch of {Count} appends wasn't stored: {Outcome}; tried one by one: {OneByOne}")]
    public static partial void BatchFailed(this ILogger logger, int count, AppendResult outcome, bool oneByOne);

    [LoggerMessage(2, LogLevel.Warning, "The outcome of a batch of {Count} appends is unknown, it is committed again: {Reason}")]
    public static partial void OutcomeUnknown(this ILogger logger, int count, string reason);

    [LoggerMessage(3, LogLevel.Error, "A batch of {Count} appends broke the journal's writer")]
    public static partial void BatchBroke(this ILogger logger, Exception broken, int count);

    [LoggerMessage(4, LogLevel.Information, "Applied migration {Version} {Name}")]
    public static partial void Migrated(this ILogger logger, int version, string name);
}
