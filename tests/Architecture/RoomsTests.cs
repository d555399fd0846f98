using System.Text.RegularExpressions;

namespace CampusCare.Architecture.Tests;

public sealed partial class RoomsTests
{
    private const int GrainLines = 200;
    private const int SourceLines = 500;

    private static readonly string[] EngineFree = ["Domain", "Contracts", "Grains", "Storage", "Gateway"];

    [Fact]
    public void No_room_above_the_engine_is_compiled_conditionally() =>
        EngineFree.SelectMany(room => Repository.Sources($"src/{room}")).SelectMany(file => Conditional(file.FullName, File.ReadAllText(file.FullName))).ShouldBeEmpty();

    [Fact]
    public void Grains_are_short() => TooLong("src/Grains", GrainLines).ShouldBeEmpty();

    [Fact]
    public void Source_files_are_short() => TooLong("src", SourceLines).Concat(TooLong("tests", SourceLines)).ShouldBeEmpty();

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repository.Read("CampusCare.sln").Replace('\\', '/');
        var projects = new[] { "src", "tests" }.SelectMany(folder => new DirectoryInfo(Path.Combine(Repository.Root.FullName, folder)).EnumerateFiles("*.csproj", SearchOption.AllDirectories));
        projects.Select(project => Path.GetRelativePath(Repository.Root.FullName, project.FullName).Replace('\\', '/')).Where(path => !solution.Contains(path)).ShouldBeEmpty();
    }

    [Theory, InlineData("#if ORLEANS\n#endif\n", 2), InlineData("    #  elif X\n", 1), InlineData("// an #if in a comment\nvar colour = \"#ifeeff\";\n", 0)]
    public void Conditional_compilation_would_be_seen(string source, int times) => Conditional("sample", source).Count().ShouldBe(times);

    [Fact]
    public void A_long_file_would_be_seen() => TooLong("src", most: 5).ShouldNotBeEmpty();

    private static IEnumerable<string> Conditional(string file, string source) => Directive().Matches(source).Select(found => $"{file}: {found.Value.Trim()}");

    private static IEnumerable<string> TooLong(string under, int most) => Repository.Sources(under)
        .Select(file => (file, lines: File.ReadLines(file.FullName).Count()))
        .Where(it => it.lines > most)
        .Select(it => $"{it.file.FullName}: {it.lines} lines, at most {most}");

    [GeneratedRegex(@"^\s*#\s*(if|elif|else|endif)\b.*$", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
