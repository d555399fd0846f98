using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CampusCare.Domain.Simulation;
using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>docs/simulation.md prints what its examples give.</summary>
public sealed partial class SimulationPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Models.Repository, "docs", "simulation.md"));

    [Theory]
    [InlineData("one-queue", 8)]
    [InlineData("busy-day", 6)]
    [InlineData("multi-skill", 6)]
    public void Printed_figures_are_those_of_the_example(string example, int figures)
    {
        var (result, rows) = Run(example);
        rows.Count.ShouldBe(figures);
        foreach (var row in rows)
        {
            var figure = Find(result, row.Groups["path"].Value);
            Printed(figure.GetProperty("value"), row.Groups["value"].Value).ShouldBe(row.Groups["value"].Value, row.Value);
            Printed(figure.GetProperty("low"), row.Groups["low"].Value).ShouldBe(row.Groups["low"].Value, row.Value);
            Printed(figure.GetProperty("high"), row.Groups["high"].Value).ShouldBe(row.Groups["high"].Value, row.Value);
        }
    }

    [Fact]
    public void Printed_truth_is_that_of_Erlang_A()
    {
        var truth = new ErlangA(48 / 60.0, 60, 120, 50);
        double[] figures =
        [
            truth.ServiceLevel(20), truth.ServiceLevelAnswered(20), truth.ServiceLevelExcludingShortAbandons(20), truth.AbandonmentProbability,
            truth.MeanWait, truth.AverageSpeedOfAnswer, truth.MeanWaitOfAbandoned, truth.Occupancy,
        ];
        Rows(Section("one-queue")).Select((row, i) => (Text: row.Groups["known"].Value, figures[i]))
            .ShouldAllBe(cell => Printed(cell.Item2, cell.Text) == cell.Text);
    }

    [Fact]
    public void Every_field_of_a_result_is_on_the_page()
    {
        var result = JsonDocument.Parse(SimulationJson.Write(ModelSimulator.Run(Models.Example("busy-day"), 1, 1))).RootElement;
        foreach (var name in Names(result).Distinct()) Page.ShouldContain(name);
    }

    private static (JsonElement Result, List<Match> Rows) Run(string example)
    {
        var section = Section(example);
        var command = Command().Match(section);
        command.Groups["file"].Value.ShouldBe($"docs/examples/{example}.json");
        var report = ModelSimulator.Run(Models.Example(example), int.Parse(command.Groups["replications"].Value), long.Parse(command.Groups["seed"].Value));
        return (JsonDocument.Parse(SimulationJson.Write(report)).RootElement, Rows(section));
    }

    private static string Section(string example) =>
        Page.Split("\n## ").Single(section => section.Contains($"--model docs/examples/{example}.json"));

    private static List<Match> Rows(string section) => Row().Matches(section).ToList();

    private static JsonElement Find(JsonElement result, string path)
    {
        foreach (Match step in Step().Matches(path))
            result = step.Groups["index"].Success ? result[int.Parse(step.Groups["index"].Value)] : result.GetProperty(step.Value);
        return result;
    }

    private static string Printed(JsonElement number, string asIn) => Printed(number.GetDouble(), asIn);

    private static string Printed(double number, string asIn) =>
        number.ToString($"F{asIn.Length - asIn.IndexOf('.') - 1}", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Names(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => Names(member.Value).Prepend(member.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Names),
        _ => [],
    };

    [GeneratedRegex(@"simulate --model (?<file>\S+) --replications (?<replications>\d+) --seed (?<seed>\d+)")]
    private static partial Regex Command();

    [GeneratedRegex(@"^\| `(?<path>[^`]+)` \| (?<value>[\d.]+) \| (?<low>[\d.]+) – (?<high>[\d.]+) \| (?<known>.*?) ?\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[(?<index>\d+)\]|\w+")]
    private static partial Regex Step();
}
