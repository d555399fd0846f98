using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

public sealed class InMemoryHistoryTests : HistoryTests<InMemory>;

public sealed class SqliteHistoryTests : HistoryTests<Sqlite>;

public sealed class PostgresHistoryTests : HistoryTests<PostgreSql>;

/// <summary>What a replay reads: the events of many tickets in order, and what was known of the staff.</summary>
public abstract class HistoryTests<TKind>
    where TKind : IBedKind
{
    [SkippableFact]
    public async Task Events_of_many_tickets_come_in_the_order_of_their_times()
    {
        await using var bed = await TKind.Make();
        var random = new Random(9);
        var appends = new List<(string Ticket, NewEvent[] Events)>();
        for (var i = 0; i < 30; i++)
        {
            var first = Noon.AddSeconds(random.Next(100));
            NewEvent[] events = [new("TicketOpened", first, "{}"), new("MessagePosted", first.AddSeconds(random.Next(50)), "{}")];
            appends.Add(($"t{i:00}", events));
            await bed.Journal.Append(Open(Row($"t{i:00}") with { OpenedAt = first }, events));
        }
        await bed.Journal.Append(Open(Row("elsewhere", campus: "south")));

        var read = await bed.History.Between("north", Noon, Noon.AddSeconds(90)).ToListAsync();

        read.Select(item => (item.TicketId, item.At, item.Seq)).ShouldBe(appends
            .SelectMany(append => append.Events.Select((item, i) => (append.Ticket, item.At.Stored(), Seq: i + 1L)))
            .Where(item => item.Item2 < Noon.AddSeconds(90))
            .OrderBy(item => item.Item2).ThenBy(item => item.Ticket, StringComparer.Ordinal).ThenBy(item => item.Seq));
        read.Count.ShouldBeInRange(20, 59);
    }

    [SkippableFact]
    public async Task A_span_knows_how_its_tickets_stood_before_and_nothing_of_those_that_were_over()
    {
        await using var bed = await TKind.Make();
        NewEvent[] before = [new("TicketOpened", Noon.AddHours(-2), "{}")];
        await bed.Journal.Append(Open(Row("open"), before));
        await bed.Journal.Append(Open(Row("over", TicketStates.Closed) with { OpenedAt = Noon.AddHours(-2), UpdatedAt = Noon.AddHours(-1) }, before));
        await bed.Journal.Append(Open(Row("solved", TicketStates.Resolved) with { OpenedAt = Noon.AddHours(-2), UpdatedAt = Noon.AddHours(-1) }, before));
        await bed.Journal.Append(Open(Row("later", TicketStates.Closed) with { OpenedAt = Noon.AddHours(-2), UpdatedAt = Noon.AddHours(1) }, before));

        (await bed.History.Between("north", Noon, Noon.AddHours(1)).ToListAsync()).Select(item => item.TicketId).ShouldBe(["later", "open"]);
    }

    [SkippableFact]
    public async Task The_staff_journal_gives_back_what_it_got()
    {
        await using var bed = await TKind.Make();
        StaffEntry[] entries =
        [
            new("north", Noon.AddTicks(17), "a1", "profile", """{"skills":"配送"}"""),
            new("north", Noon, null, "queues", "[]"),
            new("south", Noon, "a1", "profile", "{}"),
            new("north", Noon, "a2", "status", "1"),
            new("north", Noon, "a2", "status", "2"),
            new("north", Noon.AddSeconds(5), "a1", "profile", "{}"),
        ];
        foreach (var entry in entries) await bed.Staff.Append(entry);

        (await bed.Staff.Between("north", Noon, Noon.AddSeconds(5)).ToListAsync()).ShouldBe(
            new[] { entries[1], entries[3], entries[4], entries[0] }.Select(entry => entry with { At = entry.At.Stored() }));
        (await bed.Staff.Campuses()).ShouldBe(["north", "south"]);
        (await bed.Staff.Between("north", Noon.AddSeconds(5), Noon.AddSeconds(6)).ToListAsync()).Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Before_a_time_the_last_word_of_each_kind_counts()
    {
        await using var bed = await TKind.Make();
        foreach (var (minute, agent, type, payload) in new (int, string?, string, string)[]
        {
            (0, "a1", "profile", "old"), (1, "a1", "status", "old"), (2, "a1", "profile", "last of a1"), (2, "a1", "status", "not the last"),
            (2, "a1", "status", "last status of a1"), (1, null, "queues", "old"), (3, null, "queues", "last of the campus"), (4, "a2", "status", "last of a2"),
            (10, "a1", "status", "too late"),
        })
            await bed.Staff.Append(new StaffEntry("north", Noon.AddMinutes(minute), agent, type, payload));

        (await bed.Staff.LastBefore("north", Noon.AddMinutes(10)).ToListAsync()).Select(entry => entry.Payload).ShouldBe(
            ["last of a1", "last status of a1", "last of the campus", "last of a2"]);
        (await bed.Staff.LastBefore("south", Noon.AddMinutes(10)).ToListAsync()).ShouldBeEmpty();
    }
}
