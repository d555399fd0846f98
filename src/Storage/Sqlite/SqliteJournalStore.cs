using Microsoft.Data.Sqlite;

namespace CampusCare.Storage;

/// <summary>Commits batches through one connection of its own, with prepared statements, in turn with all other writers.</summary>
internal sealed class SqliteJournalStore(string connectionString, SqliteGate gate, string pragmas = SqliteDatabase.Durable) : IJournalStore
{
    private Session? _session;

    public async Task<BatchResult> Commit(IReadOnlyList<SealedAppend> batch, bool again)
    {
        using var turn = await gate.Enter();
        var sound = false;
        try
        {
            _session ??= new Session(connectionString, pragmas);
            var result = _session.Commit(batch, again);
            sound = result is BatchResult.Done or BatchResult.Failed { OneByOne: true };
            return result;
        }
        catch (SqliteException failure)
        {
            return SqliteFailures.Judge(failure, committing: false);
        }
        finally
        {
            if (!sound)
                Disconnect();
        }
    }

    public ValueTask DisposeAsync()
    {
        Disconnect();
        return ValueTask.CompletedTask;
    }

    // Closing it for good rolls back whatever it had begun.
    private void Disconnect()
    {
        _session?.Dispose();
        _session = null;
    }

    private sealed class Session : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly SqliteStatement<SealedAppend> _open;
        private readonly SqliteStatement<SealedAppend> _advance;
        private readonly SqliteStatement<StoredEvent> _write;
        private readonly SqliteStatement<StoredEvent> _isStored;
        private readonly SqliteStatement<StoredDelivery> _tell;
        private readonly SqliteCommand _begin;
        private readonly SqliteCommand _commit;
        private readonly SqliteCommand _rollback;

        public Session(string connectionString, string pragmas)
        {
            _connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            _connection.Open();
            Execute(pragmas);
            _begin = Command("begin immediate");
            _commit = Command("commit");
            _rollback = Command("rollback");
            _open = new(_connection, $"insert into tickets ({Names(TicketTable.Columns)}) values ({Values(TicketTable.Columns)}) on conflict (ticket_id) do nothing", TicketTable.Columns);
            _advance = new(_connection, Advance, [.. TicketTable.Columns, ExpectedSeq, ExpectedHash]);
            _write = new(_connection, $"insert into ticket_events ({Names(EventTable.Columns)}) values ({Values(EventTable.Columns)})", EventTable.Columns);
            _tell = new(_connection, $"insert into webhook_deliveries ({Names(DeliveryTable.Columns)}) values ({Values(DeliveryTable.Columns)})", DeliveryTable.Columns);
            _isStored = new(
                _connection,
                "select count(*) from ticket_events where ticket_id = @ticket_id and seq = @seq and hash = @hash",
                [EventTable.Columns[0], EventTable.Columns[1], EventTable.Columns[^1]]);
        }

        private static readonly LongColumn<SealedAppend> ExpectedSeq = new("expected_seq", append => append.ExpectedSeq);
        private static readonly BytesColumn<SealedAppend> ExpectedHash = new("expected_hash", append => append.PreviousHash.ToArray());

        private static readonly string Advance = $"""
            update tickets set {string.Join(", ", TicketTable.Columns.Skip(2).Select(column => $"{column.Name} = @{column.Name}"))}
            where ticket_id = @ticket_id and seq = @expected_seq and hash = @expected_hash and campus = @campus
            """;

        public BatchResult Commit(IReadOnlyList<SealedAppend> batch, bool again)
        {
            var committing = false;
            try
            {
                _begin.ExecuteNonQuery();
                var stored = batch.Select(append => Store(append, again)).ToArray();
                committing = true;
                _commit.ExecuteNonQuery();
                return new BatchResult.Done(stored);
            }
            catch (SqliteException failure)
            {
                Rollback();
                return SqliteFailures.Judge(failure, committing);
            }
        }

        public void Dispose()
        {
            _open.Dispose();
            _advance.Dispose();
            _write.Dispose();
            _isStored.Dispose();
            _tell.Dispose();
            _begin.Dispose();
            _commit.Dispose();
            _rollback.Dispose();
            _connection.Dispose();
        }

        private bool Store(SealedAppend append, bool again)
        {
            if ((append.ExpectedSeq == 0 ? _open : _advance).Run(append) == 0)
                return again && _isStored.Count(append.Last) > 0;
            foreach (var item in append.Events)
                _write.Run(item);
            foreach (var item in append.Deliveries)
                _tell.Run(item);
            return true;
        }

        private void Rollback()
        {
            // After some errors SQLite has rolled back by itself; then there is nothing left to undo.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                _rollback.ExecuteNonQuery();
        }

        private SqliteCommand Command(string text)
        {
            var command = _connection.CreateCommand();
            command.CommandText = text;
            return command;
        }

        private void Execute(string text)
        {
            using var command = Command(text);
            command.ExecuteNonQuery();
        }

        private static string Names<T>(IEnumerable<Column<T>> columns) => string.Join(", ", columns.Select(column => column.Name));

        private static string Values<T>(IEnumerable<Column<T>> columns) => string.Join(", ", columns.Select(column => $"@{column.Name}"));
    }
}
