using CampusCare.Client;
using CampusCare.PeakHour;

namespace CampusCare.Cli.Tests.Peak;

public sealed class TruthTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_run_as_it_should_be_has_nothing_wrong()
    {
        var verdict = Judge(Journal("t1", "opened", "queued", "offered:a", "accepted:a", "message:a:m1", "resolved:a:solved"), Journal("t2", "opened", "queued"));
        verdict.Findings.ShouldBeEmpty();
        verdict.ShouldBe(new Verdict(Offered: 1, Resolved: 1, Unfinished: 1, Lost: 0, Doubled: 0, DoubleAssigned: 0, OverCapacity: 0, verdict.Findings));
    }

    [Theory]
    [InlineData("opened queued offered:a offerTimedOut:a queued offered:b accepted:b resolved:b:solved")]
    [InlineData("opened queued offered:a offerRejected:a queued offered:a accepted:a resolved:a:solved")]
    [InlineData("opened queued offered:a accepted:a resolved:a wrappedUp:a:solved reopened queued offered:b accepted:b resolved:b:solved rated closed")]
    [InlineData("opened queued offered:a accepted:a queued offered:b accepted:b resolved:b:solved")]
    public void Tickets_may_go_from_hand_to_hand(string events) => Judge(Journal("t1", events.Split(' '))).Findings.ShouldBeEmpty();

    [Theory]
    [InlineData("opened queued offered:a accepted:a accepted:b")]
    [InlineData("opened queued offered:a accepted:b")]
    [InlineData("opened queued accepted:a")]
    [InlineData("opened queued offered:a offered:b accepted:b")]
    [InlineData("opened queued offered:a accepted:a offered:b")]
    [InlineData("opened queued offered:a offerTimedOut:a accepted:a")]
    [InlineData("opened queued offered:a accepted:a resolved:a:solved accepted:b")]
    public void Two_hands_at_once_are_seen(string events) => Judge(Journal("t1", events.Split(' '))).DoubleAssigned.ShouldBe(1);

    [Fact]
    public void More_than_an_agent_can_take_is_seen_and_counted()
    {
        var journals = Enumerable.Range(1, 5).Select(i => Journal($"t{i}", "opened", "queued", "offered:a", "accepted:a", "resolved:a:solved")).ToArray();
        Judge(capacity: 5, journals).OverCapacity.ShouldBe(0);
        Judge(capacity: 3, journals).OverCapacity.ShouldBe(2);
    }

    [Fact]
    public void A_slot_that_is_given_back_and_taken_at_the_same_instant_is_one_slot()
    {
        var first = Journal("t1", Noon, "opened", "queued", "offered:a", "accepted:a", "resolved:a:solved");
        var second = Journal("t2", first.Events[^1].At.AddSeconds(-2), "opened", "queued", "offered:a", "accepted:a", "resolved:a:solved");
        second.Events[2].At.ShouldBe(first.Events[^1].At);
        Judge(capacity: 1, first, second).OverCapacity.ShouldBe(0);
    }

    [Fact]
    public void After_contact_work_holds_the_slot()
    {
        var first = Journal("t1", Noon, "opened", "queued", "offered:a", "accepted:a", "resolved:a", "message:a:m", "wrappedUp:a:solved");
        var second = Journal("t2", Noon.AddSeconds(3), "opened", "queued", "offered:a", "accepted:a", "resolved:a:solved");
        Judge(capacity: 1, first, second).OverCapacity.ShouldBe(1);
    }

    [Fact]
    public void A_ticket_that_cannot_be_read_back_is_lost() =>
        Truth.Judge([Told("t1")], new Dictionary<string, TicketHistory>(), new Dictionary<string, Desks>()).Lost.ShouldBe(1);

    [Fact]
    public void A_ticket_acknowledged_for_two_contacts_is_lost()
    {
        var journal = Journal("t1", "opened", "queued");
        Truth.Judge([Told("t1"), Told("t1")], new Dictionary<string, TicketHistory> { ["t1"] = journal }, new Dictionary<string, Desks>()).Lost.ShouldBe(1);
    }

    [Fact]
    public void Whatever_was_acknowledged_and_is_not_in_the_journal_is_lost()
    {
        var journal = Journal("t1", "opened", "queued", "offered:a", "accepted:a", "message:a:m1", "resolved:a:solved");
        Lost(Told("t1") with { AcceptedBy = ["a"], MessageIds = ["m1"], Resolved = true }, journal).ShouldBe(0);
        Lost(Told("t1") with { Text = "another" }, journal).ShouldBe(1);
        Lost(Told("t1") with { AcceptedBy = ["b"] }, journal).ShouldBe(1);
        Lost(Told("t1") with { MessageIds = ["m2"] }, journal).ShouldBe(1);
        Lost(Told("t1"), journal with { Events = [.. journal.Events[1..]] }).ShouldBe(1);
        Lost(Told("t1"), journal with { Events = [.. journal.Events[..2], .. journal.Events[3..]] }).ShouldBe(1);
        Lost(Told("t1") with { Resolved = true }, journal with { Events = journal.Events[..^1] }).ShouldBe(1);
    }

    [Fact]
    public void A_message_that_stands_twice_is_doubled()
    {
        var journal = Journal("t1", "opened", "queued", "offered:a", "accepted:a", "message:a:m1", "message:a:m1");
        var verdict = Truth.Judge([Told("t1") with { MessageIds = ["m1"] }], new Dictionary<string, TicketHistory> { ["t1"] = journal }, new Dictionary<string, Desks>());
        (verdict.Lost, verdict.Doubled).ShouldBe((0, 1));
    }

    [Fact]
    public void An_agent_who_was_lent_is_the_same_agent()
    {
        var journal = Journal("t1", "opened", "queued", "offered:south/a", "accepted:south/a", "resolved:south/a:solved");
        Lost(Told("t1") with { AcceptedBy = ["a"], Resolved = true }, journal).ShouldBe(0);
        Judge(capacity: 1, journal, Journal("t2", "opened", "queued", "offered:a", "accepted:a", "resolved:a:solved")).OverCapacity.ShouldBe(1);
    }

    private static int Lost(Acknowledged told, TicketHistory journal) =>
        Truth.Judge([told], new Dictionary<string, TicketHistory> { [told.TicketId] = journal }, new Dictionary<string, Desks>()).Lost;

    private static Acknowledged Told(string ticketId) => new(ticketId, "text", [], [], false);

    private static Verdict Judge(params TicketHistory[] journals) => Judge(capacity: 20, journals);

    private static Verdict Judge(int capacity, params TicketHistory[] journals) => Truth.Judge(
        [.. journals.Select(journal => Told(journal.Ticket.TicketId))],
        journals.ToDictionary(journal => journal.Ticket.TicketId),
        new Dictionary<string, Desks> { ["a"] = new(capacity, 1, 10), ["b"] = new(capacity, 1, 10) });

    private static TicketHistory Journal(string ticketId, params string[] events) => Journal(ticketId, Noon, events);

    /// <summary>Events a second apart, each from words like <c>offered:a</c> or <c>message:a:m1</c>.</summary>
    private static TicketHistory Journal(string ticketId, DateTimeOffset start, params string[] events)
    {
        var all = events.Select((words, i) => Event(words.Split(':'), i + 1, start.AddSeconds(i))).ToArray();
        var phase = all.LastOrDefault(e => e.Type is "queued" or "offered" or "accepted" or "resolved" or "closed")?.Type;
        var ticket = new Ticket(ticketId, "north", phase is "resolved" or "closed" ? phase : "waiting", "food", "other", "", null, null, start, null, null, false, all.Length);
        return new(ticket, all);
    }

    private static TicketEvent Event(string[] words, long seq, DateTimeOffset at) => new(
        seq, at, words[0],
        AuthorId: words.ElementAtOrDefault(1),
        Text: words[0] == "opened" ? "text" : null,
        MessageId: words[0] == "message" ? words.ElementAtOrDefault(2) : null,
        Detail: words[0] == "message" ? null : words.ElementAtOrDefault(2));
}
