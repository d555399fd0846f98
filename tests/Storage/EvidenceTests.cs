using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Storage.Tests;

/// <summary>Evidence files, in a folder and in memory: whole or not there, each ticket's own, orphans found and deleted.</summary>
public sealed class EvidenceTests : IDisposable
{
    private const string Campus = "north";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("campuscare-evidence-");
    private readonly SetTime _time = new();

    public static TheoryData<bool> Kinds => [false, true];

    public void Dispose() => _root.Delete(recursive: true);

    [Theory, MemberData(nameof(Kinds))]
    public async Task Orphans_go_when_they_are_old_and_what_is_named_or_young_stays(bool inMemory)
    {
        var files = Files(inMemory);
        var (named, orphan) = (Name("t1", 'a'), Name("t1", 'b'));
        await files.Keep(named, new byte[] { 1 });
        await files.Keep(orphan, new byte[] { 2 });
        await files.Keep(Name("t2", 'b'), new byte[] { 3 });
        files.DeleteOrphans(Campus, "t1", [named.Hash], _time.GetUtcNow()).ShouldBe(0, "both are young");

        _time.Pass(TimeSpan.FromHours(2));
        files.DeleteOrphans(Campus, "t1", [named.Hash], _time.GetUtcNow() - TimeSpan.FromHours(1)).ShouldBe(1);
        files.DeleteOrphans(Campus, "t1", [named.Hash], _time.GetUtcNow() - TimeSpan.FromHours(1)).ShouldBe(0, "repeating is harmless");
        (files.Has(named), files.Has(orphan), files.Has(Name("t2", 'b'))).ShouldBe((true, false, true));
        files.DeleteOrphans(Campus, "nobody", [], _time.GetUtcNow()).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task One_that_is_kept_again_is_young_again(bool inMemory)
    {
        var files = Files(inMemory);
        await files.Keep(Name("t1", 'a'), new byte[] { 1 });
        _time.Pass(TimeSpan.FromHours(2));
        await files.Keep(Name("t1", 'a'), new byte[] { 1 });
        files.DeleteOrphans(Campus, "t1", [], _time.GetUtcNow() - TimeSpan.FromHours(1)).ShouldBe(0);
        files.Has(Name("t1", 'a')).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Tickets_whose_files_changed_come_in_order_a_bounded_number_at_a_time(bool inMemory)
    {
        var files = Files(inMemory);
        (await files.Changed(Campus, default, "", 10)).ShouldBeEmpty();
        foreach (var ticket in new[] { "t3", "t1", "t5", "t2", "t4" })
        {
            await files.Keep(Name(ticket, 'a'), new byte[] { 1 });
            await files.Keep(Name(ticket, 'b'), new byte[] { 1 });
        }
        (await files.Changed(Campus, default, "", 2)).ShouldBe(["t1", "t2"]);
        (await files.Changed(Campus, default, "t2", 10)).ShouldBe(["t3", "t4", "t5"]);
        (await files.Changed("south", default, "", 10)).ShouldBeEmpty();
        _time.Pass(TimeSpan.FromHours(1));
        var since = _time.GetUtcNow();
        await files.Keep(Name("t4", 'c'), new byte[] { 1 });
        (await files.Changed(Campus, since, "", 10)).ShouldBe(["t4"]);
    }

    [Fact]
    public async Task What_a_crash_left_unfinished_is_an_orphan_and_an_empty_folder_goes_with_it()
    {
        var files = Files(false);
        var folder = Directory.CreateDirectory(Path.Combine(_root.FullName, Campus, "t1"));
        var unfinished = Path.Combine(folder.FullName, Name("t1", 'a').Hash + ".k2j3h4");
        await File.WriteAllBytesAsync(unfinished, [1, 2]);
        File.SetLastWriteTimeUtc(unfinished, _time.GetUtcNow().UtcDateTime);
        (await files.Changed(Campus, default, "", 10)).ShouldBe(["t1"]);
        files.DeleteOrphans(Campus, "t1", [], _time.GetUtcNow()).ShouldBe(0);
        _time.Pass(TimeSpan.FromHours(2));
        files.DeleteOrphans(Campus, "t1", [], _time.GetUtcNow()).ShouldBe(1);
        folder.Refresh();
        folder.Exists.ShouldBeFalse();
    }

    [Fact]
    public void A_name_leads_nowhere_else()
    {
        var files = Files(false);
        Should.Throw<ArgumentException>(() => files.Has(new EvidenceName("north", "..", "x")));
        Should.Throw<ArgumentException>(() => files.DeleteOrphans("../north", "t1", [], default));
    }

    private IEvidenceFiles Files(bool inMemory)
    {
        if (inMemory) return new InMemoryEvidence(_time);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Evidence:Path"] = _root.FullName }).Build();
        return new ServiceCollection().AddSingleton<TimeProvider>(_time).AddEvidenceFiles(configuration).BuildServiceProvider().GetRequiredService<IEvidenceFiles>();
    }

    private static EvidenceName Name(string ticket, char digit) => new(Campus, ticket, new string(digit, 64));

    /// <summary>Time that moves when a test says so.</summary>
    private sealed class SetTime : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan time) => _now += time;
    }
}
