using System.Diagnostics;
using Npgsql;

namespace CampusCare.PathBenchmark;

/// <summary>A PostgreSQL server of the run's own, with the defaults of a real one (fsync on), removed afterwards.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly string _scripts;
    private readonly string _folder;

    private PrivatePostgres(string scripts, string folder) => (_scripts, _folder) = (scripts, folder);

    /// <summary>The database that is there from the start.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>Processor time used so far.</summary>
    public TimeSpan Spent => ProcessTimes.WithChildren(_pid);

    private int _pid;

    /// <summary>Starts one through <c>build/postgres.sh</c>.</summary>
    /// <param name="home">The working copy.</param>
    /// <exception cref="InvalidOperationException">It can't be started here; the message says why.</exception>
    public static async Task<PrivatePostgres> Start(string home)
    {
        var postgres = new PrivatePostgres(Path.Combine(home, "build", "postgres.sh"), Path.Combine(Path.GetTempPath(), $"campuscare-path-{Environment.ProcessId}"));
        postgres.Connection = (await postgres.Run("start_private_postgres")).Trim();
        postgres._pid = int.Parse(File.ReadLines(Path.Combine(postgres._folder, "data", "postmaster.pid")).First());
        return postgres;
    }

    /// <summary>A new database; its connection string.</summary>
    public async Task<string> Create(string name)
    {
        await Execute(Connection, $"create database {name}");
        return new NpgsqlConnectionStringBuilder(Connection) { Database = name }.ConnectionString;
    }

    public static async Task Execute(string connection, string statements)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(statements);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync() => await Run("stop_private_postgres");

    private async Task<string> Run(string function)
    {
        var start = new ProcessStartInfo("bash", ["-c", "source \"$1\" && \"$2\" \"$3\"", "postgres", _scripts, function, _folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadLineAsync() ?? "";
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"PostgreSQL can't be started here: {await errors}");
    }
}
