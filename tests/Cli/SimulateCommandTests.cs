using System.CommandLine;
using System.Text.Json;

namespace CampusCare.Cli.Tests;

public sealed class SimulateCommandTests : IDisposable
{
    private const string Model = """
        {
          "name": "small", "serviceLevelSeconds": 20, "periods": [600],
          "callTypes": [{ "name": "学生", "arrivalsPerHour": 60, "meanServiceSeconds": 60, "meanPatienceSeconds": 60, "groups": ["g"] }],
          "agentGroups": [{ "name": "g", "agents": 1, "takes": ["学生"] }]
        }
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("campuscare-simulate-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_model_gives_a_table_and_the_same_file_each_time()
    {
        var file = Write(Model);
        var (exit, output, errors) = Run("--model", file, "--replications", "20", "--seed", "3", "--json", At("a.json"));
        (exit, errors).ShouldBe((0, ""));
        output.ShouldContain("small: 20 days, seed 3");
        Run("--model", file, "--replications", "20", "--seed", "3", "--json", At("b.json")).Exit.ShouldBe(0);
        File.ReadAllBytes(At("b.json")).ShouldBe(File.ReadAllBytes(At("a.json")));
        var result = JsonDocument.Parse(File.ReadAllText(At("a.json"))).RootElement;
        result.GetProperty("replications").GetInt32().ShouldBe(20);
        result.GetProperty("overall").GetProperty("arrivals").GetProperty("value").GetDouble().ShouldBeInRange(5, 15);
        File.ReadAllText(At("a.json")).ShouldContain("学生");
    }

    [Fact]
    public void Without_options_it_simulates_a_thousand_days_with_seed_1() => Run("--model", Write(Model)).Output.ShouldContain("1000 days, seed 1");

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("{ \"periods\": [0] }", "periods[0]: must be a number above 0")]
    public void A_bad_model_is_refused_field_by_field(string text, string saying)
    {
        var (exit, output, errors) = Run("--model", Write(text), "--json", At("out.json"));
        exit.ShouldBe(2);
        errors.ShouldContain(saying);
        errors.ShouldNotContain("   at ");
        output.ShouldBeEmpty();
        File.Exists(At("out.json")).ShouldBeFalse();
    }

    [Fact]
    public void A_missing_model_and_a_missing_folder_are_named()
    {
        var missing = Run("--model", At("nowhere.json"));
        (missing.Exit, missing.Errors.Contains("nowhere.json")).ShouldBe((2, true));
        var unwritable = Run("--model", Write(Model), "--json", At("no/such/out.json"));
        (unwritable.Exit, unwritable.Errors.Contains("no such folder")).ShouldBe((2, true));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public void A_bad_number_of_replications_is_refused(string replications) =>
        Run("--model", Write(Model), "--replications", replications).Exit.ShouldNotBe(0);

    private static (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exit = SimulateCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (exit, output.ToString(), errors.ToString());
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string Write(string text)
    {
        File.WriteAllText(At("model.json"), text);
        return At("model.json");
    }
}
