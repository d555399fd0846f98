using CampusCare.Domain;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Tickets;
using CampusCare.Storage;

namespace CampusCare.Grains.Tests;

/// <summary>Two memories of one ticket, as two activations have them for a while when silos come and go.</summary>
public sealed class JournaledTicketTests
{
    private readonly InMemoryJournal _journal = new(static salt => salt.Fill(7));
    private readonly HandClock _clock = new();

    [Fact]
    public async Task What_another_wrote_is_told_once_the_memory_is_no_longer_trusted()
    {
        var (one, other) = (await Opened(), Memory());
        await other.Read();
        (await one.Do(static _ => Decision.That(new Closed(ClosingReason.Confirmed)))).ShouldBeNull();

        (await other.Renew()).ShouldBeFalse();
        other.After(0).Length.ShouldBe(2);
        _clock.Now += JournaledTicket.TrustedFor;
        (await other.Renew()).ShouldBeTrue();
        other.After(0).Length.ShouldBe(3);
        (await other.Renew()).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_wrote_last_has_nothing_new_to_tell()
    {
        var one = await Opened();
        _clock.Now += JournaledTicket.TrustedFor;
        (await one.Renew()).ShouldBeFalse();
        (await one.Do(static _ => Decision.That(new Closed(ClosingReason.Confirmed)))).ShouldBeNull();
    }

    [Fact]
    public async Task Whether_somebody_wrote_is_seen_from_the_last_event_alone()
    {
        var one = await Opened();
        var counted = new CountedReads(_journal);
        var other = new JournaledTicket(counted, _clock, "north", "t1");
        await other.Read();
        counted.Events.ShouldBe(2);
        _clock.Now += JournaledTicket.TrustedFor;
        (await other.Renew()).ShouldBeFalse();
        counted.Events.ShouldBe(3);
        (await other.Renew()).ShouldBeFalse();
        counted.Events.ShouldBe(3);

        (await one.Do(static _ => Decision.That(new Closed(ClosingReason.Confirmed)))).ShouldBeNull();
        _clock.Now += JournaledTicket.TrustedFor;
        (await other.Renew()).ShouldBeTrue();
        other.After(0).Length.ShouldBe(3);
    }

    private JournaledTicket Memory() => new(_journal, _clock, "north", "t1");

    private async Task<JournaledTicket> Opened()
    {
        var ticket = Memory();
        (await ticket.Do(_ => Decision.That(
            new Opened("c1", "s1", CustomerRole.Student, Channel.Web, null, Category.LateDelivery, 0.9, Urgency.Normal, Sentiment.Neutral),
            new Queued("delivery", _clock.Now, 1, [])))).ShouldBeNull();
        return ticket;
    }

    private sealed class CountedReads(ITicketJournal journal) : ITicketJournal
    {
        public int Events { get; private set; }

        public Task<AppendResult> Append(Append append) => journal.Append(append);

        public Task<int> ErasePersonal(string campus, string ticketId, CancellationToken cancellation = default) => journal.ErasePersonal(campus, ticketId, cancellation);

        public async Task<IReadOnlyList<JournalEvent>> Read(string campus, string ticketId, long afterSeq, CancellationToken cancellation = default)
        {
            var events = await journal.Read(campus, ticketId, afterSeq, cancellation);
            Events += events.Count;
            return events;
        }
    }

    private sealed class HandClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
