using System.Collections.Immutable;

namespace CampusCare.Domain.Remedies;

/// <summary>Something that a customer was given.</summary>
/// <param name="Key">Names it: the same however often it is tried.</param>
/// <param name="Order">For which order.</param>
/// <param name="Kind">What.</param>
/// <param name="Fen">How much.</param>
/// <param name="TicketId">On which ticket.</param>
/// <param name="At">When.</param>
public sealed record RemedyEntry(string Key, string Order, RemedyKind Kind, long Fen, string TicketId, DateTimeOffset At)
{
    /// <summary>Whether the ticket has it in its journal. What no journal has after <see cref="RemedyAccount.JournalTime"/> is given up as lost.</summary>
    public bool IsJournaled { get; init; }
}

/// <summary>What one customer was given: what the limits are counted by. It forgets what no limit looks at any more.</summary>
/// <param name="Entries">Oldest first.</param>
public sealed record RemedyAccount(ImmutableArray<RemedyEntry> Entries)
{
    /// <summary>Nothing was given.</summary>
    public static readonly RemedyAccount Empty = new([]);

    /// <summary>How long something counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>Most entries: a customer who has so many gets nothing more until the oldest is forgotten.</summary>
    public const int MaximumEntries = 100;

    /// <summary>After so long a ticket that asked and stored nothing lost it; should it have stored it after all, it is not paid.</summary>
    public static readonly TimeSpan JournalTime = TimeSpan.FromHours(1);

    /// <summary>What was given before, as it matters to a case of a ticket. What the ticket itself asked for, and what another lost, doesn't count.</summary>
    /// <param name="order">The order of the case.</param>
    /// <param name="ticketId">The ticket that asks.</param>
    /// <param name="campusDayFen">What the campus gave this day.</param>
    /// <param name="utcOffset">The campus's clock.</param>
    /// <param name="now">When.</param>
    public RemedyUse UseFor(string? order, string ticketId, long campusDayFen, TimeSpan utcOffset, DateTimeOffset now)
    {
        var counted = Entries.Where(entry => entry.At > now - Window && !IsOpenTo(entry, ticketId, now)).ToList();
        var ofOrder = counted.Where(entry => entry.Order == order).ToList();
        return new RemedyUse(
            counted.Where(entry => DayOf(entry.At, utcOffset) == DayOf(now, utcOffset)).Sum(static entry => entry.Fen),
            counted.Count, campusDayFen, ofOrder.Sum(static entry => entry.Fen), [.. ofOrder.Select(static entry => entry.Kind).Distinct()]);
    }

    /// <summary>With one more; an entry with the same key is replaced.</summary>
    public RemedyAccount With(RemedyEntry entry) => new([.. Entries.Where(known => known.Key != entry.Key && known.At > entry.At - Window), entry]);

    /// <summary>
    /// By what the ticket's journal has: that is stored for good, unless it was given up meanwhile, and whatever else there is
    /// of the ticket was never decided. What was stored before stays: a ticket that doesn't know of it looks at an old memory.
    /// </summary>
    public RemedyAccount Known(string ticketId, ImmutableArray<string> journaled, DateTimeOffset now) => new(
        [.. Entries.Where(entry => entry.TicketId != ticketId || entry.IsJournaled || journaled.Contains(entry.Key))
            .Select(entry => entry.TicketId == ticketId && entry.At > now - JournalTime ? entry with { IsJournaled = true } : entry)]);

    /// <summary>After the ticket stored it.</summary>
    public RemedyAccount Journaled(string key, string ticketId) =>
        new([.. Entries.Select(entry => entry.Key == key && entry.TicketId == ticketId ? entry with { IsJournaled = true } : entry)]);

    /// <summary>After the ticket could not store it, or it was never paid.</summary>
    public RemedyAccount Without(string key, string ticketId) => new(Entries.RemoveAll(entry => entry.Key == key && entry.TicketId == ticketId));

    /// <summary>Whether there is room for one more.</summary>
    public bool HasRoom(DateTimeOffset now) => Entries.Count(entry => entry.At > now - Window) < MaximumEntries;

    /// <summary>The campus's day of a time.</summary>
    public static DateOnly DayOf(DateTimeOffset at, TimeSpan utcOffset) => DateOnly.FromDateTime(at.ToOffset(utcOffset).DateTime);

    private static bool IsOpenTo(RemedyEntry entry, string ticketId, DateTimeOffset now) =>
        !entry.IsJournaled && (entry.TicketId == ticketId || entry.At <= now - JournalTime);
}
