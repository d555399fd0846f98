namespace CampusCare.PathBenchmark;

/// <summary>Processor time that processes of this machine have used, from /proc.</summary>
internal static class ProcessTimes
{
    // Linux counts in hundredths of a second on every platform that .NET runs on.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // Fields of /proc/PID/stat after the name: state, parent, … utime, stime, cutime, cstime.
    private const int Parent = 1, User = 11, System = 12, ChildrenUser = 13, ChildrenSystem = 14;

    /// <summary>Of one process.</summary>
    public static TimeSpan Of(int pid) => Sum(Stat($"{pid}"), User, System);

    /// <summary>Of a database server with all its workers, also those that ended.</summary>
    public static TimeSpan WithChildren(int pid) => Directory.EnumerateDirectories("/proc")
        .Select(static folder => Path.GetFileName(folder))
        .Where(static name => name.All(char.IsAsciiDigit))
        .Select(Stat)
        .Where(stat => stat.Length > ChildrenSystem && stat[Parent] == $"{pid}")
        .Aggregate(Sum(Stat($"{pid}"), User, System, ChildrenUser, ChildrenSystem), static (sum, stat) => sum + Sum(stat, User, System));

    private static TimeSpan Sum(string[] stat, params int[] fields) => fields.Sum(field => long.Parse(stat[field])) * Tick;

    private static string[] Stat(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
