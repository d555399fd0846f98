using System.Xml.Linq;

namespace CampusCare.Architecture.Tests;

public sealed class ArrowsTests
{
    // What Gateway may use of Storage: it reads models, it never writes a journal.
    private static readonly string[] WritesOfStorage = ["ITicketJournal", "Append", "AppendResult", "JournalEvent", "EventChain", "EventHash"];

    // Doors to the outside world, the clock and chance. Streams in memory are fine.
    private static readonly string[] OutsideDomain = ["System.Net", "System.Data", "Microsoft"];
    private static readonly string[] OutsideTypes = ["File", "FileInfo", "FileStream", "Directory", "DirectoryInfo", "Console", "Process", "Stopwatch", "Thread", "Timer", "Task"];

    public static TheoryData<string> Rooms => [.. Arrows.KnownRooms];

    [Fact]
    public void Every_room_is_on_the_map() => Repository.Rooms.Keys.ShouldBe(Arrows.KnownRooms, ignoreOrder: true);

    [Theory, MemberData(nameof(Rooms))]
    public void Project_files_keep_to_the_arrows(string room) =>
        Arrows.Forbidden(room, Arrows.References(Repository.Rooms[room])).ShouldBeEmpty();

    // Either engine is built, with the Embedded room or without it.
    public static TheoryData<string> CompiledRooms => [.. Arrows.KnownRooms.Where(static room => room != "Embedded" || Compiled.IsThere($"CampusCare.{room}"))];

    [Theory, MemberData(nameof(CompiledRooms))]
    public void Compiled_assemblies_keep_to_the_arrows(string room) =>
        Arrows.Forbidden(room, Compiled.RoomsUsedBy($"CampusCare.{room}")).ShouldBeEmpty();

    [Fact]
    public void Gateway_reads_models_and_writes_no_journal() => Writes("CampusCare.Gateway").ShouldBeEmpty();

    [Fact]
    public void Domain_has_no_package() => Repository.Rooms["Domain"].Descendants("PackageReference").ShouldBeEmpty();

    [Fact]
    public void Domain_touches_nothing_outside() => Outside("CampusCare.Domain").ShouldBeEmpty();

    [Theory, InlineData("Domain"), InlineData("Contracts"), InlineData("Grains"), InlineData("Storage"), InlineData("Gateway")]
    public void Only_the_silo_knows_which_engine_runs(string room) => EngineInternals($"CampusCare.{room}").ShouldBeEmpty();

    [Fact]
    public void The_load_tool_knows_the_public_API_alone() =>
        Compiled.RoomsUsedBy("CampusCare.PeakHour").Concat(Compiled.RoomsUsedBy("CampusCare.ClientKit")).Except(["ClientKit", "Client"]).ShouldBeEmpty();

    // Each check above can fail:

    [Fact]
    public void A_forbidden_reference_is_seen_in_a_project_file()
    {
        var project = XDocument.Parse("""<Project><ItemGroup><ProjectReference Include="$(Root)src/Grains/CampusCare.Grains.csproj" /></ItemGroup></Project>""");
        Arrows.Forbidden("Gateway", Arrows.References(project)).ShouldBe(["Gateway must not know Grains"]);
    }

    [Fact]
    public void A_forbidden_use_is_seen_in_a_compiled_assembly() =>
        Arrows.Forbidden("Embedded", Compiled.RoomsUsedBy("CampusCare.Contracts")).ShouldContain("Embedded must not know Domain");

    [Fact]
    public void Writing_to_the_journal_is_seen() => Writes("CampusCare.Grains").ShouldNotBeEmpty();

    [Fact]
    public void Touching_the_outside_is_seen() => Outside("CampusCare.Architecture.Tests").ShouldNotBeEmpty();

    private static IEnumerable<TypeUse> Writes(string assembly) =>
        Compiled.TypesUsedBy(assembly).Where(use => use.Assembly == "CampusCare.Storage" && WritesOfStorage.Contains(use.Name));

    private static IEnumerable<TypeUse> Outside(string assembly) => Compiled.TypesUsedBy(assembly)
        .Where(use => OutsideTypes.Contains(use.Name) || OutsideDomain.Any(door => use.Namespace == door || use.Namespace.StartsWith($"{door}.", StringComparison.Ordinal)));

    private static IEnumerable<TypeUse> EngineInternals(string assembly) => Compiled.TypesUsedBy(assembly)
        .Where(use => use.Assembly == "CampusCare.Embedded" && !use.Namespace.StartsWith("Orleans", StringComparison.Ordinal));
}
