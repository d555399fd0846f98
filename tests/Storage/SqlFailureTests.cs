using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

public sealed class SqliteSqlFailureTests : SqlFailureTests<Sqlite>;

public sealed class PostgresSqlFailureTests : SqlFailureTests<PostgreSql>;

/// <summary>What both databases refuse, and that nothing is acknowledged then.</summary>
public abstract class SqlFailureTests<TKind>
    where TKind : IBedKind
{
    private static readonly int[] Slots = [.. Enumerable.Range(0, 20)];

    [SkippableFact]
    public async Task An_append_that_the_database_rejects_does_not_hold_up_its_batch()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var noHash = bed.Database.Provider == StorageProvider.Sqlite ? "x''" : "''";
        await bed.Execute(
            $"insert into ticket_events (ticket_id, seq, campus, at, type, payload, prev_hash, hash) values ('t7', 1, 'north', 0, '', '', {noHash}, {noHash})");

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            bed.Journal.Append(Open(Row($"t{i}") with { AgentId = "north/a1", Slot = i == 11 ? "chat-1" : $"chat-{i}", Rating = i == 9 ? 6 : null }))));

        // Which of the two gets the slot is the writers' race.
        var beaten = results[1] is AppendResult.SlotTaken ? 1 : 11;
        for (var i = 0; i < 50; i++)
        {
            if (i == 7)
                results[i].ShouldBeOfType<AppendResult.SeqTaken>("someone put an event where it belongs");
            else if (i == 9)
                results[i].ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Invalid, "six stars");
            else if (i == beaten)
                results[i].ShouldBeOfType<AppendResult.SlotTaken>("the other one holds it");
            else
                results[i].ShouldBeOfType<AppendResult.Committed>();
            (await bed.Tickets.Find("north", $"t{i}") is not null).ShouldBe(results[i] is AppendResult.Committed);
        }
        (await bed.Journal.Read("north", "t9", 0)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_slot_given_back_can_be_taken_in_the_same_batch()
    {
        await using var bed = (SqlBed)await TKind.Make();
        var (journal, writer) = bed.JournalOn(bed.Database.OpenJournal()[0]);
        await using (writer)
        {
            var holders = await Task.WhenAll(Slots.Select(i => journal.Append(Open(Holding($"old{i:00}", "north/a1", $"chat-{i}")))));
            var takers = await Task.WhenAll(Slots.Select(i => journal.Append(Open(Taker(i)))));

            var given = Slots.Select(i => journal.Append(After(holders[i], Row($"old{i:00}", TicketStates.Closed) with { AgentId = "north/a1" })));
            var taken = Slots.Select(i => journal.Append(After(takers[i], Holding(Taker(i), "north/a1", $"chat-{i}"))));

            (await Task.WhenAll(given.Concat(taken))).ShouldAllBe(result => result is AppendResult.Committed);
        }

        // Half of the takers come before the givers in the order of ids, which is the order in which PostgreSQL meets them.
        static string Taker(int i) => i % 2 == 0 ? $"a{i:00}" : $"z{i:00}";
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
            var head = await journal.Append(Open(Holding("t1", "north/a1", "chat-0"), Event(personal: "\"a\"")));
            var next = await journal.Append(After(head, Holding("t1", "north/a1", "chat-1"), Event(personal: "\"b\"")));

            next.ShouldBeOfType<AppendResult.Committed>().Seq.ShouldBe(2, "its own slot isn't taken by another");
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
