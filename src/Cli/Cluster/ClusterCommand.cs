using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CampusCare.Cli.Cluster;

/// <summary><c>./campuscare cluster</c>: silos, gateways, a database and a proxy on this machine, each a process of its own.</summary>
public static class ClusterCommand
{
    private const int MostProcesses = 16;
    private const int Interrupted = 130;

    private static readonly Option<DirectoryInfo> Dir = new("--dir")
    {
        Description = "The folder that holds all of it; the user \"postgres\" must be able to reach it when you are root.",
        DefaultValueFactory = _ => UsualFolder,
        Recursive = true,
    };

    /// <summary>Where a cluster is unless said.</summary>
    internal static DirectoryInfo UsualFolder => new(Path.Combine(Home, "data", "cluster"));

    private static string Home => Environment.GetEnvironmentVariable("CAMPUSCARE_HOME") ?? Directory.GetCurrentDirectory();

    public static Command Create()
    {
        var command = new Command("cluster", "A cluster on this machine: silos and gateways on Orleans, a PostgreSQL of its own, a proxy in front (docs/cluster.md).")
        {
            Up(), Add(),
            One("start", "Starts one that was stopped or killed, where it was.", static (run, kind, number, stop) => run.Start(kind, number, stop)),
            One("stop", "Ends one cleanly (SIGTERM).", static (run, kind, number, stop) => run.Send(kind, number, Signal.Terminate, stop)),
            One("kill", "Ends one where it stands (SIGKILL).", static (run, kind, number, stop) => run.Send(kind, number, Signal.Kill, stop)),
            One("pause", "Lets one stand still (SIGSTOP), as a machine does that hangs.", static (run, kind, number, stop) => run.Send(kind, number, Signal.Stop, stop)),
            One("resume", "Lets it go on (SIGCONT).", static (run, kind, number, stop) => run.Send(kind, number, Signal.Continue, stop)),
            Status(), Down(), Proxy(),
        };
        command.Options.Add(Dir);
        return command;
    }

    private static Command Up()
    {
        var silos = Bounded("--silos", "Silos.", 2, MostProcesses);
        var gateways = Bounded("--gateways", "Gateways.", 2, MostProcesses);
        var campuses = Bounded("--campuses", "Campuses: those of the demo, and more like them.", 3, ClusterCampuses.Maximum);
        var port = new Option<int>("--port") { Description = "Where the proxy listens, on this machine alone; a free port unless said." };
        var up = new Command("up", "Starts a cluster, or goes on with the one in the folder.") { silos, gateways, campuses, port };
        Act(up, (run, parsed, stop) => run.Up(parsed.GetValue(silos), parsed.GetValue(gateways), parsed.GetValue(campuses), parsed.GetValue(port), stop));
        return up;
    }

    private static Command Add()
    {
        var kind = Kind("silo", "gateway");
        var add = new Command("add", "One more silo or gateway.") { kind };
        Act(add, (run, parsed, stop) => run.Add(KindOf(parsed.GetRequiredValue(kind)), stop));
        return add;
    }

    private static Command One(string name, string description, Func<ClusterRun, MemberKind, int, CancellationToken, Task> what)
    {
        var kind = Kind("silo", "gateway", "postgres", "proxy");
        var number = new Argument<int>("number") { Description = "Which of its kind.", DefaultValueFactory = _ => 1 };
        var command = new Command(name, description) { kind, number };
        Act(command, (run, parsed, stop) => what(run, KindOf(parsed.GetRequiredValue(kind)), parsed.GetValue(number), stop));
        return command;
    }

    private static Command Status()
    {
        var status = new Command("status", "What runs, as the cluster sees it. Exits with 0 when everything is as it should be.");
        status.SetAction((parsed, stop) => Named(() => ClusterStatus.Print(FolderOf(parsed), Console.Out, stop)));
        return status;
    }

    private static Command Down()
    {
        var delete = new Option<bool>("--delete") { Description = "And delete its folder with all data." };
        var down = new Command("down", "Stops everything that up, add and start started, and nothing else.") { delete };
        Act(down, (run, parsed, _) => run.Down(parsed.GetValue(delete)));
        return down;
    }

    private static Command Proxy()
    {
        var proxy = new Command("proxy", "The proxy's own process; up starts it.") { Hidden = true };
        proxy.SetAction((parsed, stop) => Named(() => ProxyProcess.Run(FolderOf(parsed), stop)));
        return proxy;
    }

    private static void Act(Command command, Func<ClusterRun, ParseResult, CancellationToken, Task> what) =>
        command.SetAction((parsed, _) => Named(async () =>
        {
            using var stop = new CancellationTokenSource();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            try
            {
                await what(new ClusterRun(FolderOf(parsed), Home, Console.Out), parsed, stop.Token);
                return 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                Console.Error.WriteLine("campuscare: interrupted. ./campuscare cluster status shows what runs.");
                return Interrupted;
            }

            void Stop(PosixSignalContext signal)
            {
                signal.Cancel = true;
                stop.Cancel();
            }
        }));

    private static Task<int> Named(Func<Task<int>> what) => Running.Named(() => ClusterRun.WhyNot is { } why ? throw new CannotRunException(why) : what());

    private static ClusterFolder FolderOf(ParseResult parsed) => new(parsed.GetRequiredValue(Dir));

    private static Argument<string> Kind(params string[] kinds)
    {
        var kind = new Argument<string>("kind") { Description = $"{string.Join(", ", kinds)}." };
        kind.AcceptOnlyFromAmong(kinds);
        return kind;
    }

    private static MemberKind KindOf(string word) => Enum.Parse<MemberKind>(word, ignoreCase: true);

    private static Option<int> Bounded(string name, string description, int standard, int most) => new(name)
    {
        Description = string.Create(CultureInfo.InvariantCulture, $"{description} 1–{most}."),
        DefaultValueFactory = _ => standard,
        Validators = { result => { if (result.GetValueOrDefault<int>() is < 1 || result.GetValueOrDefault<int>() > most) result.AddError($"{name} must be 1–{most}."); } },
    };
}
