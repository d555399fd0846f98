using Microsoft.Extensions.Logging;

namespace CampusCare.Embedded.Runtime;

/// <summary>What the engine logs.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Information, "The embedded grain engine runs {Classes} grain classes in this process.")]
    public static partial void Started(ILogger log, int classes);

    [LoggerMessage(2, LogLevel.Information, "The embedded grain engine has stopped; {Count} activations were still at work.")]
    public static partial void Stopped(ILogger log, int count);

    [LoggerMessage(3, LogLevel.Error, "Activating {Activation} failed.")]
    public static partial void ActivationFailed(ILogger log, Exception exception, Activation activation);

    [LoggerMessage(4, LogLevel.Error, "Deactivating {Activation} failed.")]
    public static partial void DeactivationFailed(ILogger log, Exception exception, Activation activation);

    [LoggerMessage(5, LogLevel.Warning, "{Request} failed, and nobody waits for it.")]
    public static partial void OneWayFailed(ILogger log, Exception exception, GrainRequest request);

    [LoggerMessage(6, LogLevel.Debug, "{Request} was refused: {Limit} requests wait already.")]
    public static partial void Refused(ILogger log, GrainRequest request, int limit);

    [LoggerMessage(7, LogLevel.Error, "Reminder {Name} of {Grain} failed.")]
    public static partial void ReminderFailed(ILogger log, Exception exception, string name, GrainId grain);
}
