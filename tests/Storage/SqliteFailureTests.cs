using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

/// <summary>What can happen to a file.</summary>
public sealed class SqliteFailureTests
{
    [Fact]
    public async Task On_a_full_disk_appends_are_refused_and_what_was_acknowledged_stays()
    {
        await using var bed = await SqlBed.OnSqlite();
        using var gate = new SqliteGate();
        var pages = await bed.Scalar<long>("pragma page_count");
        var connection = $"Data Source={bed.Settings["Storage:Path"]}";
        var acknowledged = 0;
        var (full, fullWriter) = bed.JournalOn(new SqliteJournalStore(connection, gate, $"{SqliteDatabase.Durable}; pragma max_page_count = {pages + 40}"));
        await using (fullWriter)
        {
            AppendResult result;
            while ((result = await full.Append(Open($"t{acknowledged}"))) is AppendResult.Committed)
                acknowledged++;
            result.ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.DiskFull);
        }

        acknowledged.ShouldBeGreaterThan(10);
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(acknowledged, acknowledged, 0, null));
        (await bed.Journal.Read("north", $"t{acknowledged}", 0)).ShouldBeEmpty();
        (await bed.Journal.Append(Open($"t{acknowledged}"))).ShouldBeOfType<AppendResult.Committed>("there is room again");
    }

    [Fact]
    public async Task On_a_full_disk_no_append_of_a_batch_is_acknowledged_and_lost()
    {
        await using var bed = await SqlBed.OnSqlite();
        using var gate = new SqliteGate();
        var pages = await bed.Scalar<long>("pragma page_count");
        var connection = $"Data Source={bed.Settings["Storage:Path"]}";
        var (full, fullWriter) = bed.JournalOn(new SqliteJournalStore(connection, gate, $"{SqliteDatabase.Durable}; pragma max_page_count = {pages + 200}"));
        AppendResult[] results;
        await using (fullWriter)
            results = await Task.WhenAll(Enumerable.Range(0, 3_000).Select(i => full.Append(Open($"t{i}"))));

        results.ShouldContain(result => result is AppendResult.Committed);
        results.ShouldContain(result => result is AppendResult.Refused);
        for (var i = 0; i < results.Length; i++)
            (await bed.Tickets.Find("north", $"t{i}") is not null).ShouldBe(results[i] is AppendResult.Committed, $"t{i}: {results[i]}");
    }

    [Fact]
    public async Task A_read_only_file_refuses_appends_and_still_answers()
    {
        await using var bed = await SqlBed.OnSqlite();
        await bed.Journal.Append(Open("t1"));
        await using var readOnly = bed.Again(("Storage:ConnectionString", "Mode=ReadOnly"));

        (await readOnly.Journal.Append(Open("t2"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.ReadOnly);

        (await readOnly.Tickets.Find("north", "t1")).ShouldNotBeNull();
        (await readOnly.Tickets.Find("north", "t2")).ShouldBeNull();
    }

    [Fact]
    public async Task A_missing_file_that_may_not_be_created_refuses_appends()
    {
        await using var bed = await SqlBed.OnSqlite();
        await using var missing = bed.Again(("Storage:Path", bed.Settings["Storage:Path"] + ".missing"), ("Storage:ConnectionString", "Mode=ReadWrite"));

        (await missing.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Unavailable);
        await Should.ThrowAsync<StorageUnavailableException>(missing.Tickets.Find("north", "t1"));
    }

    [Fact]
    public async Task A_file_that_another_process_locks_refuses_appends_in_time_and_takes_them_afterwards()
    {
        await using var bed = await SqlBed.OnSqlite();
        await using var patient = bed.Again(("Storage:TimeoutSeconds", "1"));
        await using (var other = await bed.Database.Writes.OpenConnectionAsync())
        {
            await using var transaction = await other.BeginTransactionAsync();
            (await patient.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Unavailable);
        }
        (await patient.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Committed>();
    }

    [Fact]
    public async Task An_append_waits_for_the_other_writers_of_its_process_however_long_they_take()
    {
        await using var bed = await SqlBed.OnSqlite();
        await using var patient = bed.Again(("Storage:TimeoutSeconds", "1"));
        await using var another = bed.Again(("Storage:TimeoutSeconds", "1"));
        Task<AppendResult> append;
        await using (var other = await patient.Database.Writes.OpenConnectionAsync())
        {
            await using var transaction = await other.BeginTransactionAsync();
            append = patient.Journal.Append(Open("t1"));
            // Another process gives up when its time is over; within the process there is no such limit.
            (await another.Journal.Append(Open("t2"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Unavailable);
            (await another.Journal.Append(Open("t2"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Unavailable);
        }
        (await append).ShouldBeOfType<AppendResult.Committed>();
    }

    [Fact]
    public async Task A_writer_is_let_in_when_an_append_is_done()
    {
        await using var bed = await SqlBed.OnSqlite();
        var states = new GrainStateTable(bed.Database);

        var appends = Enumerable.Range(0, 300).Select(i => Task.Run(() => bed.Journal.Append(Open($"t{i}"))));
        var writes = Enumerable.Range(0, 100).Select(i => Task.Run(() => states.Write("agent", $"a{i}", "{}", 0)));

        (await Task.WhenAll(appends)).ShouldAllBe(result => result is AppendResult.Committed);
        (await Task.WhenAll(writes)).ShouldAllBe(version => version == 1);
    }
}
