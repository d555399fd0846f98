using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

public sealed class InMemoryReadModelTests : ReadModelTests<InMemory>;

public sealed class SqliteReadModelTests : ReadModelTests<Sqlite>;

public sealed class PostgresReadModelTests : ReadModelTests<PostgreSql>;

/// <summary>What every read model answers.</summary>
public abstract class ReadModelTests<TKind>
    where TKind : IBedKind
{
    [SkippableFact]
    public async Task Every_field_of_a_row_survives()
    {
        await using var bed = await TKind.Make();
        await bed.Journal.Append(Open(FullRow("full"), Event(), Event()));
        await bed.Journal.Append(Open(Row("bare")));

        (await bed.Tickets.Find("north", "full")).ShouldBe(FullRow("full").Stored(seq: 2));
        (await bed.Tickets.Find("north", "bare")).ShouldBe(Row("bare").Stored(seq: 1));
    }

    [SkippableFact]
    public async Task An_append_replaces_the_whole_row()
    {
        await using var bed = await TKind.Make();
        var head = await bed.Journal.Append(Open(FullRow("t1")));
        await bed.Journal.Append(After(head, Row("t1", TicketStates.Closed)));

        (await bed.Tickets.Find("north", "t1")).ShouldBe(Row("t1", TicketStates.Closed).Stored(seq: 2));
    }

    [SkippableFact]
    public async Task What_is_due_for_erasure_comes_oldest_first_page_by_page()
    {
        await using var bed = await TKind.Make();
        var random = new Random(11);
        var due = Enumerable.Range(0, 40).Select(i => Row($"t{i:00}", i % 2 == 0 ? TicketStates.Closed : TicketStates.Resolved) with
        {
            OpenedAt = Noon.AddMinutes(-random.Next(5)),
        }).ToArray();
        var others = new[]
        {
            Row("young", TicketStates.Closed) with { UpdatedAt = Noon.AddHours(1) }, Row("open"), Row("wrapping", TicketStates.Wrapping),
            Row("erased", TicketStates.Closed) with { ErasedAt = Noon }, Row("elsewhere", TicketStates.Closed, "south"),
        };
        await Task.WhenAll(due.Concat(others).Select(row => bed.Journal.Append(Open(row))));

        var read = new List<TicketRow>();
        for (TicketMark? mark = null; ; mark = TicketMark.Of(read[^1]))
        {
            var page = await bed.Tickets.NotErased("north", Noon.AddHours(1), 7, mark);
            read.AddRange(page);
            if (page.Count < 7) break;
        }
        read.Select(row => row.TicketId).ShouldBe(due.OrderBy(row => row.OpenedAt).ThenBy(row => row.TicketId, StringComparer.Ordinal).Select(row => row.TicketId));
        (await bed.Tickets.NotErased("north", Noon, 7)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_customers_tickets_come_newest_first_page_by_page()
    {
        await using var bed = await TKind.Make();
        var rows = Enumerable.Range(0, 20).Select(i => Row($"t{i:00}") with { OpenedAt = Noon.AddMinutes(i / 3) }).ToArray();
        foreach (var row in rows.Append(Row("other") with { CustomerId = "student-2" })) await bed.Journal.Append(Open(row));

        var read = new List<TicketRow>();
        for (TicketMark? mark = null; ; mark = TicketMark.Of(read[^1]))
        {
            var page = await bed.Tickets.OfCustomer("north", "student-1", 6, mark);
            read.AddRange(page);
            if (page.Count < 6) break;
        }
        read.Select(row => row.TicketId).ShouldBe(rows.Reverse().Select(row => row.TicketId));
    }

    [SkippableFact]
    public async Task Another_campus_does_not_find_a_ticket()
    {
        await using var bed = await TKind.Make();
        await bed.Journal.Append(Open(Row("t1") with { OrderNumber = "o1" }));

        (await bed.Tickets.Find("south", "t1")).ShouldBeNull();
        (await bed.Tickets.QueuedIn("south", "delivery", 10)).ShouldBeEmpty();
        (await bed.Tickets.OfCustomer("south", "student-1", 10)).ShouldBeEmpty();
        (await bed.Tickets.OpenOfOrder("south", "o1")).ShouldBeEmpty();
        (await bed.Tickets.CountByState("south", Noon)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_queue_gets_its_tickets_in_waiting_order_page_by_page()
    {
        await using var bed = await TKind.Make();
        var random = new Random(7);
        var rows = Enumerable.Range(0, 60).Select(i => Row($"t{i:00}", i % 3 == 0 ? TicketStates.Offered : TicketStates.Waiting) with
        {
            PriorityKey = random.Next(-10, 10),
        }).ToArray();
        var others = new[]
        {
            Row("elsewhere", campus: "south"), Row("other") with { Queue = "refund" }, Row("taken", TicketStates.Assigned),
            Row("done", TicketStates.Closed),
        };
        await Task.WhenAll(rows.Concat(others).Select(row => bed.Journal.Append(Open(row))));

        var read = new List<TicketRow>();
        for (TicketRow? last = null; read.Count < 1_000; last = read[^1])
        {
            var page = await bed.Tickets.QueuedIn("north", "delivery", 25, last);
            page.Count.ShouldBeLessThanOrEqualTo(25);
            read.AddRange(page);
            if (page.Count < 25)
                break;
        }

        read.Select(row => row.TicketId).ShouldBe(
            rows.OrderBy(row => row.PriorityKey).ThenBy(row => row.TicketId, StringComparer.Ordinal).Select(row => row.TicketId));
    }

    [SkippableFact]
    public async Task A_queue_gets_the_clocks_that_run_out_page_by_page()
    {
        await using var bed = await TKind.Make();
        var random = new Random(8);
        var rows = Enumerable.Range(0, 60).Select(i => Row($"t{i:00}", i % 2 == 0 ? TicketStates.Waiting : TicketStates.Customer) with
        {
            NextDueAt = Noon.AddSeconds(random.Next(-10, 10)),
        }).ToArray();
        var others = new[]
        {
            Row("elsewhere", campus: "south") with { NextDueAt = Noon.AddHours(-1) },
            Row("other") with { Queue = "refund", NextDueAt = Noon.AddHours(-1) },
            Row("no clock"),
        };
        await Task.WhenAll(rows.Concat(others).Select(row => bed.Journal.Append(Open(row))));

        var read = new List<TicketRow>();
        for (TicketRow? last = null; read.Count < 1_000; last = read[^1])
        {
            var page = await bed.Tickets.DueIn("north", "delivery", Noon, 11, last);
            page.Count.ShouldBeLessThanOrEqualTo(11);
            read.AddRange(page);
            if (page.Count < 11)
                break;
        }

        read.Select(row => row.TicketId).ShouldBe(
            rows.Where(row => row.NextDueAt < Noon).OrderBy(row => row.NextDueAt).ThenBy(row => row.TicketId, StringComparer.Ordinal).Select(row => row.TicketId));
        read.Count.ShouldBeInRange(12, 59);
    }

    [SkippableFact]
    public async Task A_clock_that_stopped_is_not_told_of()
    {
        await using var bed = await TKind.Make();
        var head = await bed.Journal.Append(Open(Row("t1") with { NextDueAt = Noon }));
        (await bed.Tickets.DueIn("north", "delivery", Noon.AddTicks(10), 10)).Count.ShouldBe(1);
        (await bed.Tickets.DueIn("north", "delivery", Noon, 10)).ShouldBeEmpty("it runs out now, not before");

        await bed.Journal.Append(After(head, Row("t1", TicketStates.Closed)));

        (await bed.Tickets.DueIn("north", "delivery", DateTimeOffset.MaxValue, 10)).ShouldBeEmpty();
        (await bed.Tickets.BusyQueues()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_agent_gets_what_takes_its_capacity()
    {
        await using var bed = await TKind.Make();
        var states = new[]
        {
            TicketStates.Waiting, TicketStates.Offered, TicketStates.Assigned, TicketStates.Customer, TicketStates.Wrapping,
            TicketStates.Resolved, TicketStates.Closed,
        };
        foreach (var (state, i) in states.Select((state, i) => (state, i)))
            await bed.Journal.Append(Open(Row(state, state, i % 2 == 0 ? "north" : "south") with { AgentId = "north/a1", OpenedAt = Noon.AddMinutes(-i) }));
        await bed.Journal.Append(Open(Row("others", TicketStates.Assigned) with { AgentId = "north/a2" }));

        (await bed.Tickets.OpenOf("north/a1")).Select(row => row.TicketId).ShouldBe(
            [TicketStates.Wrapping, TicketStates.Customer, TicketStates.Assigned, TicketStates.Offered]);
        (await bed.Tickets.OpenOf("north/a3")).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_customer_gets_its_newest_tickets_first()
    {
        await using var bed = await TKind.Make();
        for (var i = 0; i < 5; i++)
            await bed.Journal.Append(Open(Row($"t{i}") with { OpenedAt = Noon.AddMinutes(i) }));
        await bed.Journal.Append(Open(Row("others") with { CustomerId = "student-2" }));

        (await bed.Tickets.OfCustomer("north", "student-1", 3)).Select(row => row.TicketId).ShouldBe(["t4", "t3", "t2"]);
    }

    [SkippableFact]
    public async Task An_order_gets_its_open_tickets()
    {
        await using var bed = await TKind.Make();
        var older = Row("t2", TicketStates.Resolved) with { OrderNumber = "o1", CustomerId = "rider-1", OpenedAt = Noon.AddMinutes(-1) };
        await bed.Journal.Append(Open(Row("t1") with { OrderNumber = "o1" }));
        await bed.Journal.Append(Open(older));
        await bed.Journal.Append(Open(Row("t3", TicketStates.Closed) with { OrderNumber = "o1" }));
        await bed.Journal.Append(Open(Row("t4") with { OrderNumber = "o2" }));
        await bed.Journal.Append(Open(Row("t5")));

        (await bed.Tickets.OpenOfOrder("north", "o1")).Select(row => row.TicketId).ShouldBe(["t2", "t1"]);
    }

    [SkippableFact]
    public async Task Tickets_are_counted_by_state_and_by_queue()
    {
        await using var bed = await TKind.Make();
        await bed.Journal.Append(Open(Row("old", TicketStates.Closed) with { OpenedAt = Noon.AddDays(-1) }));
        await bed.Journal.Append(Open(Row("t1")));
        await bed.Journal.Append(Open(Row("t2", TicketStates.Offered)));
        await bed.Journal.Append(Open(Row("t3") with { Queue = "refund" }));
        await bed.Journal.Append(Open(Row("t4", campus: "south")));
        await bed.Journal.Append(Open(Row("t5", TicketStates.Closed) with { Queue = "praise" }));
        await bed.Journal.Append(Open(Row("t6", TicketStates.Customer) with { Queue = "promised", NextDueAt = Noon.AddHours(1) }));
        await bed.Journal.Append(Open(Row("t7") with { Queue = "refund", NextDueAt = Noon.AddHours(1) }));

        (await bed.Tickets.CountByState("north", Noon)).ShouldBe(
            new Dictionary<string, long> { ["waiting"] = 3, ["offered"] = 1, ["closed"] = 1, ["customer"] = 1 }, ignoreOrder: true);
        (await bed.Tickets.BusyQueues()).ShouldBe([new("north", "delivery", 2), new("north", "promised", 0), new("north", "refund", 2), new("south", "delivery", 1)]);
    }

    [SkippableFact]
    public async Task Opened_tickets_are_counted_by_stretches_of_time()
    {
        await using var bed = await TKind.Make();
        int[] minutes = [-1, 0, 14, 15, 46, 59, 60];
        foreach (var minute in minutes) await bed.Journal.Append(Open(Row($"t{minute}") with { OpenedAt = Noon.AddMinutes(minute).AddTicks(10) }));
        await bed.Journal.Append(Open(Row("elsewhere", campus: "south") with { OpenedAt = Noon }));

        (await bed.Tickets.OpenedBySlot("north", Noon, Noon.AddHours(1), TimeSpan.FromMinutes(15))).ShouldBe([new(Noon, 2), new(Noon.AddMinutes(15), 1), new(Noon.AddMinutes(45), 2)]);
        (await bed.Tickets.OpenedBySlot("north", Noon.AddMinutes(-3), Noon.AddMinutes(2), TimeSpan.FromMinutes(5))).ShouldBe([new(Noon.AddMinutes(-5), 1), new(Noon, 1)], "of a stretch the part that was asked for");
        (await bed.Tickets.OpenedBySlot("west", Noon, Noon.AddHours(1), TimeSpan.FromMinutes(15))).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task People_are_counted_once_for_each_thing_that_they_came_about()
    {
        await using var bed = await TKind.Make();
        (string Id, int Minute, string Customer, string Category)[] came = [("t1", 0, "s1", "appFault"), ("t2", 1, "s1", "appFault"), ("t3", 2, "s2", "appFault"), ("t4", 70, "s1", "appFault"), ("t5", 3, "s3", "praise"), ("t6", 120, "s4", "praise")];
        foreach (var (id, minute, customer, category) in came)
            await bed.Journal.Append(Open(Row(id) with { OpenedAt = Noon.AddMinutes(minute), CustomerId = customer, Category = category, CustomerRole = "student" }));
        await bed.Journal.Append(Open(Row("question") with { OpenedAt = Noon, Category = "appFault", CustomerRole = null }));
        await bed.Journal.Append(Open(Row("elsewhere", campus: "south") with { OpenedAt = Noon, CustomerRole = "student" }));

        (await bed.Tickets.PeopleByCategory("north", Noon, Noon.AddHours(2))).ShouldBe([new(Noon, "appFault", 2), new(Noon, "praise", 1)]);
        (await bed.Tickets.PeopleByCategory("north", Noon, Noon.AddHours(2), TimeSpan.FromHours(1))).ShouldBe([new(Noon, "appFault", 2), new(Noon, "praise", 1), new(Noon.AddHours(1), "appFault", 1)]);
    }

    [SkippableFact]
    public async Task What_runs_just_now_is_found_but_for_questions_to_colleagues()
    {
        await using var bed = await TKind.Make();
        TicketRow Talk(string id) => Row(id, TicketStates.Assigned) with { CustomerRole = "student", AgentId = $"north/{id}" };
        await bed.Journal.Append(Open(Talk("t2")));
        await bed.Journal.Append(Open(Talk("t1") with { OpenedAt = Noon.AddMinutes(1) }));
        await bed.Journal.Append(Open(Talk("t3") with { CustomerRole = null }));
        await bed.Journal.Append(Open(Talk("t4") with { State = TicketStates.Closed }));
        await bed.Journal.Append(Open(Talk("t5") with { Campus = "south" }));

        (await bed.Tickets.Live("north", 10)).Select(row => row.TicketId).ShouldBe(["t2", "t1"]);
        (await bed.Tickets.Live("north", 1)).Select(row => row.TicketId).ShouldBe(["t2"]);
    }

    [SkippableFact]
    public async Task A_history_is_searched_by_all_that_is_asked_for_page_by_page()
    {
        await using var bed = await TKind.Make();
        TicketRow Old(string id, int minutes) => Row(id, TicketStates.Closed) with { CustomerRole = "student", OpenedAt = Noon.AddMinutes(minutes) };
        await bed.Journal.Append(Open(Old("t1", 1) with { OrderNumber = "A-17", Rating = 5, AgentId = "north/a1" }));
        await bed.Journal.Append(Open(Old("t2", 2) with { OrderNumber = "A-18", Rating = 2, Category = "food-safety", CustomerRole = "rider" }));
        await bed.Journal.Append(Open(Old("x3", 2) with { State = TicketStates.Wrapping }));
        await bed.Journal.Append(Open(Old("t4", 3) with { State = TicketStates.Waiting }));
        await bed.Journal.Append(Open(Old("t5", 4) with { CustomerRole = null }));
        await bed.Journal.Append(Open(Old("t6", 5) with { Campus = "south" }));

        await Finds("t4 x3 t2 t1", new TicketSearch("north"));
        await Finds("t2 t1", new TicketSearch("north", To: Noon.AddMinutes(3), States: [TicketStates.Closed]));
        await Finds("t4 x3 t2", new TicketSearch("north", From: Noon.AddMinutes(2)));
        await Finds("x3", new TicketSearch("north", States: [TicketStates.Wrapping, TicketStates.Resolved]));
        await Finds("t2", new TicketSearch("north", Category: "food-safety"));
        await Finds("t2", new TicketSearch("north", Role: "rider"));
        await Finds("t1", new TicketSearch("north", AgentId: "north/a1"));
        await Finds("t1", new TicketSearch("north", LeastStars: 3));
        await Finds("t2", new TicketSearch("north", LeastStars: 1, MostStars: 4));
        await Finds("t2 t1", new TicketSearch("north", Number: "A-1"));
        await Finds("x3", new TicketSearch("north", Number: "X3"));
        await Finds("", new TicketSearch("north", Number: "A-1", Category: "praise"));

        async Task Finds(string ids, TicketSearch search)
        {
            var found = new List<string>();
            for (TicketMark? after = null; ;)
            {
                var page = await bed.Tickets.Search(search, 1, after);
                if (page.Count == 0) break;
                found.Add(page[0].TicketId);
                after = TicketMark.Of(page[0]);
            }
            string.Join(' ', found).ShouldBe(ids, search.ToString());
        }
    }

    [SkippableFact]
    public async Task The_row_is_never_older_nor_newer_than_the_events()
    {
        await using var bed = await TKind.Make();
        var head = await bed.Journal.Append(Open("t1"));
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var seen = await bed.Tickets.Find("north", "t1");
                var events = await bed.Journal.Read("north", "t1", 0);
                events.Count.ShouldBeGreaterThanOrEqualTo((int)seen!.Seq, "the row told of an event that isn't there");
            }
        });
        for (var i = 0; i < 100; i++)
        {
            head = await bed.Journal.Append(After(head, Row("t1")));
            (await bed.Tickets.Find("north", "t1"))!.Seq.ShouldBe(i + 2, "an acknowledged append isn't in the row");
        }
        await stop.CancelAsync();
        await reader;
    }
}
