using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

public sealed class SqliteSqlFailureTests : SqlFailureTests<Sqlite>;

public sealed class PostgresSqlFailureTests : SqlFailureTests<PostgreSql>;

/// <summary>What both databases refuse, and that nothing is acknowledged then.</summary>
public abstract class SqlFailureTests<TKind>
    where TKind : IBedKind
{
    [SkippableFact]
    public async Task An_append_that_the_database_rejects_does_not_hold_up_its_batch()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var noHash = bed.Database.Provider == StorageProvider.Sqlite ? "x''" : "''";
        await bed.Execute(
            $"insert into ticket_events (ticket_id, seq, campus, at, type, payload, prev_hash, hash) values ('t7', 1, 'north', 0, '', '', {noHash}, {noHash})");

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            bed.Journal.Append(Open(Row($"t{i}") with { Rating = i == 9 ? 6 : null }))));

        for (var i = 0; i < 50; i++)
        {
            if (i == 7)
                results[i].ShouldBeOfType<AppendResult.SeqTaken>("someone put an event where it belongs");
            else if (i == 9)
                results[i].ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Invalid, "six stars");
            else
                results[i].ShouldBeOfType<AppendResult.Committed>();
            (await bed.Tickets.Find("north", $"t{i}") is not null).ShouldBe(results[i] is AppendResult.Committed);
        }
        (await bed.Journal.Read("north", "t9", 0)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Without_a_schema_nothing_is_acknowledged()
    {
        await using var bed = (SqlBed)await TKind.Make();
        await bed.Execute("alter table ticket_events rename to gone");

        (await bed.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Unavailable);
        await Should.ThrowAsync<StorageUnavailableException>(bed.Journal.Read("north", "t1", 0));

        await bed.Execute("alter table gone rename to ticket_events");
        (await bed.Tickets.Find("north", "t1")).ShouldBeNull();
        (await bed.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Committed>();
    }

    [SkippableFact]
    public async Task An_append_whose_commit_was_done_but_unheard_of_is_stored_once()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var store = new DeafStore(bed.Database.OpenJournal()[0]);
        var (journal, writer) = bed.JournalOn(store);
        await using (writer)
        {
            var head = await journal.Append(Open("t1", Event(personal: "\"a\"")));
            var next = await journal.Append(After(head, Row("t1", TicketStates.Closed), Event(personal: "\"b\"")));

            next.ShouldBeOfType<AppendResult.Committed>().Seq.ShouldBe(2);
            store.Commits.ShouldBe(4, "each was committed twice");
        }
        (await bed.Journal.Read("north", "t1", 0)).Count.ShouldBe(2);
        (await bed.Tickets.Find("north", "t1"))!.Seq.ShouldBe(2);
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(1, 2, 0, null));
    }

    /// <summary>Commits, and then hears nothing of it the first time.</summary>
    private sealed class DeafStore(IJournalStore inner) : IJournalStore
    {
        public int Commits { get; private set; }

        public async Task<BatchResult> Commit(IReadOnlyList<SealedAppend> batch, bool again)
        {
            Commits++;
            var result = await inner.Commit(batch, again);
            return again ? result : new BatchResult.Unknown("deaf");
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
