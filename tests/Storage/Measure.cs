using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

/// <summary>How many appends a second the journal takes; build/measure-journal.sh sets it beside the bare database.</summary>
internal static class Measure
{
    private const int Writers = 1_000;

    /// <summary>A thousand tickets at once, each opened with two events and then taken further with two more, over and over.</summary>
    public static async Task<int> Journal(string provider, string connection, int seconds)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = provider,
            ["Storage:ConnectionString"] = connection,
            ["Storage:Writers"] = Environment.GetEnvironmentVariable("WRITERS") ?? "2",
        }).Build();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddCampusCareStorage(configuration)
            .BuildServiceProvider();
        await services.GetRequiredService<Migrator>().Migrate();
        var journal = services.GetRequiredService<ITicketJournal>();
        var server = provider == "PostgreSql" ? await Postmaster(connection) : null;
        await Run("warm-up", journal, seconds, update: true, server);
        await Run("open", journal, seconds, update: false, server);
        await Run("open + update", journal, seconds, update: true, server);
        var walk = Stopwatch.StartNew();
        var report = await services.GetRequiredService<JournalVerifier>().Verify();
        Console.WriteLine($"{provider,-10} verify: {report.Events / walk.Elapsed.TotalSeconds,8:F0} events/s, first break: {report.First?.ToString() ?? "none"}");
        return report.First is null ? 0 : 1;
    }

    /// <summary>Single-row commits to SQLite, WAL, synchronous=FULL, one writer.</summary>
    public static int BareSqlite(string path, int seconds)
    {
        using var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        Execute(connection, "pragma journal_mode = wal; pragma synchronous = full; create table if not exists bare_insert(id integer primary key, subject text, skill int, status text)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "insert into bare_insert(subject, skill, status) values ('my order is forty minutes late', 3, 'queued')";
        var watch = Stopwatch.StartNew();
        var rows = 0;
        for (; watch.Elapsed.TotalSeconds < seconds; rows++)
            insert.ExecuteNonQuery();
        Console.WriteLine($"{"Sqlite",-10} bare insert: {rows / watch.Elapsed.TotalSeconds,8:F0} rows/s");
        return 0;
    }

    private static async Task Run(string name, ITicketJournal journal, int seconds, bool update, string? server)
    {
        var run = $"{name.Length}-{Environment.ProcessId}";
        var appends = 0;
        var watch = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var serverCpu = ServerCpu(server);
        var waits = new List<double>[Writers];
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var own = waits[writer] = [];
            for (var i = 0; watch.Elapsed.TotalSeconds < seconds; i++)
            {
                var ticket = $"tk-{run}-{i:00000}-{writer:0000}";
                var row = Row(ticket) with { WaitingSince = Noon, NextDueAt = Noon, OrderNumber = ticket, CustomerId = ticket };
                var before = watch.Elapsed;
                var result = await journal.Append(Open(row, Event(personal: "\"我的外卖晚了四十分钟\""), Event("TicketTriaged")));
                own.Add((watch.Elapsed - before).TotalMilliseconds);
                Interlocked.Increment(ref appends);
                if (!update)
                    continue;
                before = watch.Elapsed;
                var assigned = row with { State = TicketStates.Assigned, AgentId = $"agent-{writer % 50}" };
                result = await journal.Append(After(result, assigned, Event("TicketOffered"), Event("TicketAccepted")));
                own.Add((watch.Elapsed - before).TotalMilliseconds);
                result.ShouldBeOfType<AppendResult.Committed>();
                Interlocked.Increment(ref appends);
            }
        })));
        var elapsed = watch.Elapsed.TotalSeconds;
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / appends;
        serverCpu = (ServerCpu(server) - serverCpu) / appends;
        var sorted = waits.SelectMany(own => own).Order().ToArray();
        Console.WriteLine(
            $"{"",-10} {name}: {appends / elapsed,8:F0} appends/s of 2 events, {spent:F0} µs of our CPU each, {serverCpu.TotalMicroseconds:F0} of the server's, "
            + $"p50 {sorted[sorted.Length / 2]:F1} ms, p99 {sorted[sorted.Length * 99 / 100]:F1} ms");
    }

    private static async Task<string> Postmaster(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("select pg_backend_pid()");
        return Stat($"{await command.ExecuteScalarAsync()}")[1];
    }

    /// <summary>CPU time of a server's living processes; zero where /proc doesn't show them.</summary>
    private static TimeSpan ServerCpu(string? postmaster)
    {
        var ticks = postmaster is null ? 0 : Directory.EnumerateDirectories("/proc")
            .Select(folder => Path.GetFileName(folder))
            .Where(name => name.All(char.IsAsciiDigit))
            .Select(Stat)
            .Where(stat => stat.Length > 12 && stat[1] == postmaster)
            .Sum(stat => long.Parse(stat[11]) + long.Parse(stat[12]));
        return TimeSpan.FromMilliseconds(10 * ticks);
    }

    /// <summary>The fields of /proc/PID/stat from the process's state on.</summary>
    private static string[] Stat(string pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
