namespace CampusCare.Gateway.Live;

/// <summary>Work that nobody awaits.</summary>
internal static partial class Background
{
    /// <summary>Such work has no caller to tell its failure to, so the log hears it.</summary>
    public static async Task Logged(this Task work, ILogger log)
    {
        try
        {
            await work;
        }
        catch (Exception error)
        {
            Failed(log, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work in the background failed.")]
    private static partial void Failed(ILogger log, Exception error);
}
