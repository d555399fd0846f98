namespace CampusCare.Storage.Tests;

public sealed class SqliteAuditLogTests : AuditLogTests
{
    internal override Task<SqlBed> Make() => SqlBed.OnSqlite();
}

public sealed class PostgresAuditLogTests : AuditLogTests
{
    internal override Task<SqlBed> Make() => SqlBed.OnPostgres();
}

/// <summary>Who did what: it stays, in order, and nobody changes it unseen.</summary>
public abstract class AuditLogTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    internal abstract Task<SqlBed> Make();

    [SkippableFact]
    public async Task What_is_appended_comes_back_newest_first_by_campus_and_by_what_is_asked_for()
    {
        await using var bed = await Make();
        for (var i = 1; i <= 5; i++) await bed.Audit.Append("north", Noon.AddSeconds(i), Fact(i % 2 == 0 ? "li" : "wang", $"t{i}"));
        await bed.Audit.Append("south", Noon, Fact("li", "t9"));

        (await Seqs(bed.Audit.Read("north", 0, 10))).ShouldBe([5, 4, 3, 2, 1]);
        (await Seqs(bed.Audit.Read("north", 0, 2))).ShouldBe([5, 4]);
        (await Seqs(bed.Audit.Read("north", 4, 10))).ShouldBe([3, 2, 1]);
        (await Seqs(bed.Audit.Read("north", 0, 10, actor: "li"))).ShouldBe([4, 2]);
        (await Seqs(bed.Audit.Read("north", 0, 10, target: "t3"))).ShouldBe([3]);
        (await Seqs(bed.Audit.Read("north", 0, 10, action: "other"))).ShouldBeEmpty();
        var last = (await bed.Audit.Read("south", 0, 1)).Single();
        (last.Seq, last.At, last.Fact).ShouldBe((1, Noon, Fact("li", "t9")));
        (await bed.Audit.FirstBroken()).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Many_writers_make_one_chain()
    {
        await using var bed = await Make();
        await using var other = bed.Again();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => (i % 2 == 0 ? bed : other).Audit.Append("north", Noon, Fact("li", $"t{i}"))));
        (await Seqs(bed.Audit.Read("north", 0, 100))).ShouldBe(Enumerable.Range(1, 24).Reverse().Select(static seq => (long)seq));
        (await bed.Audit.FirstBroken()).ShouldBeNull();
    }

    [SkippableFact]
    public async Task The_database_refuses_to_change_it_and_whoever_does_so_all_the_same_is_seen()
    {
        await using var bed = await Make();
        for (var i = 1; i <= 3; i++) await bed.Audit.Append("north", Noon, Fact("li", $"t{i}"));
        foreach (var change in new[] { "update audit_events set actor = 'wang'", "delete from audit_events where seq = 3" })
            (await Should.ThrowAsync<System.Data.Common.DbException>(() => bed.Execute(change))).Message.ShouldContain("never changed");

        await bed.Execute("drop trigger audit_events_stay" + (bed.Database.Provider == StorageProvider.PostgreSql ? " on audit_events" : ""));
        await bed.Execute("update audit_events set outcome = 'forbidden' where seq = 2", expected: 1);
        (await bed.Audit.FirstBroken())!.Seq.ShouldBe(2);
    }

    private static AuditFact Fact(string actor, string target) => new(actor, "Agent", "phoneShown", target, "", "done");

    private static async Task<IEnumerable<long>> Seqs(Task<IReadOnlyList<AuditEntry>> entries) => (await entries).Select(static entry => entry.Seq);
}
