using System.Globalization;
using System.Runtime.InteropServices;
using CampusCare.PeakHour.Profiles;

namespace CampusCare.Cli.Cluster;

/// <summary>Signals that the cluster's processes get.</summary>
internal enum Signal
{
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

/// <summary>
/// Which process we started: its number and when it began, so that another one that got the same number later is never
/// taken for it.
/// </summary>
internal sealed class PidFile(string path)
{
    // Fields of /proc/PID/stat after the name in brackets, which may hold blanks.
    private const int StateField = 0;
    private const int StartField = 19;
    private const int ParentField = 1;
    private const int UserField = 11; // Then the system's, and both of children that ended.
    private const int TicksPerSecond = 100;

    /// <summary>The process, when it is the one that we started and has not ended; else null.</summary>
    public int? Running => Read() is { } kept && Start(kept.Pid) == kept.Start ? kept.Pid : null;

    /// <summary>Whether it stands still (SIGSTOP).</summary>
    public bool IsPaused => Running is { } pid && Fields(pid) is { } fields && fields[StateField] == "T";

    /// <summary>Takes note of a process that we just started.</summary>
    public void Write(int pid) => File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{pid}\n{Start(pid) ?? "gone"}\n"));

    public void Remove() => File.Delete(path);

    /// <summary>Sends a signal to this process alone.</summary>
    /// <returns>False when it does not run.</returns>
    public bool Send(Signal signal) => Running is { } pid && Kill(pid, (int)signal) == 0;

    /// <summary>Waits for its end.</summary>
    /// <returns>False when it still runs after that time.</returns>
    public async Task<bool> Ended(TimeSpan atMost, CancellationToken stop = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(atMost);
        while (Running is not null)
        {
            try
            {
                await Task.Delay(50, patience.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return Running is null;
            }
        }
        return true;
    }

    /// <summary>What it used, with all processes that it started: a database has one for each connection. Memory that they share counts once. Null when it does not run.</summary>
    public Usage? UsageWithChildren
    {
        get
        {
            if (Running is not { } pid) return null;
            var (seconds, bytes) = Spent(pid, alone: true);
            foreach (var child in Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)))
            {
                if (Fields(child) is not { } fields || fields[ParentField] != pid.ToString(CultureInfo.InvariantCulture)) continue;
                var more = Spent(child, alone: false);
                (seconds, bytes) = (seconds + more.Seconds, bytes + more.Bytes);
            }
            return new(seconds, bytes);
        }
    }

    private static (double Seconds, long Bytes) Spent(int pid, bool alone)
    {
        try
        {
            var fields = Fields(pid);
            var pages = File.ReadAllText($"/proc/{pid}/statm").Split(' ').Take(3).Select(static number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            if (fields is null) return (0, 0);
            // Who has ended leaves its time to who started it.
            var ticks = Enumerable.Range(UserField, alone ? 4 : 2).Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture));
            return ((double)ticks / TicksPerSecond, (pages[1] - (alone ? 0 : pages[2])) * Environment.SystemPageSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (0, 0); // It ended meanwhile.
        }
    }

    private (int Pid, string Start)? Read()
    {
        if (!File.Exists(path)) return null;
        var lines = File.ReadAllLines(path);
        return lines.Length >= 2 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid) ? (pid, lines[1]) : null;
    }

    // With the machine's start: a number and a time may come again after a reboot.
    private static string? Start(int pid) =>
        Fields(pid) is { } fields && fields[StateField] is not ("Z" or "X") ? $"{fields[StartField]}@{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}" : null;

    private static string[]? Fields(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
