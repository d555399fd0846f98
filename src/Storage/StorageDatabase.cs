using System.Data.Common;

namespace CampusCare.Storage;

/// <summary>The database of this process, as connections for those who read and for those who write.</summary>
public abstract class StorageDatabase : IAsyncDisposable
{
    private protected StorageDatabase()
    {
    }

    public abstract StorageProvider Provider { get; }

    /// <summary>Where it is, for people: the file, or server and database, without any password.</summary>
    public abstract string Location { get; }

    /// <summary>Connections that only read.</summary>
    public abstract DbDataSource Reads { get; }

    /// <summary>
    /// Connections that may write. On SQLite an open one keeps all other writers out, so open it late and close it soon.
    /// </summary>
    public abstract DbDataSource Writes { get; }

    /// <summary>The journal's own ways in, to be used side by side; their owner disposes them.</summary>
    internal abstract IReadOnlyList<IJournalStore> OpenJournal();

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>The database that the options name; nothing is opened yet.</summary>
    /// <exception cref="ArgumentException">The options don't say where the database is.</exception>
    public static StorageDatabase Of(StorageOptions options) => options.Provider switch
    {
        StorageProvider.PostgreSql when string.IsNullOrWhiteSpace(options.ConnectionString) =>
            throw new ArgumentException("Storage:ConnectionString says where PostgreSQL is; it is empty."),
        StorageProvider.PostgreSql => new PostgresDatabase(options),
        StorageProvider.Sqlite => new SqliteDatabase(options),
        _ => throw new ArgumentException($"Storage:Provider {options.Provider} is unknown."),
    };
}
