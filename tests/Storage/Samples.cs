namespace CampusCare.Storage.Tests;

/// <summary>Rows, events and appends to test with.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Salts from a seed.</summary>
    public static FillSalt Salt(int seed = 1)
    {
        var random = new Random(seed);
        return salt =>
        {
            lock (random)
                random.NextBytes(salt);
        };
    }

    public static TicketRow Row(string ticketId, string state = TicketStates.Waiting, string campus = "north") => new()
    {
        TicketId = ticketId,
        Campus = campus,
        Queue = "delivery",
        State = state,
        CustomerId = "student-1",
        Channel = "chat",
        Category = "late-delivery",
        Urgency = "normal",
        Subject = "我的外卖晚了四十分钟 🍜",
        OpenedAt = Noon,
        UpdatedAt = Noon,
    };

    /// <summary>A row in which every field says something, at the full precision of its type.</summary>
    public static TicketRow FullRow(string ticketId) => Row(ticketId, TicketStates.Offered) with
    {
        AgentId = "north/agent-7",
        CustomerName = "小林",
        CustomerRole = "student",
        Sentiment = "negative",
        AgentName = "阿哲",
        AgentSince = Noon.AddTicks(29),
        UnansweredSince = Noon.AddTicks(9),
        OrderNumber = "A-20261121-0815",
        PriorityKey = long.MinValue + 1,
        Requirements = """[{"skill":"投诉","level":3}]""",
        ReservationId = "r-1",
        OfferExpiresAt = Noon.AddTicks(12_345_678),
        OpenedAt = Noon.AddTicks(1),
        WaitingSince = Noon.AddTicks(19),
        Slot = "chat-0",
        NextDueAt = DateTimeOffset.MaxValue,
        UpdatedAt = Noon.AddTicks(39),
        ClosedAt = DateTimeOffset.UnixEpoch.AddTicks(-11),
        Rating = 5,
        Disposition = "refunded",
        ErasedAt = Noon.AddTicks(49),
    };

    /// <summary>A row that holds a slot of an agent.</summary>
    public static TicketRow Holding(string ticketId, string agentId, string slot) =>
        Row(ticketId, TicketStates.Assigned) with { AgentId = agentId, Slot = slot };

    public static NewEvent Event(string type = "TicketOpened", string? personal = null) =>
        new(type, Noon.AddTicks(7), $$"""{"type":"{{type}}","text":"中文"}""", personal);

    /// <summary>The first append of a ticket.</summary>
    public static Append Open(string ticketId, params NewEvent[] events) => Open(Row(ticketId), events);

    public static Append Open(TicketRow row, params NewEvent[] events) =>
        new(0, EventHash.None, events.Length == 0 ? [Event()] : events, row);

    /// <summary>The append that follows a committed one.</summary>
    public static Append After(AppendResult before, TicketRow row, params NewEvent[] events)
    {
        var committed = before.ShouldBeOfType<AppendResult.Committed>();
        return new Append(committed.Seq, committed.Hash, events.Length == 0 ? [Event("MessagePosted")] : events, row);
    }

    /// <summary>The same moment as the journal stores it.</summary>
    public static DateTimeOffset? Stored(this DateTimeOffset? at) => at is { } time ? time.Stored() : null;

    public static DateTimeOffset Stored(this DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % 10, TimeSpan.Zero);

    public static TicketRow Stored(this TicketRow row, long seq) => row with
    {
        Seq = seq,
        OpenedAt = row.OpenedAt.Stored(),
        UpdatedAt = row.UpdatedAt.Stored(),
        OfferExpiresAt = row.OfferExpiresAt.Stored(),
        WaitingSince = row.WaitingSince.Stored(),
        AgentSince = row.AgentSince.Stored(),
        UnansweredSince = row.UnansweredSince.Stored(),
        NextDueAt = row.NextDueAt.Stored(),
        ClosedAt = row.ClosedAt.Stored(),
        ErasedAt = row.ErasedAt.Stored(),
    };
}
