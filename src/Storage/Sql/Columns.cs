using System.Data.Common;

namespace CampusCare.Storage;

/// <summary>A column of a table, and how its value is taken from what is stored.</summary>
internal abstract record Column<T>(string Name)
{
    /// <summary>The value for databases that take one value at a time.</summary>
    public abstract object Boxed(T item);
}

internal sealed record TextColumn<T>(string Name, Func<T, string?> Value) : Column<T>(Name)
{
    public override object Boxed(T item) => (object?)Value(item) ?? DBNull.Value;
}

internal sealed record LongColumn<T>(string Name, Func<T, long?> Value) : Column<T>(Name)
{
    public override object Boxed(T item) => (object?)Value(item) ?? DBNull.Value;
}

internal sealed record BytesColumn<T>(string Name, Func<T, byte[]?> Value) : Column<T>(Name)
{
    public override object Boxed(T item) => (object?)Value(item) ?? DBNull.Value;
}

/// <summary>The table <c>ticket_events</c>.</summary>
internal static class EventTable
{
    public static readonly IReadOnlyList<Column<StoredEvent>> Columns =
    [
        new TextColumn<StoredEvent>("ticket_id", item => item.TicketId),
        new LongColumn<StoredEvent>("seq", item => item.Seq),
        new TextColumn<StoredEvent>("campus", item => item.Campus),
        new LongColumn<StoredEvent>("at", item => item.AtMicros),
        new TextColumn<StoredEvent>("type", item => item.Type),
        new TextColumn<StoredEvent>("payload", item => item.Payload),
        new TextColumn<StoredEvent>("personal", item => item.Personal),
        new BytesColumn<StoredEvent>("personal_salt", item => item.Salt),
        new BytesColumn<StoredEvent>("personal_hash", item => item.PersonalHash?.ToArray()),
        new BytesColumn<StoredEvent>("prev_hash", item => item.PreviousHash.ToArray()),
        new BytesColumn<StoredEvent>("hash", item => item.Hash.ToArray()),
    ];

    /// <summary>All columns, to select with the prefix "e.", in the order that <see cref="Read"/> expects.</summary>
    public static readonly string Selected = string.Join(", ", Columns.Select(column => $"e.{column.Name}"));

    public static StoredEvent Read(DbDataReader reader) => new(
        reader.GetString(0),
        reader.GetInt64(1),
        reader.GetString(2),
        reader.GetInt64(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.TextOrNull(6),
        reader.BytesOrNull(7),
        reader.BytesOrNull(8) is { } personalHash ? ReadHash(personalHash) : null,
        ReadHash(reader.GetFieldValue<byte[]>(9)),
        ReadHash(reader.GetFieldValue<byte[]>(10)));

    // A hash of another length was tampered with; it becomes one that no content has, so that the verifier names the event.
    public static EventHash ReadHash(byte[] bytes) => bytes.Length == EventHash.Size ? new(bytes) : Impossible;

    private static readonly EventHash Impossible = EventHash.Parse(new string('f', 2 * EventHash.Size));
}

/// <summary>The table <c>tickets</c>.</summary>
internal static class TicketTable
{
    /// <summary>The index that lets one ticket at a time hold a slot of an agent.</summary>
    public const string SlotIndex = "tickets_slot";

    /// <summary>What lets nobody have a call beside a chat.</summary>
    public const string DeskRule = "tickets_desk";

    public static readonly IReadOnlyList<Column<SealedAppend>> Columns =
    [
        Text("ticket_id", row => row.TicketId),
        Text("campus", row => row.Campus),
        Text("queue", row => row.Queue),
        Text("state", row => row.State),
        Text("customer_id", row => row.CustomerId),
        Text("agent_id", row => row.AgentId),
        Text("channel", row => row.Channel),
        Text("order_number", row => row.OrderNumber),
        Text("category", row => row.Category),
        Text("urgency", row => row.Urgency),
        Text("subject", row => row.Subject),
        Long("priority_key", row => row.PriorityKey),
        Text("requirements", row => row.Requirements),
        Text("reservation_id", row => row.ReservationId),
        Time("offer_expires_at", row => row.OfferExpiresAt),
        Time("opened_at", row => row.OpenedAt),
        Time("waiting_since", row => row.WaitingSince),
        Text("slot", row => row.Slot),
        Time("next_due_at", row => row.NextDueAt),
        Time("updated_at", row => row.UpdatedAt),
        Time("closed_at", row => row.ClosedAt),
        Long("rating", row => row.Rating),
        Text("disposition", row => row.Disposition),
        Time("erased_at", row => row.ErasedAt),
        Text("alerts", row => row.Alerts),
        Text("customer_name", row => row.CustomerName),
        Text("customer_role", row => row.CustomerRole),
        Text("sentiment", row => row.Sentiment),
        Text("agent_name", row => row.AgentName),
        Time("agent_since", row => row.AgentSince),
        Time("unanswered_since", row => row.UnansweredSince),
        Long("seq", row => row.Seq),
        new LongColumn<SealedAppend>("appended", append => append.Events.Length),
        new BytesColumn<SealedAppend>("hash", append => append.Last.Hash.ToArray()),
    ];

