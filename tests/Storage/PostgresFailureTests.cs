using System.Data.Common;
using Npgsql;
using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

/// <summary>What can happen to a server.</summary>
public sealed class PostgresFailureTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    [SkippableTheory]
    [InlineData("53100", Refusal.DiskFull)]
    [InlineData("25006", Refusal.ReadOnly)]
    [InlineData("53200", Refusal.Unavailable)]
    [InlineData("57014", Refusal.Unavailable)]
    [InlineData("22001", Refusal.Invalid)]
    public async Task An_error_of_the_server_is_a_refusal_and_nothing_is_stored(string sqlState, Refusal why)
    {
        await using var bed = await SqlBed.OnPostgres();
        await bed.Execute($"""
            create function fail() returns trigger language plpgsql as $$ begin raise exception using errcode = '{sqlState}'; end $$;
            create trigger fail before insert on ticket_events for each row execute function fail();
            """);

        (await bed.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(why);
        (await bed.Tickets.Find("north", "t1")).ShouldBeNull();

        await bed.Execute("drop trigger fail on ticket_events");
        (await bed.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Committed>();
    }

    [SkippableFact]
    public async Task A_read_only_database_refuses_appends()
    {
        await using var bed = await SqlBed.OnPostgres();
        await bed.Execute($"alter database {await bed.Scalar<string>("select current_database()::text")} set default_transaction_read_only = on");
        await using var readOnly = bed.Again();

        (await readOnly.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.ReadOnly);
        (await readOnly.Tickets.Find("north", "t1")).ShouldBeNull();
    }

    [SkippableTheory]
    [InlineData("127.0.0.1", 1)]
    [InlineData("no-such-host.invalid", 5432)]
    public async Task A_server_that_is_not_there_refuses_appends(string host, int port)
    {
        await using var bed = await SqlBed.OnPostgres();
        var nowhere = new NpgsqlConnectionStringBuilder(bed.Settings["Storage:ConnectionString"]) { Host = host, Port = port };
        await using var away = bed.Again(("Storage:ConnectionString", nowhere.ConnectionString));

        (await away.Journal.Append(Open("t1"))).ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Unavailable);
        await Should.ThrowAsync<StorageUnavailableException>(away.Journal.Read("north", "t1", 0));
    }

    [SkippableFact]
    public async Task A_connection_that_breaks_during_the_commit_is_replaced_and_the_append_stored_once()
    {
        await using var bed = await SqlBed.OnPostgres();
        var head = await bed.Journal.Append(Open("t1"));
        await using var holder = await Hold(bed, "t1");
        var append = bed.Journal.Append(After(head, Row("t1")));

        await Terminate(await WaitingWriter(bed), bed);
        await WaitingWriter(bed);
        await holder.DisposeAsync();

        (await append).ShouldBeOfType<AppendResult.Committed>().Seq.ShouldBe(2);
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(1, 2, 0, null));
    }

    [SkippableFact]
    public async Task A_connection_that_breaks_twice_leaves_the_outcome_unknown()
    {
        await using var bed = await SqlBed.OnPostgres();
        var head = await bed.Journal.Append(Open("t1"));
        await using (await Hold(bed, "t1"))
        {
            var append = bed.Journal.Append(After(head, Row("t1")));
            var first = await WaitingWriter(bed);
            await Terminate(first, bed);
            await Terminate(await WaitingWriter(bed, not: first), bed);

            (await append).ShouldBeOfType<AppendResult.OutcomeUnknown>();
        }
        (await bed.Journal.Append(After(head, Row("t1")))).ShouldBeOfType<AppendResult.Committed>();
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(1, 2, 0, null));
    }

    [SkippableFact]
    public async Task Two_processes_that_write_the_same_tickets_share_them_out_without_deadlock()
    {
        await using var bed = await SqlBed.OnPostgres();
        await using var other = bed.Again();
        var tickets = Enumerable.Range(0, 200).Select(i => $"t{i}").ToArray();
        var heads = await Task.WhenAll(tickets.Select(ticket => bed.Journal.Append(Open(ticket))));
        for (var round = 0; round < 5; round++)
        {
            var mine = tickets.Select((ticket, i) => bed.Journal.Append(After(heads[i], Row(ticket)))).ToArray();
            var theirs = tickets.Select((ticket, i) => (ticket, i)).Reverse()
                .Select(each => other.Journal.Append(After(heads[each.i], Row(each.ticket)))).ToArray();
            await Task.WhenAll(mine.Concat(theirs));
            for (var i = 0; i < tickets.Length; i++)
            {
                AppendResult[] both = [await mine[i], await theirs[tickets.Length - 1 - i]];
                heads[i] = both.OfType<AppendResult.Committed>().ShouldHaveSingleItem();
                both.OfType<AppendResult.SeqTaken>().Count().ShouldBe(1);
            }
        }
        (await bed.Scalar<long>("select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe(0);
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(200, 1_200, 0, null));
    }

    /// <summary>Locks a ticket's row until the result is disposed.</summary>
    private static async Task<DbConnection> Hold(SqlBed bed, string ticket)
    {
        var connection = await bed.Database.Writes.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"begin; select from tickets where ticket_id = '{ticket}' for update";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>The server process of the journal's writer, once it waits for a lock.</summary>
    private static async Task<int> WaitingWriter(SqlBed bed, int not = 0)
    {
        using var guard = new CancellationTokenSource(Guard);
        await using var connection = await bed.Database.Reads.OpenConnectionAsync(guard.Token);
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            select pid from pg_stat_activity
            where datname = current_database() and application_name = 'CampusCare journal' and wait_event_type = 'Lock' and pid <> {not}
            """;
        while (true)
        {
            if (await command.ExecuteScalarAsync(guard.Token) is int pid)
                return pid;
        }
    }

    private static Task Terminate(int pid, SqlBed bed) => bed.Execute($"select pg_terminate_backend({pid}, 10000)");
}
