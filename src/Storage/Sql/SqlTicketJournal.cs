using System.Data.Common;

namespace CampusCare.Storage;

/// <summary>The journal in a database: appends go through the writers, reads past them.</summary>
internal sealed class SqlTicketJournal(StorageDatabase database, JournalWriters writers, FillSalt fillSalt) : ITicketJournal, ITicketHistory, IChainSource
{
    /// <inheritdoc/>
    public Task<AppendResult> Append(Append append) =>
        SealedAppend.TrySeal(append, fillSalt, out var ready, out var refused) ? writers.Write(ready) : Task.FromResult<AppendResult>(refused);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEvent>> Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation = default) =>
        database.Reads.List(
            $"""
            select {EventTable.Selected} from ticket_events e
            where e.ticket_id = @ticket and e.campus = @campus and e.seq > @after order by e.seq
            """,
            reader => EventTable.Read(reader).ToJournalEvent(),
            cancellation,
            ("campus", campus),
            ("ticket", ticketId),
            ("after", afterSeq));

    /// <inheritdoc/>
    public Task<int> ErasePersonal(string campus, string ticketId, CancellationToken cancellation = default) =>
        Reads.Guard(async () =>
        {
            await using var connection = await database.Writes.OpenConnectionAsync(cancellation);
            // Otherwise the text would stay readable in the file's free pages.
            if (database.Provider == StorageProvider.Sqlite)
            {
                await using var overwrite = connection.Command("pragma secure_delete = on");
                await overwrite.ExecuteNonQueryAsync(cancellation);
            }
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var events = connection.Command(
                """
                update ticket_events set personal = null, personal_salt = null
                where ticket_id = @ticket and campus = @campus and personal is not null
                """,
                ("ticket", ticketId),
                ("campus", campus));
            events.Transaction = transaction;
            var erased = await events.ExecuteNonQueryAsync(cancellation);
            await using var row = connection.Command(
                "update tickets set subject = '', customer_name = null, agent_name = null where ticket_id = @ticket and campus = @campus", ("ticket", ticketId), ("campus", campus));
            row.Transaction = transaction;
            await row.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return erased;
        });

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalEvent> Between(string campus, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        database.Reads.Stream(
            $"""
            select {EventTable.Selected} from tickets t join ticket_events e on e.ticket_id = t.ticket_id
            where t.campus = @campus and t.opened_at < @to and (t.state not in ('resolved', 'closed') or t.updated_at >= @from) and e.at < @to
            order by e.at, e.ticket_id, e.seq
            """,
            reader => EventTable.Read(reader).ToJournalEvent(),
            cancellation,
            ("campus", campus),
            ("from", Micros.From(from)),
            ("to", Micros.From(to)));

    /// <inheritdoc/>
    public IAsyncEnumerable<ChainLink> Links(CancellationToken cancellation) =>
        database.Reads.Stream(
            $"""
            select {EventTable.Selected}, t.campus, t.seq, t.hash
            from ticket_events e left join tickets t on t.ticket_id = e.ticket_id
            order by e.ticket_id, e.seq
            """,
            ReadLink,
            cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<ChainHead> HeadsWithoutEvents(CancellationToken cancellation) =>
        database.Reads.Stream(
            """
            select t.campus, t.seq, t.hash, t.ticket_id from tickets t
            where not exists (select 1 from ticket_events e where e.ticket_id = t.ticket_id)
            order by t.ticket_id
            """,
            reader => ReadHead(reader, reader.GetString(3), 0),
            cancellation);

    private static ChainLink ReadLink(DbDataReader reader)
    {
        var item = EventTable.Read(reader);
        var head = EventTable.Columns.Count;
        return new ChainLink(item, reader.IsDBNull(head) ? null : ReadHead(reader, item.TicketId, head));
    }

    private static ChainHead ReadHead(DbDataReader reader, string ticketId, int first) =>
        new(ticketId, reader.GetString(first), reader.GetInt64(first + 1), EventTable.ReadHash(reader.GetFieldValue<byte[]>(first + 2)));
}
