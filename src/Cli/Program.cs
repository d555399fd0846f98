using System.CommandLine;
using CampusCare.PeakHour;

var root = new RootCommand("CampusCare: the contact center for campus food delivery.")
{
    PeakCommand.Create(Environment.GetCommandLineArgs()[0]),
};
return await root.Parse(args).InvokeAsync();
