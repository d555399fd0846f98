using System.CommandLine;
using CampusCare.ConnectionBenchmark;
using CampusCare.PathBenchmark;

namespace CampusCare.Cli.Bench;

/// <summary><c>campuscare bench</c>: how fast it is, and how that grows, as tables of ratios.</summary>
public static class BenchCommand
{
    /// <param name="program">The program behind ./campuscare, which some benchmarks start again.</param>
    public static Command Create(string program)
    {
        var seed = new Option<int>("--seed") { Description = "Seed of the random line and staff.", DefaultValueFactory = _ => 1 };
        var command = new Command("bench", "Measures match decisions: rate, and how the cost grows with the size.")
        {
            seed, PathCommand.Create(program), PathCommand.CreatePlain(), ConnectionsCommand.Create(program), KnowledgeBench.Create(), GrainMemory.Create(), ColdStart.Create(program),
        };
        command.SetAction(arguments =>
        {
            MatchBench.Run(arguments.GetValue(seed), Console.Out);
            return 0;
        });
        return command;
    }
}
