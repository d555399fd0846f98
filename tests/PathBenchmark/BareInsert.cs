using System.Diagnostics;
using Npgsql;

namespace CampusCare.PathBenchmark;

/// <summary>What the database alone can do: single-row inserts, each a commit of its own.</summary>
internal static class BareInsert
{
    private const string Statement = "insert into bare_insert(subject, skill, status) values ('my order is forty minutes late', 3, 'queued')";

    private const int WarmUp = 1_000;

    public static Task CreateTable(string connection) => PrivatePostgres.Execute(connection,
        "create table if not exists bare_insert(id bigserial primary key, subject text, skill int, status text, created_at timestamptz default clock_timestamp())");

    public static NpgsqlDataSource Open(string connection, int connections) =>
        new NpgsqlSlimDataSourceBuilder($"{connection};Maximum Pool Size={connections};Max Auto Prepare=10;Auto Prepare Min Usages=1").Build();

    public static async Task One(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(Statement);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<Figure> Measure(PrivatePostgres postgres, PathSize size, int connections)
    {
        await CreateTable(postgres.Connection);
        await using var source = Open(postgres.Connection, connections);
        await Load.Run(WarmUp, size.AtMost, connections, Insert);
        var spent = postgres.Spent;
        var watch = Stopwatch.StartNew();
        var waits = await Load.Run(size.Contacts, size.AtMost, connections, Insert);
        var rate = waits.Length / watch.Elapsed.TotalSeconds;
        return new Figure($"bare insert, PostgreSQL, {connections} connections", rate, waits, 0, (postgres.Spent - spent).TotalMilliseconds / waits.Length);

        Task Insert(int worker, int i) => One(source);
    }
}
