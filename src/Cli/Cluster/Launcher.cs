using System.Diagnostics;
using System.Globalization;
using CampusCare.ClientKit;

namespace CampusCare.Cli.Cluster;

/// <summary>Starts the cluster's processes. Each is a session of its own, writes into its log, and goes on when we end; what is begun is written down, so nothing here is cut short.</summary>
internal sealed class Launcher(ClusterFolder folder, string home)
{
    // The member's own shell is gone when it runs; setsid becomes the program, so its number is the program's.
    private const string Detached = "log=$1; shift; cd \"$1\"; shift; setsid \"$@\" >>\"$log\" 2>&1 </dev/null & echo $!";

    private const int MaxConnections = 20;

    /// <summary>A new member with ports of its own.</summary>
    public static Member New(MemberKind kind, int number) => kind switch
    {
        MemberKind.Silo => new(kind, number, Ports.Free(), Ports.Free(), Ports.Free()),
        MemberKind.Gateway => new(kind, number, Ports.Free(), MetricsPort: Ports.Free()),
        _ => new(kind, number, Ports.Free()),
    };

    /// <summary>Starts a member.</summary>
    /// <exception cref="CannotRunException">It can't be started; the message says why.</exception>
    public async Task Start(ClusterState state, Member member)
    {
        var pid = member.Kind switch
        {
            MemberKind.Postgres => await Database("revive_private_postgres", member.Port.ToString(CultureInfo.InvariantCulture)),
            MemberKind.Proxy => await Run(member, "CampusCare.Cli.dll", ["cluster", "proxy", "--dir", folder.Path], new Dictionary<string, string>()),
            _ => await Run(member, member.Kind == MemberKind.Silo ? "CampusCare.Silo.dll" : "CampusCare.Gateway.dll", [], Environment(state, member)),
        };
        folder.PidOf(member).Write(pid);
    }

    /// <summary>Makes the database.</summary>
    /// <returns>Its connection string, and where it listens.</returns>
    public async Task<(string Connection, Member Member)> CreateDatabase()
    {
        var connection = await Script("start_private_postgres", "");
        var member = new Member(MemberKind.Postgres, 1, new Npgsql.NpgsqlConnectionStringBuilder(connection).Port);
        folder.PidOf(member).Write(Postmaster());
        return (connection, member);
    }

    private async Task<int> Database(string function, string argument)
    {
        await Script(function, argument);
        return Postmaster();
    }

    private int Postmaster() => int.Parse(File.ReadLines(Path.Combine(folder.DatabaseFolder, "data", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private async Task<string> Script(string function, string argument)
    {
        var script = Path.Combine(home, "build", "postgres.sh");
        return await Said("bash", ["-c", "source \"$1\" && \"$2\" \"$3\" $4", "cluster", script, function, folder.DatabaseFolder, argument], new Dictionary<string, string>());
    }

    private async Task<int> Run(Member member, string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var dotnet = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] line = ["-c", Detached, "cluster", folder.LogOf(member), folder.Path, dotnet, Path.Combine(AppContext.BaseDirectory, program), .. arguments];
        var pid = await Said("sh", line, environment);
        return int.Parse(pid, CultureInfo.InvariantCulture);
    }

    private Dictionary<string, string> Environment(ClusterState state, Member member)
    {
        var settings = new Dictionary<string, string>(state.Settings)
        {
            ["DOTNET_ENVIRONMENT"] = "Cluster",
            ["ASPNETCORE_ENVIRONMENT"] = "Cluster",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = state.Connection,
            ["Storage__MaxConnections"] = $"{MaxConnections}",
            ["Cluster__Mode"] = "PostgreSql",
            ["Evidence__Path"] = folder.In("evidence"),
            ["Metrics__Listen"] = $"127.0.0.1:{member.MetricsPort}",
        };
        foreach (var (key, value) in member.Kind == MemberKind.Silo ? OfSilo(member) : OfGateway(member)) settings[key] = value;
        return settings;
    }

    private Dictionary<string, string> OfSilo(Member silo) => new()
    {
        ["Cluster__SiloPort"] = $"{silo.Port}",
        ["Cluster__GatewayPort"] = $"{silo.GrainPort}",
        ["Cluster__AdvertisedAddress"] = "127.0.0.1",
        ["Campuses__File"] = folder.In(ClusterFolder.Campuses),
    };

    private static Dictionary<string, string> OfGateway(Member gateway) => new()
    {
        ["ASPNETCORE_URLS"] = gateway.Url.ToString(),
        ["ASPNETCORE_FORWARDEDHEADERS_ENABLED"] = "true",
        ["Identity__DemoIssuer"] = "true",
        // One supervisor reads a whole run back.
        ["Gateway__RateLimit__PerCallerPerMinute"] = "0",
    };

    private static async Task<string> Said(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new CannotRunException($"{program} can't be started.");
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadLineAsync() ?? "";
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said.Trim() : throw new CannotRunException($"{string.Join(' ', start.ArgumentList.Skip(4).Take(2))} failed: {(await errors).Trim()}");
    }
}
