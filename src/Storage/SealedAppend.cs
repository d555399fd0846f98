using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CampusCare.Storage;

/// <summary>Fills a salt with bytes that nobody can guess; a simulation fills it from its seed.</summary>
public delegate void FillSalt(Span<byte> salt);

/// <summary>An append whose events have their final seqs, times and hashes; storing it twice is storing it once.</summary>
internal sealed class SealedAppend
{
    private SealedAppend(Append append, StoredEvent[] events)
    {
        ExpectedSeq = append.ExpectedSeq;
        PreviousHash = append.PreviousHash;
        Events = events;
        Deliveries = DeliveriesOf(append);
        Row = Normalize(append.Row, append.LastSeq);
    }

    public long ExpectedSeq { get; }

    public EventHash PreviousHash { get; }

    public StoredEvent[] Events { get; }

    /// <summary>What subscribers have to be told; mostly nothing.</summary>
    public StoredDelivery[] Deliveries { get; }

    public TicketRow Row { get; }

    public string TicketId => Row.TicketId;

    public StoredEvent Last => Events[^1];

    public AppendResult.Committed Committed => new(Last.Seq, Last.Hash);

    /// <summary>Seals an append, or says which text no database can hold.</summary>
    /// <exception cref="ArgumentException">No events, a negative seq, or a previous hash that doesn't fit the seq.</exception>
    public static bool TrySeal(
        Append append,
        FillSalt fillSalt,
        [NotNullWhen(true)] out SealedAppend? result,
        [NotNullWhen(false)] out AppendResult.Refused? refused)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(append.ExpectedSeq);
        if (append.Events.Count == 0)
            throw new ArgumentException("An append has at least one event.", nameof(append));
        if (append.ExpectedSeq == 0 != (append.PreviousHash == EventHash.None))
            throw new ArgumentException("Nothing comes before a ticket's first event, and something before the others.", nameof(append));
        var bad = FirstBadText(append);
        refused = bad is null ? null : new(Refusal.Invalid, $"{bad} holds a NUL or half a surrogate pair");
        result = bad is null ? new SealedAppend(append, Seal(append, fillSalt)) : null;
        return bad is null;
    }

    private static StoredDelivery[] DeliveriesOf(Append append)
    {
        if (append.Events.All(static item => item.Subscribers.Count == 0)) return [];
        return [.. append.Events.SelectMany((item, i) => item.Subscribers.Select(subscription =>
            new StoredDelivery(append.Campus, subscription, append.TicketId, append.ExpectedSeq + i + 1, Micros.From(item.At))))];
    }

    private static StoredEvent[] Seal(Append append, FillSalt fillSalt)
    {
        var events = new StoredEvent[append.Events.Count];
        var previous = append.PreviousHash;
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = Seal(append, append.Events[i], append.ExpectedSeq + i + 1, previous, fillSalt);
            previous = events[i].Hash;
        }
        return events;
    }

    private static StoredEvent Seal(Append append, NewEvent item, long seq, EventHash previous, FillSalt fillSalt)
    {
        byte[]? salt = null;
        EventHash? personalHash = null;
        if (item.Personal is { } personal)
        {
            salt = new byte[EventChain.SaltSize];
            fillSalt(salt);
            personalHash = EventChain.PersonalHash(salt, personal);
        }
        var at = Micros.From(item.At);
        var hash = EventChain.Hash(previous, append.TicketId, seq, append.Campus, at, item.Type, item.Payload, personalHash);
        return new StoredEvent(
            append.TicketId, seq, append.Campus, at, item.Type, item.Payload, item.Personal, salt, personalHash, previous, hash);
    }

    private static TicketRow Normalize(TicketRow row, long seq) => row with
    {
        Seq = seq,
        OfferExpiresAt = Micros.Truncate(row.OfferExpiresAt),
        OpenedAt = Micros.Truncate(row.OpenedAt),
        WaitingSince = Micros.Truncate(row.WaitingSince),
        AgentSince = Micros.Truncate(row.AgentSince),
        UnansweredSince = Micros.Truncate(row.UnansweredSince),
        NextDueAt = Micros.Truncate(row.NextDueAt),
        UpdatedAt = Micros.Truncate(row.UpdatedAt),
        ClosedAt = Micros.Truncate(row.ClosedAt),
        ErasedAt = Micros.Truncate(row.ErasedAt),
    };

    private static string? FirstBadText(Append append)
    {
        foreach (var item in append.Events)
        {
            if (!IsStorable(item.Type) || !IsStorable(item.Payload) || !IsStorable(item.Personal))
                return $"an event '{item.Type}'";
        }
        var row = append.Row;
        string?[] texts =
        [
            row.TicketId, row.Campus, row.Queue, row.State, row.CustomerId, row.AgentId, row.Slot, row.Channel, row.OrderNumber, row.Category,
            row.Urgency, row.Subject, row.Requirements, row.ReservationId, row.Disposition, row.Alerts,
        ];
        return Array.Exists(texts, text => !IsStorable(text)) ? "the row" : null;
    }

    private static bool IsStorable(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0)
            return text is null || !text.Contains('\0');
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done || rune.Value == 0)
                return false;
            rest = rest[length..];
        }
        return true;
    }
}
