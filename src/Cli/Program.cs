using System.CommandLine;
using CampusCare.Cli;
using CampusCare.Cli.Demo;
using CampusCare.PeakHour;

var root = new RootCommand("CampusCare: the contact center for campus food delivery.")
{
    DemoCommand.Create(),
    ServeCommand.Create(),
    PeakCommand.Create(Environment.GetCommandLineArgs()[0]),
    VerifyCommand.Create(),
    MigrateCommand.Create(),
};
// Hosts end on Ctrl-C and SIGTERM by themselves, and take the time that a clean end needs.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
