using System.Text;
using System.Text.Json.Nodes;
using CampusCare.Domain.Simulation;
using FsCheck;
using FsCheck.Fluent;

namespace CampusCare.Domain.Tests.Simulation;

public sealed class ModelFileTests
{
    private const string Good = """
        {
          // comments and a trailing comma are fine
          "name": "two types", "description": "to be broken",
          "serviceLevelSeconds": 20,
          "periods": [1800, 3600],
          "busyness": { "shape": 10 },
          "callTypes": [
            { "name": "a", "arrivalsPerHour": [10, 20], "meanServiceSeconds": 100, "meanPatienceSeconds": [60, null], "groups": ["x", "y"] },
            { "name": "b", "arrivalsPerHour": 5, "meanServiceSeconds": [90, 80], "balkingProbability": 0.1, "groups": ["y"] },
          ],
          "agentGroups": [
            { "name": "x", "agents": [1, 2], "takes": ["a"] },
            { "name": "y", "agents": 3, "takes": [["b", "a"]] }
          ]
        }
        """;

    [Fact]
    public void A_good_file_is_read_as_written()
    {
        var model = Models.Read(Good);
        model.Name.ShouldBe("two types");
        model.ServiceLevelSeconds.ShouldBe(20);
        model.BusynessShape.ShouldBe(10);
        model.Periods.ShouldBe([1800, 3600]);
        model.CallTypes[0].ArrivalsPerHour.ShouldBe([10, 20]);
        model.CallTypes[0].MeanServiceSeconds.ShouldBe([100, 100]);
        model.CallTypes[0].MeanPatienceSeconds.ShouldBe([60, double.PositiveInfinity]);
        model.CallTypes[0].BalkingProbability.ShouldBe([0, 0]);
        model.CallTypes[0].Groups.ShouldBe([0, 1]);
        model.CallTypes[1].MeanPatienceSeconds.ShouldBe([double.PositiveInfinity, double.PositiveInfinity]);
        model.CallTypes[1].BalkingProbability.ShouldBe([0.1, 0.1]);
        model.AgentGroups[0].Agents.ShouldBe([1, 2]);
        model.AgentGroups[1].Takes.Single().ShouldBe([1, 0]);
    }

