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
        var settings = new SqliteConnectionStringBuilder(options.ConnectionString) { DefaultTimeout = options.TimeoutSeconds };
        if (options.Path is not null || settings.DataSource.Length == 0)
            settings.DataSource = options.Path ?? Path.Combine("data", StorageOptions.FileName);
        Location = Path.GetFullPath(settings.DataSource);
        var creating = settings.ConnectionString;
        Writes = new SqliteDataSource(creating, () => new GatedSqliteConnection(creating, _gate));
        // Only a migration makes a new file; who reads or appends where there is none, hears so.
        if (settings.Mode == SqliteOpenMode.ReadWriteCreate)
            settings.Mode = SqliteOpenMode.ReadWrite;
        _connectionString = settings.ConnectionString;
        Reads = new SqliteDataSource(_connectionString, () => new SqliteConnection(_connectionString));
    }

    public override StorageProvider Provider => StorageProvider.Sqlite;

    public override string Location { get; }

    public override DbDataSource Reads { get; }

    public override DbDataSource Writes { get; }

    internal override IReadOnlyList<IJournalStore> OpenJournal() => [new SqliteJournalStore(_connectionString, _gate)];

    public override ValueTask DisposeAsync()
    {
        foreach (var source in new[] { Reads, Writes })
        {
            using var pooled = new SqliteConnection(source.ConnectionString);
            SqliteConnection.ClearPool(pooled);
        }
        _gate.Dispose();
        return ValueTask.CompletedTask;
    }
}
