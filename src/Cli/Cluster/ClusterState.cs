using System.Text.Json;

namespace CampusCare.Cli.Cluster;

/// <summary>What a process of the cluster is.</summary>
internal enum MemberKind
{
    Silo,
    Gateway,
    Postgres,
    Proxy,
}

/// <summary>A process of the cluster and the ports that are its own, over restarts.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Which of its kind, from 1.</param>
/// <param name="Port">Where others reach it: silos among themselves, a gateway's or the proxy's HTTP, the database.</param>
/// <param name="GrainPort">Where gateways reach a silo; 0 for the others.</param>
/// <param name="MetricsPort">Where its figures are; 0 for the database and the proxy.</param>
internal sealed record Member(MemberKind Kind, int Number, int Port, int GrainPort = 0, int MetricsPort = 0)
{
    public string Name => Kind is MemberKind.Silo or MemberKind.Gateway ? $"{Kind.ToString().ToLowerInvariant()}-{Number}" : Kind.ToString().ToLowerInvariant();

    public Uri Url => new($"http://127.0.0.1:{Port}");
}

/// <summary>The file <c>cluster.json</c>: what the cluster consists of. Which of it runs, the pid files say.</summary>
/// <param name="Connection">The database.</param>
/// <param name="Campuses">How many campuses it was set up with.</param>
/// <param name="Members">Its processes.</param>
/// <param name="Settings">What each process is told beside (keys of campuses and of the built-in issuer).</param>
internal sealed record ClusterState(string Connection, int Campuses, IReadOnlyList<Member> Members, IReadOnlyDictionary<string, string> Settings)
{
    public IEnumerable<Member> Of(MemberKind kind) => Members.Where(member => member.Kind == kind);

    public Member Proxy => Of(MemberKind.Proxy).Single();

    public Member Postgres => Of(MemberKind.Postgres).Single();
}

/// <summary>The folder that holds all of a cluster: what it consists of, pid files, logs, the database.</summary>
internal sealed class ClusterFolder(DirectoryInfo folder)
{
    private const string StateFile = "cluster.json";

    /// <summary>The file that silos set the campuses up from.</summary>
    public const string Campuses = "campuses.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Path => folder.FullName;

    public string DatabaseFolder => In("postgres");

    public string In(string name) => System.IO.Path.Combine(folder.FullName, name);

    public string LogOf(Member member) => In($"{member.Name}.log");

    public PidFile PidOf(Member member) => new(In($"{member.Name}.pid"));

    public bool IsRunning(Member member) => PidOf(member).Running is not null;

    /// <summary>Null when there is no cluster here.</summary>
    public ClusterState? Find()
    {
        var path = In(StateFile);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<ClusterState>(File.ReadAllText(path), Json);
        }
        catch (JsonException e)
        {
            throw new CannotRunException($"{path} can't be read: {e.Message}. If no process of it runs, delete {folder.FullName}.");
        }
    }

    /// <exception cref="CannotRunException">There is no cluster here.</exception>
    public ClusterState Read() => Find() ?? throw new CannotRunException($"There is no cluster in {folder.FullName}. ./campuscare cluster up starts one; --dir names another folder.");

    public void Write(ClusterState state)
    {
        var whole = In($"{StateFile}.new");
        // It has keys in it.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(whole, options)) JsonSerializer.Serialize(file, state, Json);
        File.Move(whole, In(StateFile), overwrite: true);
    }

    /// <summary>The last lines that a process wrote.</summary>
    public string LastWords(Member member)
    {
        const int lines = 15;
        return File.Exists(LogOf(member)) ? string.Join(Environment.NewLine, File.ReadLines(LogOf(member)).TakeLast(lines)) : "(it wrote nothing)";
    }

    /// <summary>Whether something that is not a cluster's lies in it.</summary>
    public bool IsSomebodyElses => folder.Exists && Find() is null && folder.EnumerateFileSystemInfos().Any();

    /// <summary>Removes what a cluster put here, and the folder when nothing else is in it.</summary>
    public void Delete(IEnumerable<Member> members)
    {
        foreach (var name in new[] { DatabaseFolder, In("evidence") })
            if (Directory.Exists(name)) Directory.Delete(name, recursive: true);
        foreach (var member in members)
        {
            PidOf(member).Remove();
            File.Delete(LogOf(member));
        }
        foreach (var name in new[] { StateFile, $"{StateFile}.new", Campuses }) File.Delete(In(name));
        if (!folder.EnumerateFileSystemInfos().Any()) folder.Delete();
    }
}
