namespace CampusCare.Storage;

/// <summary>One event to append.</summary>
/// <param name="Type">The event's stored name.</param>
/// <param name="At">When it happened; stored to the microsecond, in UTC.</param>
/// <param name="Payload">Canonical JSON text. Nothing in it may be personal: it can never be erased.</param>
/// <param name="Personal">
/// Canonical JSON text of message bodies and personal fields, kept apart so that it can be erased later
/// while the chain still verifies.
/// </param>
public sealed record NewEvent(string Type, DateTimeOffset At, string Payload, string? Personal = null)
{
    /// <summary>The subscriptions of the campus that have to be told, see <see cref="IWebhookDeliveries"/>.</summary>
    public IReadOnlyList<string> Subscribers { get; init; } = [];
}

/// <summary>Events of one ticket that are stored together, and the read-model row that they lead to.</summary>
/// <param name="ExpectedSeq">Seq of the ticket's last stored event; 0 for a new ticket.</param>
/// <param name="PreviousHash">Hash of that event; <see cref="EventHash.None"/> for a new ticket.</param>
/// <param name="Events">At least one; they get the seqs after <paramref name="ExpectedSeq"/>.</param>
/// <param name="Row">Replaces the ticket's row in the same transaction; names the ticket and its campus.</param>
public sealed record Append(long ExpectedSeq, EventHash PreviousHash, IReadOnlyList<NewEvent> Events, TicketRow Row)
{
    public string TicketId => Row.TicketId;

    public string Campus => Row.Campus;

    /// <summary>Seq of the last of <see cref="Events"/>.</summary>
    public long LastSeq => ExpectedSeq + Events.Count;
}
