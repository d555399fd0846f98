using System.Data.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace CampusCare.Storage.Tests;

/// <summary>A journal on its own empty database, for one test.</summary>
public abstract class Bed : IAsyncDisposable
{
    public abstract ITicketJournal Journal { get; }

    public abstract ITicketReadModel Tickets { get; }

    public abstract JournalVerifier Verifier { get; }

    public abstract ITicketHistory History { get; }

    public abstract IStaffJournal Staff { get; }

    /// <summary>Changes one column of a stored event behind the journal's back.</summary>
    public abstract Task Tamper(string column, string ticketId, long seq);

    /// <summary>Deletes a stored event behind the journal's back.</summary>
    public abstract Task DeleteEvent(string ticketId, long seq);

    public abstract ValueTask DisposeAsync();
}

/// <summary>Makes beds of one kind.</summary>
public interface IBedKind
{
    static abstract Task<Bed> Make();
}

public sealed class InMemory : IBedKind
{
    public static Task<Bed> Make() => Task.FromResult<Bed>(new InMemoryBed());
}

public sealed class Sqlite : IBedKind
{
    public static async Task<Bed> Make() => await SqlBed.OnSqlite();
}

public sealed class PostgreSql : IBedKind
{
    public static async Task<Bed> Make() => await SqlBed.OnPostgres();
}

internal sealed class InMemoryBed : Bed
{
    public InMemoryJournal InMemoryJournal { get; } = new(Samples.Salt());

    public override ITicketJournal Journal => InMemoryJournal;

    public override ITicketReadModel Tickets => InMemoryJournal.ReadModel;

    public override JournalVerifier Verifier => InMemoryJournal.Verifier;

    public override ITicketHistory History => InMemoryJournal;

    public override IStaffJournal Staff { get; } = new InMemoryStaffJournal();

    public override Task Tamper(string column, string ticketId, long seq)
    {
        InMemoryJournal.Tamper(ticketId, seq, item => column switch
        {
            "ticket_id" => item with { TicketId = item.TicketId + "x" },
            "seq" => item with { Seq = item.Seq + 100 },
            "campus" => item with { Campus = item.Campus + "x" },
            "at" => item with { AtMicros = item.AtMicros + 1 },
            "type" => item with { Type = item.Type + "x" },
            "payload" => item with { Payload = item.Payload + "x" },
            "personal" => item with { Personal = item.Personal + "x" },
            "personal_salt" => item with { Salt = Flip(item.Salt!) },
            "personal_hash" => item with { PersonalHash = new EventHash(Flip(item.PersonalHash!.Value.ToArray())) },
            "prev_hash" => item with { PreviousHash = new EventHash(Flip(item.PreviousHash.ToArray())) },
            "hash" => item with { Hash = new EventHash(Flip(item.Hash.ToArray())) },
            _ => throw new ArgumentException(column),
        });
        return Task.CompletedTask;
    }

    public override Task DeleteEvent(string ticketId, long seq)
    {
        InMemoryJournal.Tamper(ticketId, seq, _ => null);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static byte[] Flip(byte[] bytes)
    {
        bytes[0] ^= 1;
        return bytes;
    }
}

/// <summary>A journal on SQLite or PostgreSQL, put together the way a host does it.</summary>
internal sealed class SqlBed : Bed
{
    private static int _count;

    private readonly ServiceProvider _services;
    private readonly Func<Task> _remove;

    private SqlBed(Dictionary<string, string?> settings, Func<Task> remove)
    {
        Settings = settings;
        _remove = remove;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddCampusCareStorage(configuration)
            .BuildServiceProvider(validateScopes: true);
    }

    public Dictionary<string, string?> Settings { get; }

    public StorageDatabase Database => _services.GetRequiredService<StorageDatabase>();

    public IAuditLog Audit => _services.GetRequiredService<IAuditLog>();

    public JournalMetrics Metrics => _services.GetRequiredService<JournalMetrics>();

    public Migrator Migrator => _services.GetRequiredService<Migrator>();

    public override ITicketJournal Journal => _services.GetRequiredService<ITicketJournal>();