    // What to change in the good file (a path, and what to put there; nothing: take it out), and what must be named.
    [Theory]
    [InlineData("periods", null, "periods", "missing")]
    [InlineData("periods", "[]", "periods", "1 to")]
    [InlineData("periods", "3600", "periods", "list")]
    [InlineData("periods.1", "0", "periods[1]", "above 0")]
    [InlineData("periods.0", "-5", "periods[0]", "above 0")]
    [InlineData("periods.0", "1e400", "periods[0]", "number")]
    [InlineData("serviceLevelSeconds", null, "serviceLevelSeconds", "missing")]
    [InlineData("serviceLevelSeconds", "-1", "serviceLevelSeconds", "from 0")]
    [InlineData("serviceLevelSeconds", "\"20\"", "serviceLevelSeconds", "number")]
    [InlineData("busyness", "10", "busyness", "object")]
    [InlineData("busyness.shape", "0", "busyness.shape", "0.1")]
    [InlineData("busyness.scale", "1", "busyness.scale", "not known")]
    [InlineData("arivals", "1", "arivals", "not known")]
    [InlineData("name", "3", "name", "text")]
    [InlineData("description", "3", "description", "text")]
    [InlineData("callTypes", null, "callTypes", "missing")]
    [InlineData("callTypes", "{}", "callTypes", "list")]
    [InlineData("callTypes.0", "7", "callTypes[0]", "object")]
    [InlineData("callTypes.0.name", "\"\"", "callTypes[0].name", "text")]
    [InlineData("callTypes.1.name", "\"a\"", "callTypes[1].name", "second time")]
    [InlineData("callTypes.0.arrivalsPerHour", null, "callTypes[0].arrivalsPerHour", "missing")]
    [InlineData("callTypes.0.arrivalsPerHour", "[1]", "callTypes[0].arrivalsPerHour", "2 values")]
    [InlineData("callTypes.0.arrivalsPerHour.1", "-1", "callTypes[0].arrivalsPerHour[1]", "from 0")]
    [InlineData("callTypes.0.arrivalsPerHour.0", "1e8", "callTypes", "arrivals a day")]
    [InlineData("callTypes.0.meanServiceSeconds", "0", "callTypes[0].meanServiceSeconds", "above 0")]
    [InlineData("callTypes.0.meanServiceSeconds", "null", "callTypes[0].meanServiceSeconds", "missing")]
    [InlineData("callTypes.0.meanPatienceSeconds", "0", "callTypes[0].meanPatienceSeconds", "above 0")]
    [InlineData("callTypes.1.balkingProbability", "1.1", "callTypes[1].balkingProbability", "to 1")]
    [InlineData("callTypes.0.groups", "[]", "callTypes[0].groups", "1 to")]
    [InlineData("callTypes.0.groups.1", "\"z\"", "callTypes[0].groups[1]", "\"z\"")]
    [InlineData("callTypes.0.groups.1", "\"x\"", "callTypes[0].groups[1]", "second time")]
    [InlineData("callTypes.0.groups.1", "1", "callTypes[0].groups[1]", "text")]
    [InlineData("agentGroups", "[]", "agentGroups", "1 to")]
    [InlineData("agentGroups.0.agents", null, "agentGroups[0].agents", "missing")]
    [InlineData("agentGroups.0.agents.0", "1.5", "agentGroups[0].agents[0]", "whole")]
    [InlineData("agentGroups.0.agents.0", "-1", "agentGroups[0].agents[0]", "from 0")]
    [InlineData("agentGroups.0.agents", "true", "agentGroups[0].agents", "whole")]
    [InlineData("agentGroups.0.takes", null, "agentGroups[0].takes", "missing")]
    [InlineData("agentGroups.0.takes.0", "\"c\"", "agentGroups[0].takes[0]", "\"c\"")]
    [InlineData("agentGroups.1.takes.0.1", "\"b\"", "agentGroups[1].takes[0][1]", "second time")]
    [InlineData("agentGroups.1.takes.0", "[]", "agentGroups[1].takes[0]", "1 to")]
    [InlineData("agentGroups.1.agents", "[3, 0]", "callTypes[1].meanPatienceSeconds", "wait for ever")]
    [InlineData("agentGroups.1.takes", "[\"a\"]", "callTypes[1].meanPatienceSeconds", "wait for ever")]
    public void A_bad_field_is_named_with_what_is_wrong(string path, string? value, string field, string saying)
    {
        var problems = Problems(Changed(path, value));
        problems.Count.ShouldBe(1, string.Join("; ", problems));
        problems[0].Field.ShouldBe(field);
        problems[0].Message.ShouldContain(saying);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1, 2")]
    [InlineData("{\"periods\": [1], \"periods\": [2]}")]
    [InlineData("\u0000")]
    [InlineData("{\"a\\ud800\": 1}")]
    [InlineData("{\"a\": \"\\ud800\"}")]
    public void What_is_not_JSON_says_so(string text) => Problems(text).Single().ToString().ShouldContain("not valid JSON");

    [Fact]
    public void Broken_UTF8_says_so() => ModelFile.Read("{\"name\": \"\xff\"}"u8.ToArray().Select(b => b == 0xC3 || b == 0xBF ? (byte)0xFF : b).ToArray()).Problems.Single().Message.ShouldContain("Unicode");

    [Fact]
    public void A_file_that_is_no_object_says_so() => Problems("[]").Single().ToString().ShouldContain("must be an object");

    [Fact]
    public void All_problems_are_told_at_once() =>
        Problems("""{ "periods": [0], "callTypes": [{ "name": "a", "groups": ["q"] }], "agentGroups": [{ "name": "x" }] }""").Select(problem => problem.Field)
            .ShouldBe(["periods[0]", "serviceLevelSeconds", "callTypes[0].groups[0]", "callTypes[0].arrivalsPerHour", "callTypes[0].meanServiceSeconds", "agentGroups[0].takes", "agentGroups[0].agents"], ignoreOrder: true);

    [Fact]
    public void A_huge_file_is_refused_unread() => ModelFile.Read(new byte[ModelFile.MostBytes + 1]).Problems.Single().Message.ShouldContain("bytes");

    [Fact]
    public void Thousands_of_cells_are_refused() =>
        Problems(Changed("periods", $"[{string.Join(',', Enumerable.Repeat("60", 2001))}]")).First().Field.ShouldBe("periods");

    [Fact]
    public void A_byte_order_mark_is_fine() => ModelFile.Read(Encoding.UTF8.GetBytes("\uFEFF" + Good)).Problems.ShouldBeEmpty();

    [Fact]
    public void However_a_file_is_broken_it_is_read_or_refused_and_what_is_read_runs()
    {
        // Any leaf of the good file replaced by anything.
        var values = Gen.Elements("null", "0", "-1", "1e300", "3", "0.5", "\"x\"", "\"\"", "[]", "{}", "true", "[[1]]", "[\"a\", \"b\"]");
        var paths = Gen.Elements(Leaves(JsonNode.Parse(Good, null, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!, "").ToArray());
        var twice = from first in paths from second in paths from one in values from other in values select (first, one, second, other);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(twice.ToArbitrary(), broken =>
        {
            var reading = ModelFile.Read(Encoding.UTF8.GetBytes(Changed(broken.second, broken.other, Changed(broken.first, broken.one))));
            (reading.Model is null).ShouldBe(reading.Problems.Count > 0);
            if (reading.Model is { } model) SimulationJson.Write(ModelSimulator.Run(model, 2, 1)).ShouldNotBeEmpty(); // which knows no NaN
        }));
    }

    private static IEnumerable<string> Leaves(JsonNode node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value ?? JsonValue.Create(0), path.Length == 0 ? member.Key : $"{path}.{member.Key}")).Append(path).Where(leaf => leaf.Length > 0),
        JsonArray items => items.SelectMany((item, i) => Leaves(item ?? JsonValue.Create(0), $"{path}.{i}")).Append(path),
        _ => [path],
    };

    private static IReadOnlyList<ModelProblem> Problems(string text)
    {
        var reading = ModelFile.Read(Encoding.UTF8.GetBytes(text));
        reading.Model.ShouldBeNull();
        return reading.Problems;
    }

    private static string Changed(string path, string? value, string json = Good)
    {
        var options = new System.Text.Json.JsonDocumentOptions { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var root = JsonNode.Parse(json, null, options)!;
        var steps = path.Split('.');
        JsonNode? parent = root;
        foreach (var step in steps[..^1]) parent = parent is JsonArray list ? list.ElementAtOrDefault(Index(step)) : (parent as JsonObject)?[step];
        var node = value is null ? null : JsonNode.Parse(value);
        if (parent is JsonArray items && Index(steps[^1]) < items.Count) items[Index(steps[^1])] = node;
        else if (parent is JsonObject members && value is null) members.Remove(steps[^1]);
        else if (parent is JsonObject given) given[steps[^1]] = node;
        return root.ToJsonString();
    }

    private static int Index(string step) => int.TryParse(step, out var index) ? index : int.MaxValue;
}
