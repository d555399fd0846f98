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
    public async Task Tickets_from_before_a_supervisor_s_lists_get_what_these_show_from_their_events()
    {
        await using var bed = await Empty();
        await bed.Migrator.Migrate();
        await bed.Journal.Append(new Append(0, EventHash.None,
        [
            new NewEvent("opened", Samples.Noon, """{"role":"Rider","sentiment":"Negative"}""", """{"text":"找不到楼","name":"小林"}"""),
            new NewEvent("accepted", Samples.Noon.AddMinutes(1), "{}", """{"name":"阿哲"}"""),
            new NewEvent("message", Samples.Noon.AddMinutes(2), """{"author":"Agent"}"""),
            new NewEvent("message", Samples.Noon.AddMinutes(3), """{"author":"Customer"}"""),
            new NewEvent("message", Samples.Noon.AddMinutes(4), """{"author":"Customer"}"""),
        ], Samples.Row("t1", TicketStates.Assigned)));
        await bed.Journal.Append(new Append(0, EventHash.None, [new NewEvent("opened", Samples.Noon, """{"role":"Student","consultationOf":"t1"}""")], Samples.Row("t2", TicketStates.Assigned)));
        foreach (var index in new[] { "tickets_live", "tickets_of_order" }) await bed.Execute($"drop index {index}");
        foreach (var column in new[] { "customer_name", "customer_role", "sentiment", "agent_name", "agent_since", "unanswered_since" }) await bed.Execute($"alter table tickets drop column {column}");
        await bed.Execute("delete from schema_version where version = 11");

        (await bed.Migrator.Migrate()).ShouldBe(1);

        var row = (await bed.Tickets.Find("north", "t1"))!;
        (row.CustomerName, row.CustomerRole, row.Sentiment, row.AgentName).ShouldBe(("小林", "rider", "negative", "阿哲"));
        (row.AgentSince, row.UnansweredSince).ShouldBe((Samples.Noon.AddMinutes(1).ToUniversalTime(), Samples.Noon.AddMinutes(3).ToUniversalTime()));
        (await bed.Tickets.Find("north", "t2"))!.CustomerRole.ShouldBeNull("a question to a colleague");
    }

    [SkippableFact]
    public async Task Who_must_not_migrate_refuses_a_schema_that_is_missing_or_older_and_takes_a_newer_one()
    {
        await using var bed = await Empty();
        (await Should.ThrowAsync<InvalidOperationException>(() => bed.Migrator.Require())).Message.ShouldContain("version 0");

        await bed.Migrator.Migrate();
        await bed.Migrator.Require();

        await bed.Execute("insert into schema_version (version, name, applied_at) values (9999, 'from_the_future', '')");
        await bed.Migrator.Require();

        await bed.Execute("delete from schema_version where version >= (select max(version) from schema_version where version < 9999)");
        (await Should.ThrowAsync<InvalidOperationException>(() => bed.Migrator.Require())).Message.ShouldContain("Run migrate");
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