    /// <summary>The columns of a row, to select with the prefix "t.", in the order that <see cref="Read"/> expects.</summary>
    public static readonly string Selected =
        string.Join(", ", Columns.Where(column => column.Name is not ("appended" or "hash")).Select(column => $"t.{column.Name}"));

    public static TicketRow Read(DbDataReader reader) => new()
    {
        TicketId = reader.GetString(0),
        Campus = reader.GetString(1),
        Queue = reader.GetString(2),
        State = reader.GetString(3),
        CustomerId = reader.GetString(4),
        AgentId = reader.TextOrNull(5),
        Channel = reader.GetString(6),
        OrderNumber = reader.TextOrNull(7),
        Category = reader.GetString(8),
        Urgency = reader.GetString(9),
        Subject = reader.GetString(10),
        PriorityKey = reader.GetInt64(11),
        Requirements = reader.GetString(12),
        ReservationId = reader.TextOrNull(13),
        OfferExpiresAt = reader.TimeOrNull(14),
        OpenedAt = Micros.ToTime(reader.GetInt64(15)),
        WaitingSince = reader.TimeOrNull(16),
        Slot = reader.TextOrNull(17),
        NextDueAt = reader.TimeOrNull(18),
        UpdatedAt = Micros.ToTime(reader.GetInt64(19)),
        ClosedAt = reader.TimeOrNull(20),
        Rating = (int?)reader.LongOrNull(21),
        Disposition = reader.TextOrNull(22),
        ErasedAt = reader.TimeOrNull(23),
        Alerts = reader.TextOrNull(24),
        CustomerName = reader.TextOrNull(25),
        CustomerRole = reader.TextOrNull(26),
        Sentiment = reader.TextOrNull(27),
        AgentName = reader.TextOrNull(28),
        AgentSince = reader.TimeOrNull(29),
        UnansweredSince = reader.TimeOrNull(30),
        Seq = reader.GetInt64(31),
    };

    private static TextColumn<SealedAppend> Text(string name, Func<TicketRow, string?> value) => new(name, append => value(append.Row));

    private static LongColumn<SealedAppend> Long(string name, Func<TicketRow, long?> value) => new(name, append => value(append.Row));

    private static LongColumn<SealedAppend> Time(string name, Func<TicketRow, DateTimeOffset?> value) =>
        new(name, append => value(append.Row) is { } time ? Micros.From(time) : null);
}

/// <summary>The columns of <c>webhook_deliveries</c> that the journal writes.</summary>
internal static class DeliveryTable
{
    public static readonly IReadOnlyList<Column<StoredDelivery>> Columns =
    [
        new TextColumn<StoredDelivery>("campus", item => item.Campus),
        new TextColumn<StoredDelivery>("subscription", item => item.Subscription),
        new TextColumn<StoredDelivery>("ticket_id", item => item.TicketId),
        new LongColumn<StoredDelivery>("seq", item => item.Seq),
        new LongColumn<StoredDelivery>("attempts", _ => 0),
        new LongColumn<StoredDelivery>("due_at", item => item.DueAtMicros),
        new LongColumn<StoredDelivery>("given_up", _ => 0),
    ];
}

internal static class ReaderExtensions
{
    public static string? TextOrNull(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);

    public static long? LongOrNull(this DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetInt64(ordinal);

    public static byte[]? BytesOrNull(this DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetFieldValue<byte[]>(ordinal);

    public static DateTimeOffset? TimeOrNull(this DbDataReader reader, int ordinal) =>
        reader.LongOrNull(ordinal) is { } micros ? Micros.ToTime(micros) : null;
}
