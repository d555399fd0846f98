using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

public sealed class InMemoryVerifyTests : VerifyTests<InMemory>;

public sealed class SqliteVerifyTests : SqlVerifyTests<Sqlite>;

public sealed class PostgresVerifyTests : SqlVerifyTests<PostgreSql>;

/// <summary>Databases have rows that can be changed, too.</summary>
public abstract class SqlVerifyTests<TKind> : VerifyTests<TKind>
    where TKind : IBedKind
{
    [SkippableTheory]
    [InlineData("seq", ChainBreakKind.RowMismatch)]
    [InlineData("hash", ChainBreakKind.RowMismatch)]
    [InlineData("campus", ChainBreakKind.CampusMismatch)]
    [InlineData("ticket_id", ChainBreakKind.RowMissing)]
    public async Task A_changed_row_is_found(string column, ChainBreakKind kind)
    {
        await using var bed = (SqlBed)await Three();

        await bed.TamperRow(column, "t2");

        var report = await bed.Verifier.Verify();
        report.First.ShouldBe(new ChainBreak("t2", kind == ChainBreakKind.CampusMismatch ? 1 : 3, kind));
    }
}

/// <summary>That nobody rewrites a journal unseen.</summary>
public abstract class VerifyTests<TKind>
    where TKind : IBedKind
{
    [SkippableTheory]
    [InlineData("seq", ChainBreakKind.Gap, 3)] // it moved behind the others, and left a hole before the third
    [InlineData("campus", ChainBreakKind.HashMismatch, 2)]
    [InlineData("at", ChainBreakKind.HashMismatch, 2)]
    [InlineData("type", ChainBreakKind.HashMismatch, 2)]
    [InlineData("payload", ChainBreakKind.HashMismatch, 2)]
    [InlineData("personal", ChainBreakKind.PersonalMismatch, 2)]
    [InlineData("personal_salt", ChainBreakKind.PersonalMismatch, 2)]
    [InlineData("personal_hash", ChainBreakKind.PersonalMismatch, 2)]
    [InlineData("prev_hash", ChainBreakKind.PreviousHashMismatch, 2)]
    [InlineData("hash", ChainBreakKind.HashMismatch, 2)]
    public async Task A_changed_column_of_an_event_is_found(string column, ChainBreakKind kind, long seq)
    {
        await using var bed = await Three();

        await bed.Tamper(column, "t2", 2);

        var report = await bed.Verifier.Verify();
        (report.Tickets, report.Events, report.BrokenTickets).ShouldBe((3, 9, 1));
        report.First.ShouldBe(new ChainBreak("t2", seq, kind));
    }

    [SkippableFact]
    public async Task An_event_moved_to_another_ticket_is_found()
    {
        await using var bed = await Three();

        await bed.Tamper("ticket_id", "t2", 3);

        (await bed.Verifier.Verify()).First!.TicketId.ShouldStartWith("t2");
    }

    [SkippableTheory]
    [InlineData(1, 2, ChainBreakKind.MissingHead)]
    [InlineData(2, 3, ChainBreakKind.Gap)]
    [InlineData(3, 2, ChainBreakKind.RowMismatch)]
    public async Task A_missing_event_is_found(long deleted, long namedSeq, ChainBreakKind kind)
    {
        await using var bed = await Three();

        await bed.DeleteEvent("t2", deleted);

        var report = await bed.Verifier.Verify();
        report.ShouldBe(new VerifyReport(3, 8, 1, new ChainBreak("t2", namedSeq, kind)));
    }

    [SkippableFact]
    public async Task A_ticket_without_events_is_found()
    {
        await using var bed = await Three();

        for (var seq = 1; seq <= 3; seq++)
            await bed.DeleteEvent("t2", seq);

        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(2, 6, 1, new ChainBreak("t2", 0, ChainBreakKind.EventsMissing)));
    }

    [SkippableFact]
    public async Task The_first_of_several_breaks_is_named()
    {
        await using var bed = await Three();

        await bed.Tamper("payload", "t3", 1);
        await bed.Tamper("payload", "t2", 3);
        await bed.Tamper("payload", "t2", 2);

        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(3, 9, 2, new ChainBreak("t2", 2, ChainBreakKind.HashMismatch)));
    }

    protected static async Task<Bed> Three()
    {
        var bed = await TKind.Make();
        foreach (var ticket in new[] { "t1", "t2", "t3" })
        {
            var head = await bed.Journal.Append(Open(ticket, Event(), Event("MessagePosted", "\"personal\"")));
            (await bed.Journal.Append(After(head, Row(ticket)))).ShouldBeOfType<AppendResult.Committed>();
        }
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(3, 9, 0, null));
        return bed;
    }
}
