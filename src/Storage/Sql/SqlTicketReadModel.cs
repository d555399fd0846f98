namespace CampusCare.Storage;

/// <summary>The read model in a database.</summary>
internal sealed class SqlTicketReadModel(StorageDatabase database) : ITicketReadModel
{
    private static readonly string Tickets = $"select {TicketTable.Selected} from tickets t";

    /// <inheritdoc/>
    public async Task<TicketRow?> Find(string campus, string ticketId, CancellationToken cancellation = default)
    {
        var rows = await Rows(
            "where t.ticket_id = @ticket and t.campus = @campus", cancellation, ("ticket", ticketId), ("campus", campus));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> QueuedIn(
        string campus, string queue, int limit, TicketRow? after = null, CancellationToken cancellation = default) =>
        Rows(
            """
            where t.campus = @campus and t.queue = @queue and t.state in ('waiting', 'offered')
              and (t.priority_key, t.ticket_id) > (@key, @ticket)
            order by t.priority_key, t.ticket_id limit @limit
            """,
            cancellation,
            ("campus", campus),
            ("queue", queue),
            ("key", after?.PriorityKey ?? long.MinValue),
            ("ticket", after?.TicketId ?? ""),
            ("limit", limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> DueIn(
        string campus, string queue, DateTimeOffset before, int limit, TicketRow? after = null, CancellationToken cancellation = default) =>
        Rows(
            """
            where t.campus = @campus and t.queue = @queue and t.next_due_at < @before
              and (t.next_due_at, t.ticket_id) > (@due, @ticket)
            order by t.next_due_at, t.ticket_id limit @limit
            """,
            cancellation,
            ("campus", campus),
            ("queue", queue),
            ("before", Micros.From(before)),
            ("due", after?.NextDueAt is { } due ? Micros.From(due) : long.MinValue),
            ("ticket", after?.TicketId ?? ""),
            ("limit", limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> AlertedIn(
        string campus, string queue, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        Rows(
            """
            where t.campus = @campus and t.queue = @queue and t.alerts is not null and (t.opened_at, t.ticket_id) > (@opened, @ticket)
            order by t.opened_at, t.ticket_id limit @limit
            """,
            cancellation,
            ("campus", campus),
            ("queue", queue),
            ("opened", after is null ? long.MinValue : Micros.From(after.OpenedAt)),
            ("ticket", after?.TicketId ?? ""),
            ("limit", limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> OpenOf(string agentId, CancellationToken cancellation = default) =>
        Rows(
            """
            where t.agent_id = @agent and t.state in ('offered', 'assigned', 'customer', 'wrapping')
            order by t.opened_at, t.ticket_id
            """,
            cancellation,
            ("agent", agentId));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> OfCustomer(
        string campus, string customerId, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        Rows(
            """
            where t.campus = @campus and t.customer_id = @customer and (t.opened_at, t.ticket_id) < (@opened, @ticket)
            order by t.opened_at desc, t.ticket_id desc limit @limit
            """,
            cancellation,
            ("campus", campus),
            ("customer", customerId),
            ("opened", after is null ? long.MaxValue : Micros.From(after.OpenedAt)),
            ("ticket", after?.TicketId ?? ""),
            ("limit", limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> NotErased(
        string campus, DateTimeOffset before, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        Rows(
            """
            where t.campus = @campus and t.erased_at is null and t.state in ('resolved', 'closed')
              and t.opened_at < @before and t.updated_at < @before and (t.opened_at, t.ticket_id) > (@opened, @ticket)
            order by t.opened_at, t.ticket_id limit @limit
            """,
            cancellation,
            ("campus", campus),
            ("before", Micros.From(before)),
            ("opened", after is null ? long.MinValue : Micros.From(after.OpenedAt)),
            ("ticket", after?.TicketId ?? ""),
            ("limit", limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> OpenOfOrder(string campus, string orderNumber, CancellationToken cancellation = default) =>
        Rows(
            "where t.campus = @campus and t.order_number = @number and t.state <> 'closed' order by t.opened_at, t.ticket_id",
            cancellation,
            ("campus", campus),
            ("number", orderNumber));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> Live(string campus, int limit, CancellationToken cancellation = default) =>
        Rows(
            "where t.campus = @campus and t.state = 'assigned' and t.customer_role is not null order by t.opened_at, t.ticket_id limit @limit",
            cancellation,
            ("campus", campus),
            ("limit", limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> Search(TicketSearch search, int limit, TicketMark? after = null, CancellationToken cancellation = default)
    {
        var (clauses, parameters) = TicketSearches.Of(search, limit, after);
        return Rows(clauses, cancellation, parameters);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, long>> CountByState(
        string campus, DateTimeOffset openedSince, CancellationToken cancellation = default)
    {
        var counts = await database.Reads.List(
            "select t.state, count(*) from tickets t where t.campus = @campus and t.opened_at >= @since group by t.state",
            reader => KeyValuePair.Create(reader.GetString(0), reader.GetInt64(1)),
            cancellation,
            ("campus", campus),
            ("since", Micros.From(openedSince)));
        return new Dictionary<string, long>(counts);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OpenedTickets>> OpenedBySlot(
        string campus, DateTimeOffset from, DateTimeOffset to, TimeSpan length, CancellationToken cancellation = default) =>
        database.Reads.List(
            """
            select t.opened_at / @length, count(*) from tickets t
            where t.campus = @campus and t.opened_at >= @from and t.opened_at < @to
            group by t.opened_at / @length order by 1
            """,
            reader => new OpenedTickets(Micros.ToTime(reader.GetInt64(0) * (long)length.TotalMicroseconds), reader.GetInt64(1)),
            cancellation,
            ("campus", campus),
            ("from", Micros.From(from)),
            ("to", Micros.From(to)),
            ("length", (long)length.TotalMicroseconds));

    /// <inheritdoc/>
    public Task<IReadOnlyList<PeopleAbout>> PeopleByCategory(
        string campus, DateTimeOffset from, DateTimeOffset to, TimeSpan? length = null, CancellationToken cancellation = default)
    {
        var micros = (long?)length?.TotalMicroseconds ?? long.MaxValue;
        return database.Reads.List(
            """
            select t.opened_at / @length, t.category, count(distinct t.customer_id) from tickets t
            where t.campus = @campus and t.opened_at >= @from and t.opened_at < @to and t.customer_role is not null and t.channel <> 'proactive'
            group by t.opened_at / @length, t.category order by 1, 2
            """,
            reader => new PeopleAbout(length is null ? from : Micros.ToTime(reader.GetInt64(0) * micros), reader.GetString(1), reader.GetInt64(2)),
            cancellation,
            ("campus", campus),
            ("from", Micros.From(from)),
            ("to", Micros.From(to)),
            ("length", micros));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueueLoad>> BusyQueues(CancellationToken cancellation = default) =>
        database.Reads.List(
            """
            select campus, queue, cast(sum(tickets) as bigint) from (
              select t.campus, t.queue, count(*) as tickets from tickets t where t.state in ('waiting', 'offered') group by t.campus, t.queue
              union all
              select distinct t.campus, t.queue, 0 from tickets t where t.next_due_at is not null
            ) busy
            group by campus, queue order by campus, queue
            """,
            reader => new QueueLoad(reader.GetString(0), reader.GetString(1), reader.GetInt64(2)),
            cancellation);

    private Task<IReadOnlyList<TicketRow>> Rows(
        string clauses, CancellationToken cancellation, params (string Name, object Value)[] parameters) =>
        database.Reads.List($"{Tickets} {clauses}", TicketTable.Read, cancellation, parameters);
}
