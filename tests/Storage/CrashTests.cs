using System.Diagnostics;

namespace CampusCare.Storage.Tests;

/// <summary>A process that appends is killed twenty times; what it acknowledged is there.</summary>
public sealed class CrashTests
{
    private const int Kills = 20;
    private static readonly TimeSpan Guard = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task On_sqlite_nothing_acknowledged_is_lost()
    {
        await using var bed = await SqlBed.OnSqlite();
        await KillAndCheck(bed, $"Data Source={bed.Settings["Storage:Path"]}");
    }

    [SkippableFact]
    public async Task On_postgresql_nothing_acknowledged_is_lost()
    {
        await using var bed = await SqlBed.OnPostgres();
        await KillAndCheck(bed, bed.Settings["Storage:ConnectionString"]!);
    }

    private static async Task KillAndCheck(SqlBed bed, string connection)
    {
        var random = new Random(20261121);
        for (var run = 0; run < Kills; run++)
        {
            var acknowledged = await RunAndKill(bed.Settings["Storage:Provider"]!, connection, run, random.Next(1, 600));
            foreach (var ticket in acknowledged.GroupBy(line => line.Ticket))
            {
                var stored = (await bed.Journal.Read("north", ticket.Key, 0)).ToDictionary(item => item.Seq, item => item.Hash);
                foreach (var line in ticket)
                    stored[line.Seq].ShouldBe(line.Hash);
            }
            var report = await bed.Verifier.Verify();
            report.First.ShouldBeNull($"after kill {run}");
            report.Tickets.ShouldBeGreaterThan(run);
        }
    }

    private static async Task<IReadOnlyList<(string Ticket, long Seq, EventHash Hash)>> RunAndKill(
        string provider, string connection, int run, int killAfter)
    {
        using var dummy = Process.Start(new ProcessStartInfo("dotnet", [typeof(CrashTests).Assembly.Location, "append", provider, connection, $"{run}"])
        {
            RedirectStandardOutput = true,
        })!;
        using var guard = new CancellationTokenSource(Guard);
        var acknowledged = new List<(string, long, EventHash)>();
        // The last line may be torn: that acknowledgement never left the process whole.
        while (await dummy.StandardOutput.ReadLineAsync(guard.Token) is { } line)
        {
            if (line.Split(' ') is [var ticket, var seq, { Length: 64 } hash])
                acknowledged.Add((ticket, long.Parse(seq), EventHash.Parse(hash)));
            if (acknowledged.Count == killAfter)
                dummy.Kill();
        }
        await dummy.WaitForExitAsync(guard.Token);
        dummy.ExitCode.ShouldBe(128 + 9, "it was to die by the kill, not by itself");
        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(killAfter);
        return acknowledged;
    }
}
