using System.Data;
using System.Net.Sockets;
using Npgsql;
using NpgsqlTypes;

namespace CampusCare.Storage;

/// <summary>
/// Commits a batch in one statement, hence one round trip and one transaction. Batches go in the order of ticket ids, so
/// that two processes that write the same tickets wait for each other instead of deadlocking.
/// </summary>
internal sealed class PostgresJournalStore(NpgsqlDataSource source) : IJournalStore
{
    private static readonly BytesColumn<SealedAppend> ExpectedHash = new("expected_hash", append => append.PreviousHash.ToArray());
    private static readonly IReadOnlyList<Column<SealedAppend>> ItemColumns = [.. TicketTable.Columns, ExpectedHash];

    // Written so that the planner has no choice, whatever it believes of a young table: every ticket is looked up by its
    // key. A ticket that isn't there has the hash of nothing. The row is locked by the update, so that a second writer of
    // the same ticket waits, looks again at the seq, and gives way.
    private static readonly string Statement = StatementWith("");

    // Few batches have subscribers: the others don't pay for them.
    private static readonly string StatementWithDeliveries = StatementWith($"""
        , told as (
          insert into webhook_deliveries ({Names(DeliveryTable.Columns)})
          select * from {Unnest(DeliveryTable.Columns, ItemColumns.Count + EventTable.Columns.Count + 1)} as d({Names(DeliveryTable.Columns)})
          where (d.ticket_id in (select ticket_id from accepted)) is true
        )
        """);

    private static string StatementWith(string deliveries) => $"""
        with accepted as (
          insert into tickets ({Names(TicketTable.Columns)})
          select {Names(TicketTable.Columns)} from {Unnest(ItemColumns, 1)} as item({Names(ItemColumns)})
          where expected_hash = coalesce((select t.hash from tickets t where t.ticket_id = item.ticket_id), '\x{EventHash.None}')
          on conflict (ticket_id) do update
          set {string.Join(", ", TicketTable.Columns.Skip(2).Select(column => $"{column.Name} = excluded.{column.Name}"))}
          where tickets.seq = excluded.seq - excluded.appended and tickets.campus = excluded.campus
          returning ticket_id
        ), written as (
          insert into ticket_events ({Names(EventTable.Columns)})
          select * from {Unnest(EventTable.Columns, ItemColumns.Count + 1)} as e({Names(EventTable.Columns)})
          where (e.ticket_id in (select ticket_id from accepted)) is true
        ){deliveries}
        select ticket_id from accepted
        """;

    private const string StoredStatement = """
        select e.ticket_id from unnest($1, $2, $3) as item(ticket_id, seq, hash)
        join ticket_events e on e.ticket_id = item.ticket_id and e.seq = item.seq and e.hash = item.hash
        """;

    private NpgsqlConnection? _connection;

    public async Task<BatchResult> Commit(IReadOnlyList<SealedAppend> batch, bool again)
    {
        try
        {
            _connection ??= await source.OpenConnectionAsync();
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException)
        {
            return new BatchResult.Failed(new AppendResult.Refused(Refusal.Unavailable, failure.Message));
        }
        var sound = false;
        try
        {
            var result = await Store(_connection, batch, again);
            sound = true;
            return result;
        }
        catch (NpgsqlException failure)
        {
            sound = _connection.FullState == ConnectionState.Open;
            return PostgresFailures.Judge(failure);
        }
        finally
        {
            if (!sound)
                await Disconnect();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Disconnect();
        await source.DisposeAsync();
    }

    private async ValueTask Disconnect()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
        _connection = null;
    }

    private static async Task<BatchResult> Store(NpgsqlConnection connection, IReadOnlyList<SealedAppend> batch, bool again)
    {
        var deliveries = batch.SelectMany(append => append.Deliveries).ToArray();
        await using var command = new NpgsqlCommand(deliveries.Length == 0 ? Statement : StatementWithDeliveries, connection);
        var ordered = batch.OrderBy(append => append.TicketId, StringComparer.Ordinal).ToArray();
        AddArrays(command, ItemColumns, ordered);
        AddArrays(command, EventTable.Columns, [.. ordered.SelectMany(append => append.Events)]);
        if (deliveries.Length > 0) AddArrays(command, DeliveryTable.Columns, deliveries);
        var accepted = await ReadIds(command);
        if (again && accepted.Count < batch.Count)
            accepted.UnionWith(await AlreadyStored(connection, [.. batch.Where(append => !accepted.Contains(append.TicketId))]));
        return new BatchResult.Done([.. batch.Select(append => accepted.Contains(append.TicketId))]);
    }

    /// <summary>The tickets whose append was stored by the commit of unknown outcome.</summary>
    private static async Task<HashSet<string>> AlreadyStored(NpgsqlConnection connection, IReadOnlyList<SealedAppend> rejected)
    {
        await using var command = new NpgsqlCommand(StoredStatement, connection);
        AddArrays(command, [EventTable.Columns[0], EventTable.Columns[1], EventTable.Columns[^1]], [.. rejected.Select(append => append.Last)]);
        return await ReadIds(command);
    }

    private static async Task<HashSet<string>> ReadIds(NpgsqlCommand command)
    {
        var ids = new HashSet<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            ids.Add(reader.GetString(0));
        return ids;
    }

    private static void AddArrays<T>(NpgsqlCommand command, IReadOnlyList<Column<T>> columns, IReadOnlyList<T> items)
    {
        foreach (var column in columns)
        {
            command.Parameters.Add(column switch
            {
                TextColumn<T> text => Array(NpgsqlDbType.Text, items, text.Value),
                LongColumn<T> number => Array(NpgsqlDbType.Bigint, items, number.Value),
                BytesColumn<T> bytes => Array(NpgsqlDbType.Bytea, items, bytes.Value),
                _ => throw new InvalidOperationException($"No array for {column}."),
            });
        }
    }

    private static NpgsqlParameter<TValue[]> Array<T, TValue>(NpgsqlDbType type, IReadOnlyList<T> items, Func<T, TValue> value)
    {
        var values = new TValue[items.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(items[i]);
        return new NpgsqlParameter<TValue[]> { NpgsqlDbType = type | NpgsqlDbType.Array, TypedValue = values };
    }

    private static string Names<T>(IReadOnlyList<Column<T>> columns) => string.Join(", ", columns.Select(column => column.Name));

    private static string Unnest<T>(IReadOnlyList<Column<T>> columns, int firstParameter) =>
        $"unnest({string.Join(", ", columns.Select((_, i) => $"${firstParameter + i}"))})";
}
