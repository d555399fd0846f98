using System.Data.Common;
using Npgsql;

namespace CampusCare.Storage;

/// <summary>The PostgreSQL database of this process: one bounded pool for all, and a connection for each of the journal's writers.</summary>
internal sealed class PostgresDatabase : StorageDatabase
{
    private readonly NpgsqlDataSource _source;
    private readonly string _writer;
    private readonly int _writers;

    public PostgresDatabase(StorageOptions options)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            MaxPoolSize = options.MaxConnections - options.Writers,
            MaxAutoPrepare = 20,
            CommandTimeout = options.TimeoutSeconds,
            ApplicationName = "CampusCare",
        };
        _writers = options.Writers;
        Location = $"{settings.Host}:{settings.Port}/{settings.Database}";
        _source = NpgsqlDataSource.Create(settings);
        settings.MaxPoolSize = 1;
        settings.ApplicationName = "CampusCare journal";
        // The writer's statement has one good plan; it is made once, and looks tickets up by key.
        settings.Options = $"{settings.Options} -c enable_seqscan=off -c plan_cache_mode=force_generic_plan";
        settings.AutoPrepareMinUsages = 1;
        _writer = settings.ConnectionString;
    }

    public override StorageProvider Provider => StorageProvider.PostgreSql;

    public override string Location { get; }

    public override DbDataSource Reads => _source;

    public override DbDataSource Writes => _source;

    internal override IReadOnlyList<IJournalStore> OpenJournal() =>
        [.. Enumerable.Range(0, _writers).Select(_ => new PostgresJournalStore(NpgsqlDataSource.Create(_writer)))];

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
