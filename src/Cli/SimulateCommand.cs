using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using CampusCare.Cli.Replay;
using CampusCare.Cli.Seeds;
using CampusCare.Domain.Simulation;

namespace CampusCare.Cli;

/// <summary><c>./campuscare simulate</c>: plays a model of a contact center many times over, docs/simulation.md.</summary>
public static class SimulateCommand
{
    private const int Unusable = 2;

    /// <summary>The command. It exits with 0, or with 2 when the model can't be used or the result can't be written.</summary>
    public static Command Create()
    {
        var model = new Option<FileInfo>("--model") { Description = "The model to simulate, a JSON file: docs/simulation.md describes it." };
        var replications = new Option<int>("--replications") { Description = $"Independent days to simulate, 1–{ModelSimulator.MostReplications}.", DefaultValueFactory = _ => 1000, CustomParser = Replications };
        var seed = new Option<long>("--seed") { Description = "Decides all chance: the same seed gives the same result on any machine.", DefaultValueFactory = _ => 1 };
        var json = new Option<FileInfo?>("--json") { Description = "Write all figures there, as JSON." };
        var seeds = new Option<int>("--seeds") { Description = "Instead of a model: rushes of a campus with the real grains in virtual time, one for each of so many seeds from --seed on, with faults; stops at the first broken invariant." };
        var calm = new Option<bool>("--calm") { Description = "With --seeds: without faults." };
        var day = new Option<bool>("--day") { Description = "Instead of a model: a day of a large campus, 20,000 contacts with lunch and dinner, with the real grains in virtual time; tells how long that took." };
        var replay = new Option<ReplaySpan?>("--replay") { Description = "Instead of a model: makes the journaled decisions of FROM..TO again and compares them; docs/replay.md.", CustomParser = Span };
        var campus = new Option<string?>("--campus") { Description = "With --replay: this campus alone." };
        var policy = new Option<FileInfo?>("--policy") { Description = "With --replay: a JSON file with a changed policy, to be set beside what was decided." };
        var storage = new StorageArguments();
        var command = new Command("simulate", "Simulates a model of a contact center and estimates its figures with 95 % confidence intervals; or replays rushes or a day of a campus by seed, or the journal of a real one.") { model, replications, seed, json, seeds, calm, day, replay, campus, policy };
        storage.AddTo(command);
        command.Validators.Add(result =>
        {
            if (new Option[] { model, seeds, day, replay }.Count(option => result.GetResult(option) is not null) != 1) result.AddError("Give one of the four: --model FILE, --seeds N, --day, or --replay FROM..TO.");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var (output, errors) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (parsed.GetResult(seeds) is not null) return SeedRuns.Run((int)parsed.GetValue(seed), parsed.GetValue(seeds), parsed.GetValue(calm));
            if (parsed.GetValue(day)) return SeedRuns.Day((int)parsed.GetValue(seed));
            if (parsed.GetValue(replay) is { } span)
            {
                await using var services = storage.Open(parsed);
                return await ReplayRun.Run(services, span, parsed.GetValue(campus), parsed.GetValue(policy), parsed.GetValue(json), output, errors, stop);
            }
            return Run(parsed.GetRequiredValue(model), parsed.GetValue(replications), parsed.GetValue(seed), parsed.GetValue(json), output, errors);
        });
        return command;
    }

    private static int Run(FileInfo file, int replications, long seed, FileInfo? json, TextWriter output, TextWriter errors)
    {
        try
        {
            if (Read(file, errors) is not { } model) return Unusable;
            if (json is { Directory.Exists: false }) throw new DirectoryNotFoundException($"{json.DirectoryName}: there is no such folder.");
            var watch = Stopwatch.StartNew();
            var report = ModelSimulator.Run(model, replications, seed);
            SimulationTable.Write(report, watch.Elapsed, output);
            if (json is not null) File.WriteAllBytes(json.FullName, SimulationJson.Write(report));
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(failure.Message);
            return Unusable;
        }
    }

    private static int Replications(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens.Single().Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= ModelSimulator.MostReplications)
            return number;
        argument.AddError($"--replications must be a whole number, 1–{ModelSimulator.MostReplications}.");
        return 0;
    }

    private static ReplaySpan? Span(ArgumentResult argument)
    {
        if (ReplaySpan.Parse(argument.Tokens.Single().Value) is { } span) return span;
        argument.AddError(ReplaySpan.Wanted);
        return null;
    }

    /// <summary>Null when it can't be used, having said why.</summary>
    private static ContactCenterModel? Read(FileInfo file, TextWriter errors)
    {
        var reading = file.Exists && file.Length > ModelFile.MostBytes ? ModelFile.TooLarge : ModelFile.Read(File.ReadAllBytes(file.FullName));
        foreach (var problem in reading.Problems) errors.WriteLine($"{file.Name}: {problem}");
        return reading.Model;
    }
}
