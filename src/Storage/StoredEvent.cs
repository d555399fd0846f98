namespace CampusCare.Storage;

/// <summary>
/// An event with all its columns, as the databases hold it. An event without a personal part has neither salt nor
/// personal hash; one whose personal part was erased keeps the personal hash alone.
/// </summary>
internal sealed record StoredEvent(
    string TicketId,
    long Seq,
    string Campus,
    long AtMicros,
    string Type,
    string Payload,
    string? Personal,
    byte[]? Salt,
    EventHash? PersonalHash,
    EventHash PreviousHash,
    EventHash Hash)
{
    public JournalEvent ToJournalEvent() =>
        new(TicketId, Seq, Campus, Micros.ToTime(AtMicros), Type, Payload, Personal, Hash);
}

/// <summary>An event that a subscriber has to be told, as it begins.</summary>
internal sealed record StoredDelivery(string Campus, string Subscription, string TicketId, long Seq, long DueAtMicros);
