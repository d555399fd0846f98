namespace CampusCare.Storage;

/// <summary>A stored event of a ticket.</summary>
/// <param name="TicketId">Unique over all campuses.</param>
/// <param name="Seq">1 for the ticket's first event, without gaps.</param>
/// <param name="Campus">The ticket's campus.</param>
/// <param name="At">UTC, to the microsecond.</param>
/// <param name="Type">The event's stored name.</param>
/// <param name="Payload">The JSON text that was appended, byte for byte.</param>
/// <param name="Personal">The personal JSON text; null when there was none, or when it was erased.</param>
/// <param name="Hash">Covers this event and, through its predecessor's hash, all before it.</param>
public sealed record JournalEvent(
    string TicketId,
    long Seq,
    string Campus,
    DateTimeOffset At,
    string Type,
    string Payload,
    string? Personal,
    EventHash Hash);
