using System.CommandLine;
using CampusCare.Cli;
using CampusCare.Cli.Bench;
using CampusCare.Cli.Cluster;
using CampusCare.Cli.Demo;
using CampusCare.Cli.Staffing;
using CampusCare.PeakHour;

var root = new RootCommand("CampusCare: the contact center for campus food delivery.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    ClusterCommand.Create(),
    PeakCommand.Create(Environment.GetCommandLineArgs()[0], ClusterSurroundings.Host),
    VerifyCommand.Create(),
    MigrateCommand.Create(),
    TrainCommand.Create(),
    ClassifyCommand.Create(),
    BenchCommand.Create(Environment.GetCommandLineArgs()[0]),
    SimulateCommand.Create(),
    ForecastCommand.Create(),
    StaffCommand.Create(),
};
// Who has something to finish on Ctrl-C or SIGTERM listens itself; the parser's own listening would hold hosts up.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
