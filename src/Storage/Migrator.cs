using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace CampusCare.Storage;

/// <summary>
/// Brings a database to the schema of this program, by the numbered scripts under Migrations. Any number of processes
/// may do so at once; each script runs once, whole or not at all.
/// </summary>
public sealed class Migrator(StorageDatabase database, TimeProvider time, ILogger<Migrator> logger)
{
    // Any number will do, as long as all processes take the same.
    private const long AdvisoryLock = 0x43616d707573;

    private const string VersionTable = """
        create table if not exists schema_version (version integer primary key, name text not null, applied_at text not null)
        """;

    /// <summary>Applies what is missing.</summary>
    /// <returns>How many scripts were applied: 0 when the schema was current.</returns>
    /// <exception cref="DbException">The database can't be reached or changed; scripts before the failing one stay applied.</exception>
    /// <exception cref="InvalidOperationException">The database has a newer schema than this program knows.</exception>
    public async Task<int> Migrate(CancellationToken cancellation = default)
    {
        await using var connection = await database.Writes.OpenConnectionAsync(cancellation);
        var postgres = database.Provider == StorageProvider.PostgreSql;
        await Execute(connection, postgres ? $"select pg_advisory_lock({AdvisoryLock})" : "pragma journal_mode = wal", cancellation);
        try
        {
            return await ApplyMissing(connection, Migration.For(database.Provider), cancellation);
        }
        finally
        {
            if (postgres)
                await Execute(connection, $"select pg_advisory_unlock({AdvisoryLock})", CancellationToken.None);
        }
    }

    /// <summary>Makes sure that nothing is missing, for a process that must not change the schema itself. A newer one will do: scripts only add.</summary>
    /// <exception cref="DbException">The database can't be reached.</exception>
    /// <exception cref="InvalidOperationException">There is no schema, or an older one.</exception>
    public async Task Require(CancellationToken cancellation = default)
    {
        await using var connection = await database.Writes.OpenConnectionAsync(cancellation);
        var (there, needed) = (0, Migration.For(database.Provider)[^1].Version);
        try
        {
            there = await VersionOf(connection, cancellation);
        }
        catch (DbException)
        {
            // No such table: nobody has migrated yet.
        }
        if (there < needed)
            throw new InvalidOperationException($"The database has schema version {there}; this program needs {needed}, and Storage:MigrateAtStart is false. Run migrate first (docs/operations.md).");
    }

    private async Task<int> ApplyMissing(DbConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        var applied = 0;
        foreach (var migration in migrations)
        {
            // Immediate on SQLite: another process that migrates the same file waits here, and then finds the work done.
            await Execute(connection, database.Provider == StorageProvider.Sqlite ? "begin immediate" : "begin", cancellation);
            try
            {
                applied += await Apply(connection, migration, migrations[^1].Version, cancellation) ? 1 : 0;
                await Execute(connection, "commit", cancellation);
            }
            catch
            {
                await Execute(connection, "rollback", CancellationToken.None);
                throw;
            }
        }
        return applied;
    }

    private async Task<bool> Apply(DbConnection connection, Migration migration, int known, CancellationToken cancellation)
    {
        await Execute(connection, VersionTable, cancellation);
        var version = await VersionOf(connection, cancellation);
        if (version > known)
            throw new InvalidOperationException($"The database has schema version {version}; this program knows {known}. Start the newer program.");
        if (version >= migration.Version)
            return false;
        await Execute(connection, migration.Text, cancellation);
        await using var record = connection.Command(
            "insert into schema_version (version, name, applied_at) values (@version, @name, @at)",
            ("version", migration.Version),
            ("name", migration.Name),
            ("at", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture)));
        await record.ExecuteNonQueryAsync(cancellation);
        logger.Migrated(migration.Version, migration.Name);
        return true;
    }

    private static async Task<int> VersionOf(DbConnection connection, CancellationToken cancellation)
    {
        await using var last = connection.Command("select coalesce(max(version), 0) from schema_version");
        return Convert.ToInt32(await last.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
    }

    private static async Task Execute(DbConnection connection, string text, CancellationToken cancellation)
    {
        await using var command = connection.Command(text);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>A script, named Migrations/PROVIDER/NNNN_name.sql.</summary>
    private sealed record Migration(int Version, string Name, string Text)
    {
        public static IReadOnlyList<Migration> For(StorageProvider provider)
        {
            var assembly = Assembly.GetExecutingAssembly();
            var folder = $"Migrations/{provider}/";
            return
            [
                .. assembly.GetManifestResourceNames()
                    .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(name => Load(assembly, name, name[folder.Length..])),
            ];
        }

        private static Migration Load(Assembly assembly, string resource, string file)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(file);
            return new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name[5..], reader.ReadToEnd());
        }
    }
}