    public override ITicketReadModel Tickets => _services.GetRequiredService<ITicketReadModel>();

    public override JournalVerifier Verifier => _services.GetRequiredService<JournalVerifier>();

    public override ITicketHistory History => _services.GetRequiredService<ITicketHistory>();

    public override IStaffJournal Staff => _services.GetRequiredService<IStaffJournal>();

    public static async Task<SqlBed> OnSqlite(bool migrated = true)
    {
        var folder = Directory.CreateTempSubdirectory("campuscare-storage-");
        var bed = new SqlBed(
            new() { ["Storage:Provider"] = "Sqlite", ["Storage:Path"] = Path.Combine(folder.FullName, "campuscare.db") },
            () =>
            {
                folder.Delete(recursive: true);
                return Task.CompletedTask;
            });
        return await Ready(bed, migrated);
    }

    public static async Task<SqlBed> OnPostgres(bool migrated = true)
    {
        var server = Environment.GetEnvironmentVariable("CAMPUSCARE_TEST_POSTGRES");
        Skip.If(string.IsNullOrEmpty(server), "SKIPPED ON POSTGRESQL: CAMPUSCARE_TEST_POSTGRES names no server (build/postgres.sh starts one)");
        var name = $"campuscare_test_{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";
        await OnServer(server, $"create database {name}");
        var settings = new NpgsqlConnectionStringBuilder(server) { Database = name };
        var bed = new SqlBed(
            new() { ["Storage:Provider"] = "PostgreSql", ["Storage:ConnectionString"] = settings.ConnectionString },
            () => OnServer(server, $"drop database {name} with (force)"));
        return await Ready(bed, migrated);
    }

    /// <summary>Another process's view of the same database.</summary>
    public SqlBed Again(params (string Key, string Value)[] changes)
    {
        var settings = new Dictionary<string, string?>(Settings);
        foreach (var (key, value) in changes)
            settings[key] = value;
        return new SqlBed(settings, () => Task.CompletedTask);
    }

    public override Task Tamper(string column, string ticketId, long seq) =>
        Execute($"update ticket_events set {column} = {Changed(column)} where ticket_id = '{ticketId}' and seq = {seq}", expected: 1);

    /// <summary>Changes one column of a ticket's row behind the journal's back.</summary>
    public Task TamperRow(string column, string ticketId) =>
        Execute($"update tickets set {column} = {Changed(column)} where ticket_id = '{ticketId}'", expected: 1);

    public override Task DeleteEvent(string ticketId, long seq) =>
        Execute($"delete from ticket_events where ticket_id = '{ticketId}' and seq = {seq}", expected: 1);

    public async Task Execute(string sql, int? expected = null)
    {
        await using var connection = await Database.Writes.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        var changed = await command.ExecuteNonQueryAsync();
        if (expected is not null)
            changed.ShouldBe(expected.Value, sql);
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = await Database.Reads.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public override async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _remove();
    }

    /// <summary>A journal that commits through another store than the bed's own.</summary>
    public (SqlTicketJournal Journal, JournalWriter Writer) JournalOn(IJournalStore store, StorageOptions? options = null)
    {
        var writer = new JournalWriter(
            store, options ?? new StorageOptions(), _services.GetRequiredService<JournalMetrics>(), NullLogger<JournalWriter>.Instance);
        return (new SqlTicketJournal(Database, new JournalWriters([writer]), Samples.Salt()), writer);
    }

    private string Changed(string column) => column switch
    {
        "seq" => "seq + 100",
        "at" => "at + 1",
        "ticket_id" or "campus" or "type" or "payload" or "personal" => $"{column} || 'x'",
        _ when Database.Provider == StorageProvider.PostgreSql => $"set_byte({column}, 0, get_byte({column}, 0) # 1)",
        _ => $"cast(substr({column}, 1, length({column}) - 1) || x'00' as blob)",
    };

    private static async Task<SqlBed> Ready(SqlBed bed, bool migrated)
    {
        if (migrated)
            await bed.Migrator.Migrate();
        return bed;
    }

    private static async Task OnServer(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using DbCommand command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
