using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace CampusCare.Storage;

/// <summary>One SQLite file: any number of readers, and one writer at a time behind the gate.</summary>
internal sealed class SqliteDatabase : StorageDatabase
{
    /// <summary>A commit is on the disk when it returns.</summary>
    public const string Durable = "pragma synchronous = full";

    private readonly string _connectionString;
    private readonly SqliteGate _gate = new();

    public SqliteDatabase(StorageOptions options)
    {
        var settings = new SqliteConnectionStringBuilder(options.ConnectionString);
        if (options.Path is { } path)
            settings.DataSource = path;
        if (settings.DataSource.Length == 0)
            throw new ArgumentException("Storage:Path says where the SQLite file is; it is empty.");
        if (Path.GetDirectoryName(Path.GetFullPath(settings.DataSource)) is { } folder && settings.Mode != SqliteOpenMode.ReadOnly)
            Directory.CreateDirectory(folder);
        settings.DefaultTimeout = options.TimeoutSeconds;
        _connectionString = settings.ConnectionString;
        Writes = new SqliteDataSource(_connectionString, () => new GatedSqliteConnection(_connectionString, _gate));
        Reads = new SqliteDataSource(_connectionString, () => new SqliteConnection(_connectionString));
    }

    public override StorageProvider Provider => StorageProvider.Sqlite;

    public override DbDataSource Reads { get; }

    public override DbDataSource Writes { get; }

    internal override IJournalStore OpenJournal() => new SqliteJournalStore(_connectionString, _gate);

    public override ValueTask DisposeAsync()
    {
        using (var pooled = new SqliteConnection(_connectionString))
            SqliteConnection.ClearPool(pooled);
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }
}
