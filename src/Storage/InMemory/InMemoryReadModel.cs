namespace CampusCare.Storage;

/// <summary>The rows of an <see cref="InMemoryJournal"/>.</summary>
public sealed class InMemoryReadModel : ITicketReadModel
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (TicketRow Row, EventHash Hash)> _tickets = [];
    private readonly RowIndex _queues = new(row => IsQueued(row) ? (row.Campus, row.Queue) : null);
    private readonly RowIndex _clocks = new(row => row.NextDueAt is null ? null : (row.Campus, row.Queue));
    private readonly RowIndex _alerted = new(row => row.Alerts is null ? null : (row.Campus, row.Queue));
    private readonly RowIndex _slots = new(row => row.Slot is null ? null : (row.AgentId, row.Slot));
    private readonly RowIndex _agents = new(row => IsOpen(row) ? row.AgentId : null);
    private readonly RowIndex _customers = new(row => (row.Campus, row.CustomerId));
    private readonly RowIndex _orders = new(row => row.OrderNumber is not null && row.State != TicketStates.Closed ? (row.Campus, row.OrderNumber) : null);

    internal InMemoryReadModel()
    {
    }

    internal IReadOnlyList<ChainHead> Heads
    {
        get
        {
            lock (_lock)
                return [.. _tickets.Values.Select(HeadOf).OrderBy(head => head.TicketId, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public Task<TicketRow?> Find(string campus, string ticketId, CancellationToken cancellation = default)
    {
        lock (_lock)
            return Task.FromResult(_tickets.TryGetValue(ticketId, out var ticket) && ticket.Row.Campus == campus ? ticket.Row : null);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> QueuedIn(
        string campus, string queue, int limit, TicketRow? after = null, CancellationToken cancellation = default) =>
        Select(() => _queues[(campus, queue)].Where(row => after is null || ByPriority.Compare(row, after) > 0).Order(ByPriority).Take(limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> DueIn(
        string campus, string queue, DateTimeOffset before, int limit, TicketRow? after = null, CancellationToken cancellation = default) =>
        Select(() => _clocks[(campus, queue)]
            .Where(row => row.NextDueAt < Micros.Truncate(before) && (after is null || ByClock.Compare(row, after) > 0))
            .Order(ByClock)
            .Take(limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> AlertedIn(
        string campus, string queue, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        Select(() => _alerted[(campus, queue)].Where(row => after is null || Compare(row, after) > 0).Order(ByAge).Take(limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> OpenOf(string agentId, CancellationToken cancellation = default) =>
        Select(() => _agents[agentId].Order(ByAge));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> OfCustomer(
        string campus, string customerId, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        Select(() => _customers[(campus, customerId)].Where(row => after is null || Compare(row, after) < 0).OrderDescending(ByAge).Take(limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> NotErased(
        string campus, DateTimeOffset before, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        Select(() => _tickets.Values.Select(ticket => ticket.Row)
            .Where(row => row.Campus == campus && row.ErasedAt is null && row.State is TicketStates.Resolved or TicketStates.Closed)
            .Where(row => row.OpenedAt < Micros.Truncate(before) && row.UpdatedAt < Micros.Truncate(before))
            .Where(row => after is null || Compare(row, after) > 0)
            .Order(ByAge)
            .Take(limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> OpenOfOrder(string campus, string orderNumber, CancellationToken cancellation = default) =>
        Select(() => _orders[(campus, orderNumber)].Order(ByAge));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> Live(string campus, int limit, CancellationToken cancellation = default) =>
        Select(() => _tickets.Values.Select(static ticket => ticket.Row)
            .Where(row => row.Campus == campus && row is { State: TicketStates.Assigned, CustomerRole: not null }).Order(ByAge).Take(limit));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketRow>> Search(TicketSearch search, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        Select(() => _tickets.Values.Select(static ticket => ticket.Row)
            .Where(row => Fits(row, search) && (after is null || Compare(row, after) < 0)).OrderDescending(ByAge).Take(limit));

    private static bool Fits(TicketRow row, TicketSearch search) =>
        row.Campus == search.Campus && row.CustomerRole is not null
        && (search.From is not { } from || row.OpenedAt >= Micros.Truncate(from))
        && (search.To is not { } to || row.OpenedAt < Micros.Truncate(to))
        && (search.Category ?? row.Category) == row.Category
        && (search.AgentId ?? row.AgentId) == row.AgentId
        && (search.Role ?? row.CustomerRole) == row.CustomerRole
        && (search.States is not { Count: > 0 } states || states.Contains(row.State))
        && (search.LeastStars is not { } least || row.Rating >= least)
        && (search.MostStars is not { } most || row.Rating <= most)
        && (search.Number is not { } number || row.TicketId.StartsWith(number.ToLowerInvariant(), StringComparison.Ordinal) || row.OrderNumber?.StartsWith(number, StringComparison.Ordinal) == true);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> CountByState(
        string campus, DateTimeOffset openedSince, CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyDictionary<string, long>>(_tickets.Values
                .Where(ticket => ticket.Row.Campus == campus && ticket.Row.OpenedAt >= Micros.Truncate(openedSince))
                .GroupBy(ticket => ticket.Row.State)
                .ToDictionary(group => group.Key, group => group.LongCount()));
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OpenedTickets>> OpenedBySlot(
        string campus, DateTimeOffset from, DateTimeOffset to, TimeSpan length, CancellationToken cancellation = default)
    {
        var micros = (long)length.TotalMicroseconds;
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<OpenedTickets>>(
            [
                .. _tickets.Values
                    .Where(ticket => ticket.Row.Campus == campus && ticket.Row.OpenedAt >= Micros.Truncate(from) && ticket.Row.OpenedAt < Micros.Truncate(to))
                    .GroupBy(ticket => Micros.From(ticket.Row.OpenedAt) / micros)
                    .OrderBy(group => group.Key)
                    .Select(group => new OpenedTickets(Micros.ToTime(group.Key * micros), group.LongCount())),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<PeopleAbout>> PeopleByCategory(
        string campus, DateTimeOffset from, DateTimeOffset to, TimeSpan? length = null, CancellationToken cancellation = default)
    {
        var micros = (long?)length?.TotalMicroseconds ?? long.MaxValue;
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<PeopleAbout>>(
            [
                .. _tickets.Values
                    .Where(ticket => ticket.Row.Campus == campus && ticket.Row.OpenedAt >= Micros.Truncate(from) && ticket.Row.OpenedAt < Micros.Truncate(to) && ticket.Row is { CustomerRole: not null, Channel: not "proactive" })
                    .GroupBy(ticket => (Slot: Micros.From(ticket.Row.OpenedAt) / micros, ticket.Row.Category))
                    .OrderBy(group => group.Key.Slot).ThenBy(group => group.Key.Category, StringComparer.Ordinal)
                    .Select(group => new PeopleAbout(length is null ? from : Micros.ToTime(group.Key.Slot * micros), group.Key.Category, group.Select(ticket => ticket.Row.CustomerId).Distinct().LongCount())),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueueLoad>> BusyQueues(CancellationToken cancellation = default)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<QueueLoad>>(
            [
                .. _queues.Counts
                    .Concat(_clocks.Counts.Select(group => (group.Key, Count: 0)))
                    .GroupBy(group => ((string Campus, string Queue))group.Key, group => group.Count)
                    .Select(group => new QueueLoad(group.Key.Campus, group.Key.Queue, group.Sum()))
                    .OrderBy(load => load.Campus, StringComparer.Ordinal)
                    .ThenBy(load => load.Queue, StringComparer.Ordinal),
            ]);
        }
    }

    internal ChainHead? HeadOf(string ticketId)
    {
        lock (_lock)
            return _tickets.TryGetValue(ticketId, out var ticket) ? HeadOf(ticket) : null;
    }

    internal IReadOnlyList<string> OpenBetween(string campus, DateTimeOffset from, DateTimeOffset to)
    {
        lock (_lock)
            return [.. _tickets.Values
                .Where(ticket => ticket.Row.Campus == campus && ticket.Row.OpenedAt < to && (ticket.Row.State is not (TicketStates.Resolved or TicketStates.Closed) || ticket.Row.UpdatedAt >= from))
                .Select(ticket => ticket.Row.TicketId)];
    }

    internal bool SlotIsTaken(TicketRow row)
    {
        lock (_lock)
            return row is { Slot: not null, AgentId: not null } && _slots[(row.AgentId, row.Slot)].Any(other => other.TicketId != row.TicketId);
    }

    // Looked at when a ticket gets its slot.
    internal bool DeskIsTaken(TicketRow row)
    {
        lock (_lock)
        {
            if (row is not { Slot: { } slot, AgentId: { } agent } || MediumOf(slot) is not ("call" or "chat")) return false;
            if (_tickets.TryGetValue(row.TicketId, out var before) && before.Row.AgentId == agent && before.Row.Slot == slot) return false;
            return _agents[agent].Any(other => other.TicketId != row.TicketId && other.Slot is { } held && MediumOf(held) is "call" or "chat" && MediumOf(held) != MediumOf(slot));
        }
    }

    private static string MediumOf(string slot) => slot[..slot.IndexOf('-')];

    internal void Replace(TicketRow row, EventHash hash)
    {
        lock (_lock)
        {
            var old = _tickets.TryGetValue(row.TicketId, out var ticket) ? ticket.Row : null;
            foreach (var index in new[] { _queues, _clocks, _alerted, _slots, _agents, _customers, _orders })
                index.Replace(old, row);
            _tickets[row.TicketId] = (row, hash);
        }
    }

    internal void BlankSubject(string campus, string ticketId)
    {
        lock (_lock)
        {
            if (_tickets.TryGetValue(ticketId, out var ticket) && ticket.Row.Campus == campus)
                Replace(ticket.Row with { Subject = "", CustomerName = null, AgentName = null }, ticket.Hash);
        }
    }

    private static ChainHead HeadOf((TicketRow Row, EventHash Hash) ticket) =>
        new(ticket.Row.TicketId, ticket.Row.Campus, ticket.Row.Seq, ticket.Hash);

    private static readonly Comparer<TicketRow> ByPriority = Comparer<TicketRow>.Create((a, b) =>
        a.PriorityKey != b.PriorityKey ? a.PriorityKey.CompareTo(b.PriorityKey) : string.CompareOrdinal(a.TicketId, b.TicketId));

    private static readonly Comparer<TicketRow> ByClock = Comparer<TicketRow>.Create((a, b) =>
        a.NextDueAt != b.NextDueAt ? Nullable.Compare(a.NextDueAt, b.NextDueAt) : string.CompareOrdinal(a.TicketId, b.TicketId));

    private static readonly Comparer<TicketRow> ByAge = Comparer<TicketRow>.Create((a, b) =>
        a.OpenedAt != b.OpenedAt ? a.OpenedAt.CompareTo(b.OpenedAt) : string.CompareOrdinal(a.TicketId, b.TicketId));

    private static int Compare(TicketRow row, TicketMark mark)
    {
        var opened = row.OpenedAt.CompareTo(Micros.Truncate(mark.OpenedAt));
        return opened != 0 ? opened : string.CompareOrdinal(row.TicketId, mark.TicketId);
    }

    private static bool IsQueued(TicketRow row) => row.State is TicketStates.Waiting or TicketStates.Offered;

    private static bool IsOpen(TicketRow row) =>
        row.State is TicketStates.Offered or TicketStates.Assigned or TicketStates.Customer or TicketStates.Wrapping;

    private Task<IReadOnlyList<TicketRow>> Select(Func<IEnumerable<TicketRow>> rows)
    {
        lock (_lock)
            return Task.FromResult<IReadOnlyList<TicketRow>>([.. rows()]);
    }
}
