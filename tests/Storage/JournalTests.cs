using static CampusCare.Storage.Tests.Samples;

namespace CampusCare.Storage.Tests;

public sealed class InMemoryJournalTests : JournalTests<InMemory>;

public sealed class SqliteJournalTests : JournalTests<Sqlite>;

public sealed class PostgresJournalTests : JournalTests<PostgreSql>;

/// <summary>What every journal does.</summary>
public abstract class JournalTests<TKind>
    where TKind : IBedKind
{
    [SkippableFact]
    public async Task What_was_appended_is_read_back_byte_for_byte()
    {
        await using var bed = await TKind.Make();
        var events = new[] { Event(), Event("MessagePosted", """{"text":"谢谢 🙏 \"ok\""}"""), Event("TriageDone", "") };

        var result = await bed.Journal.Append(Open("t1", events));

        var read = await bed.Journal.Read("north", "t1", 0);
        result.ShouldBe(new AppendResult.Committed(3, read[2].Hash));
        read.Select(item => item.Seq).ShouldBe([1, 2, 3]);
        read.Select(item => (item.Type, item.Payload, item.Personal)).ShouldBe(events.Select(item => (item.Type, item.Payload, item.Personal)));
        read.ShouldAllBe(item => item.TicketId == "t1" && item.Campus == "north" && item.At == Noon.AddTicks(7).Stored() && item.At.Offset == TimeSpan.Zero);
        (await bed.Journal.Read("north", "t1", 2)).Select(item => item.Seq).ShouldBe([3]);
        (await bed.Journal.Read("north", "t1", 3)).ShouldBeEmpty();
        (await bed.Journal.Read("north", "nobody", 0)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Each_append_continues_the_chain()
    {
        await using var bed = await TKind.Make();
        AppendResult last = await bed.Journal.Append(Open("t1"));
        for (var i = 0; i < 5; i++)
            last = await bed.Journal.Append(After(last, Row("t1"), Event("MessagePosted"), Event("MessageRead")));

        last.ShouldBeOfType<AppendResult.Committed>().Seq.ShouldBe(11);
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(1, 11, 0, null));
    }

    [SkippableFact]
    public async Task A_hundred_writers_of_one_ticket_and_exactly_one_gets_each_seq()
    {
        await using var bed = await TKind.Make();
        var head = await bed.Journal.Append(Open("t1"));
        for (var round = 0; round < 10; round++)
        {
            var start = new TaskCompletionSource();
            var writers = Enumerable.Range(0, 100).Select(writer => Task.Run(async () =>
            {
                await start.Task;
                return await bed.Journal.Append(After(head, Row("t1") with { Subject = $"writer {writer}" }, Event($"ByWriter{writer}")));
            })).ToArray();
            start.SetResult();
            var results = await Task.WhenAll(writers);

            head = results.OfType<AppendResult.Committed>().ShouldHaveSingleItem();
            results.OfType<AppendResult.SeqTaken>().Count().ShouldBe(99);
            var winner = Array.IndexOf(results, head);
            (await bed.Journal.Read("north", "t1", round + 1)).ShouldHaveSingleItem().Type.ShouldBe($"ByWriter{winner}");
            (await bed.Tickets.Find("north", "t1"))!.Subject.ShouldBe($"writer {winner}");
        }
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(1, 11, 0, null));
    }

    [SkippableFact]
    public async Task What_does_not_follow_the_last_event_is_not_stored()
    {
        await using var bed = await TKind.Make();
        var head = (AppendResult.Committed)await bed.Journal.Append(Open("t1"));
        var row = Row("t1", TicketStates.Closed);
        var strangeHash = EventHash.Parse(new string('a', 64));

        (await bed.Journal.Append(Open(row))).ShouldBeOfType<AppendResult.SeqTaken>("opened twice");
        (await bed.Journal.Append(new Append(2, head.Hash, [Event()], row))).ShouldBeOfType<AppendResult.SeqTaken>("leaves a gap");
        (await bed.Journal.Append(new Append(1, strangeHash, [Event()], row))).ShouldBeOfType<AppendResult.SeqTaken>("breaks the chain");
        (await bed.Journal.Append(new Append(1, head.Hash, [Event()], Row("t2")))).ShouldBeOfType<AppendResult.SeqTaken>("no such ticket");

        (await bed.Journal.Read("north", "t1", 0)).Count.ShouldBe(1);
        (await bed.Tickets.Find("north", "t1"))!.State.ShouldBe(TicketStates.Waiting);
        (await bed.Tickets.Find("north", "t2")).ShouldBeNull();
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(1, 1, 0, null));
    }

    [SkippableFact]
    public async Task Another_campus_cannot_append_to_a_ticket()
    {
        await using var bed = await TKind.Make();
        var head = await bed.Journal.Append(Open("t1"));

        (await bed.Journal.Append(After(head, Row("t1", campus: "south")))).ShouldBeOfType<AppendResult.SeqTaken>();

        (await bed.Journal.Read("north", "t1", 1)).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Another_campus_sees_and_erases_nothing()
    {
        await using var bed = await TKind.Make();
        await bed.Journal.Append(Open("t1", Event(personal: "\"我住在三号楼\"")));

        (await bed.Journal.Read("south", "t1", 0)).ShouldBeEmpty();
        (await bed.Journal.ErasePersonal("south", "t1")).ShouldBe(0);

        (await bed.Journal.Read("north", "t1", 0)).ShouldHaveSingleItem().Personal.ShouldNotBeNull();
        (await bed.Tickets.Find("north", "t1"))!.Subject.ShouldNotBeEmpty();
    }

    [SkippableFact]
    public async Task A_bad_append_does_not_hold_up_the_others()
    {
        await using var bed = await TKind.Make();
        var heads = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => bed.Journal.Append(Open($"t{i}"))));

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => bed.Journal.Append(
            i % 10 == 3 ? Open($"t{i}") : After(heads[i], Row($"t{i}", TicketStates.Resolved)))));

        for (var i = 0; i < 50; i++)
        {
            var bad = i % 10 == 3;
            results[i].ShouldBeOfType(bad ? typeof(AppendResult.SeqTaken) : typeof(AppendResult.Committed));
            (await bed.Tickets.Find("north", $"t{i}"))!.State.ShouldBe(bad ? TicketStates.Waiting : TicketStates.Resolved);
        }
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(50, 95, 0, null));
    }

    [SkippableFact]
    public async Task Of_all_who_want_a_slot_of_an_agent_one_gets_it()
    {
        await using var bed = await TKind.Make();
        var heads = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => bed.Journal.Append(Open($"t{i}"))));

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => bed.Journal.Append(
            After(heads[i], Holding($"t{i}", $"north/a{i % 3}", $"chat-{i % 2}"))))));

        foreach (var slot in Enumerable.Range(0, 60).GroupBy(i => (i % 3, i % 2), i => results[i]))
        {
            slot.OfType<AppendResult.Committed>().Count().ShouldBe(1);
            slot.OfType<AppendResult.SlotTaken>().Count().ShouldBe(9);
        }
        for (var i = 0; i < 60; i++)
            (await bed.Tickets.Find("north", $"t{i}"))!.Slot.ShouldBe(results[i] is AppendResult.Committed ? $"chat-{i % 2}" : null);
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(60, 66, 0, null));
    }

    [SkippableFact]
    public async Task A_taken_slot_refuses_nothing_but_the_append_that_wants_it()
    {
        await using var bed = await TKind.Make();
        var holder = await bed.Journal.Append(Open(Holding("holder", "north/a1", "chat-0")));

        (await bed.Journal.Append(Open(Holding("t1", "north/a1", "chat-0")))).ShouldBeOfType<AppendResult.SlotTaken>("even for a ticket's first event");
        (await bed.Journal.Append(Open(Holding("t2", "north/a1", "chat-1")))).ShouldBeOfType<AppendResult.Committed>();
        (await bed.Journal.Append(Open(Holding("t3", "north/a2", "chat-0")))).ShouldBeOfType<AppendResult.Committed>();
        (await bed.Journal.Append(Open(Row("t4") with { AgentId = "north/a1" }))).ShouldBeOfType<AppendResult.Committed>("holds no slot");
        (await bed.Journal.Append(Open(Holding("holder", "north/a1", "chat-0")))).ShouldBeOfType<AppendResult.SeqTaken>("its own slot isn't what is wrong");
        (await bed.Journal.Append(After(holder, Holding("holder", "north/a1", "chat-0")))).ShouldBeOfType<AppendResult.Committed>("keeps its slot");

        (await bed.Journal.Read("north", "t1", 0)).ShouldBeEmpty();
        (await bed.Tickets.Find("north", "t1")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Nobody_has_a_call_beside_a_chat()
    {
        await using var bed = await TKind.Make();
        var chat = await bed.Journal.Append(Open(Holding("chat", "north/a1", "chat-1")));

        (await bed.Journal.Append(Open(Holding("call", "north/a1", "call-0")))).ShouldBeOfType<AppendResult.DeskTaken>("even for a ticket's first event");
        var call = await bed.Journal.Append(Open("call"));
        (await bed.Journal.Append(After(call, Holding("call", "north/a1", "call-0")))).ShouldBeOfType<AppendResult.DeskTaken>();
        (await bed.Journal.Append(Open(Holding("form", "north/a1", "form-0")))).ShouldBeOfType<AppendResult.Committed>("a form hinders nothing");
        (await bed.Journal.Append(After(call, Holding("call", "north/a2", "call-0")))).ShouldBeOfType<AppendResult.Committed>("somebody else");
        (await bed.Journal.Append(After(chat, Holding("chat", "north/a1", "chat-1")))).ShouldBeOfType<AppendResult.Committed>("keeps its slot");
        (await bed.Journal.Append(Open(Holding("late", "north/a2", "chat-0")))).ShouldBeOfType<AppendResult.DeskTaken>("a chat beside a call");
        (await bed.Journal.Append(Open(Holding("later", "north/a2", "form-0")))).ShouldBeOfType<AppendResult.Committed>("a call interrupts forms");
        (await bed.Tickets.Find("north", "late")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Of_calls_and_chats_that_want_an_agent_at_once_one_kind_gets_the_agent()
    {
        await using var bed = await TKind.Make();
        var heads = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => bed.Journal.Append(Open($"t{i}"))));

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(() => bed.Journal.Append(
            After(heads[i], Holding($"t{i}", $"north/a{i % 10}", i % 20 < 10 ? "call-0" : $"chat-{i / 20}"))))));

        for (var agent = 0; agent < 10; agent++)
        {
            var open = (await bed.Tickets.OpenOf($"north/a{agent}")).Select(row => row.Slot!).ToList();
            open.ShouldNotBeEmpty();
            (open is ["call-0"] || open.TrueForAll(slot => slot.StartsWith("chat-", StringComparison.Ordinal))).ShouldBeTrue(string.Join(", ", open));
        }
        results.ShouldAllBe(result => result is AppendResult.Committed || result is AppendResult.SlotTaken || result is AppendResult.DeskTaken);
        (await bed.Verifier.Verify()).First.ShouldBeNull();
    }

    [SkippableFact]
    public async Task Text_that_no_database_holds_is_refused()
    {
        await using var bed = await TKind.Make();

        foreach (var bad in new[] { "a\0b", "half a pair \ud83c", "\udf5c the other half" })
        {
            var inRow = await bed.Journal.Append(Open(Row("t1") with { Subject = bad }));
            var inEvent = await bed.Journal.Append(Open("t1", Event(personal: bad)));

            inRow.ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Invalid);
            inEvent.ShouldBeOfType<AppendResult.Refused>().Why.ShouldBe(Refusal.Invalid);
        }
        (await bed.Journal.Read("north", "t1", 0)).ShouldBeEmpty();
        (await bed.Tickets.Find("north", "t1")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task However_appends_and_erasures_follow_each_other_every_chain_holds()
    {
        await using var bed = await TKind.Make();
        var random = new Random(3);
        var heads = new Dictionary<string, AppendResult>();
        for (var step = 0; step < 120; step++)
        {
            var id = $"t{random.Next(6)}";
            if (random.Next(3) == 0) await bed.Journal.ErasePersonal("north", id);
            var events = Enumerable.Range(0, random.Next(1, 4)).Select(i => Event("MessagePosted", random.Next(2) == 0 ? $"\"词{step}.{i}\"" : null)).ToArray();
            heads[id] = await bed.Journal.Append(heads.TryGetValue(id, out var head) ? After(head, Row(id), events) : Open(id, events));
        }
        var last = heads.ToDictionary(head => head.Key, head => ((AppendResult.Committed)head.Value).Hash);
        foreach (var id in heads.Keys) await bed.Journal.ErasePersonal("north", id);

        (await bed.Verifier.Verify()).First.ShouldBeNull();
        foreach (var (id, hash) in last)
        {
            var events = await bed.Journal.Read("north", id, 0);
            events.ShouldAllBe(item => item.Personal == null);
            events[^1].Hash.ShouldBe(hash);
        }
    }

    [SkippableFact]
    public async Task Erasing_the_personal_part_keeps_the_chain()
    {
        await using var bed = await TKind.Make();
        var head = await bed.Journal.Append(Open("t1", Event(), Event("MessagePosted", "\"我住在三号楼\""), Event("MessagePosted", "\"谢谢\"")));
        await bed.Journal.Append(Open("t2", Event(personal: "\"另一个人\"")));
        var before = await bed.Journal.Read("north", "t1", 0);

        (await bed.Journal.ErasePersonal("north", "t1")).ShouldBe(2);
        (await bed.Journal.ErasePersonal("north", "t1")).ShouldBe(0);

        (await bed.Journal.Read("north", "t1", 0)).ShouldBe(before.Select(item => item with { Personal = null }));
        (await bed.Tickets.Find("north", "t1"))!.Subject.ShouldBeEmpty();
        (await bed.Journal.Read("north", "t2", 0)).ShouldHaveSingleItem().Personal.ShouldBe("\"另一个人\"");
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(2, 4, 0, null));
        (await bed.Journal.Append(After(head, Row("t1")))).ShouldBeOfType<AppendResult.Committed>();
        (await bed.Verifier.Verify()).ShouldBe(new VerifyReport(2, 5, 0, null));
    }
}
