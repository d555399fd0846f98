namespace CampusCare.Storage.Tests;

public sealed class SqliteMigrationTests : MigrationTests
{
    internal override Task<SqlBed> Empty() => SqlBed.OnSqlite(migrated: false);
}

public sealed class PostgresMigrationTests : MigrationTests
{
    internal override Task<SqlBed> Empty() => SqlBed.OnPostgres(migrated: false);
}

/// <summary>How an empty database gets its schema.</summary>
public abstract class MigrationTests
{
    internal abstract Task<SqlBed> Empty();

    [SkippableFact]
    public async Task Migrating_twice_changes_nothing()
    {
        await using var bed = await Empty();

        var applied = await bed.Migrator.Migrate();
        applied.ShouldBeGreaterThan(0);
        (await bed.Migrator.Migrate()).ShouldBe(0);
        (await bed.Scalar<long>("select count(*) from schema_version")).ShouldBe(applied);
    }

    [SkippableFact]
    public async Task Several_processes_may_migrate_at_once()
    {
        await using var bed = await Empty();
        await using var other = bed.Again();
        await using var third = bed.Again();

        var applied = await Task.WhenAll(new[] { bed, other, third }.Select(each => Task.Run(() => each.Migrator.Migrate())));

        (await bed.Scalar<long>("select count(*) from schema_version")).ShouldBe(applied.Sum());
        (await bed.Journal.Append(Samples.Open("t1"))).ShouldBeOfType<AppendResult.Committed>();
    }

    [SkippableFact]
    public async Task A_newer_schema_is_left_alone()
    {
        await using var bed = await Empty();
        await bed.Migrator.Migrate();
        await bed.Execute("insert into schema_version (version, name, applied_at) values (9999, 'from_the_future', '')");

        (await Should.ThrowAsync<InvalidOperationException>(bed.Migrator.Migrate())).Message.ShouldContain("9999");
    }
}
