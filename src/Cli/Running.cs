using CampusCare.Storage;
using Microsoft.Extensions.Options;

namespace CampusCare.Cli;

/// <summary>The program can't run, for a reason that the person at the keyboard can change.</summary>
internal sealed class CannotRunException(string message) : Exception(message);

/// <summary>Runs a command and names what stopped it, without a stack trace where none helps.</summary>
internal static class Running
{
    private const int CannotRun = 1;

    public static async Task<int> Named(Func<Task<int>> command, TextWriter? errors = null)
    {
        try
        {
            return await command();
        }
        catch (OptionsValidationException e)
        {
            return Say(string.Join(Environment.NewLine, e.Failures), errors);
        }
        catch (Exception e) when (e is CannotRunException or StorageUnavailableException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Say(e.Message, errors);
        }
    }

    private static int Say(string why, TextWriter? errors)
    {
        (errors ?? Console.Error).WriteLine($"campuscare: {why}");
        return CannotRun;
    }
}
