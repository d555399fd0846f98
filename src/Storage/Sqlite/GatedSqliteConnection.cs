using Microsoft.Data.Sqlite;

namespace CampusCare.Storage;

/// <summary>A connection that holds the file's gate while it is open, and commits durably.</summary>
internal sealed class GatedSqliteConnection(string connectionString, SqliteGate gate) : SqliteConnection(connectionString)
{
    private SqliteGate.Turn? _turn;

    public override void Open()
    {
        _turn ??= gate.EnterBlocking();
        OpenInTurn();
    }

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        _turn ??= await gate.Enter(cancellationToken);
        OpenInTurn();
    }

    public override void Close()
    {
        base.Close();
        _turn?.Dispose();
        _turn = null;
    }

    private void OpenInTurn()
    {
        try
        {
            if (new SqliteConnectionStringBuilder(ConnectionString).Mode == SqliteOpenMode.ReadWriteCreate)
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(DataSource))!);
            base.Open();
            using var durable = CreateCommand();
            durable.CommandText = SqliteDatabase.Durable;
            durable.ExecuteNonQuery();
        }
        catch
        {
            Close();
            throw;
        }
    }
}
