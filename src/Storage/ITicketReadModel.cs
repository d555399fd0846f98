namespace CampusCare.Storage;

/// <summary>
/// Questions about tickets, answered from rows that are never older than the last acknowledged append.
/// Every method throws <see cref="StorageUnavailableException"/> when the database can't be read now.
/// </summary>
public interface ITicketReadModel
{
    /// <summary>The ticket's row; null when it doesn't exist or belongs to another campus.</summary>
    Task<TicketRow?> Find(string campus, string ticketId, CancellationToken cancellation = default);

    /// <summary>
    /// What a queue answers for (waiting or offered), by priority key, then ticket id. Pass the last row of a
    /// page as <paramref name="after"/> to get the next.
    /// </summary>
    Task<IReadOnlyList<TicketRow>> QueuedIn(string campus, string queue, int limit, TicketRow? after = null, CancellationToken cancellation = default);

    /// <summary>
    /// The tickets of a queue, whatever their state, with a service-level clock that runs out before a time, the earliest
    /// first, then by ticket id. Pass the last row of a page as <paramref name="after"/> to get the next.
    /// </summary>
    Task<IReadOnlyList<TicketRow>> DueIn(string campus, string queue, DateTimeOffset before, int limit, TicketRow? after = null, CancellationToken cancellation = default);

    /// <summary>
    /// The tickets of a queue, whatever their state, that supervisors should see: the oldest first, then by ticket id. Pass
    /// the last row of a page as <paramref name="after"/> to get the next.
    /// </summary>
    Task<IReadOnlyList<TicketRow>> AlertedIn(string campus, string queue, int limit, TicketMark? after = null, CancellationToken cancellation = default);

    /// <summary>What takes an agent's capacity (offered, assigned, customer or wrapping), oldest first, over all campuses.</summary>
    Task<IReadOnlyList<TicketRow>> OpenOf(string agentId, CancellationToken cancellation = default);

    /// <summary>A customer's tickets, newest first. Pass the last row of a page as <paramref name="after"/> to get the next.</summary>
    Task<IReadOnlyList<TicketRow>> OfCustomer(string campus, string customerId, int limit, TicketMark? after = null, CancellationToken cancellation = default);

    /// <summary>
    /// The campus's tickets that are resolved or closed, untouched since <paramref name="before"/>, and not yet erased: oldest
    /// first, then by ticket id. Pass the last row of a page as <paramref name="after"/> to get the next.
    /// </summary>
    Task<IReadOnlyList<TicketRow>> NotErased(string campus, DateTimeOffset before, int limit, TicketMark? after = null, CancellationToken cancellation = default);

    /// <summary>The tickets about an order that aren't closed, oldest first.</summary>
    Task<IReadOnlyList<TicketRow>> OpenOfOrder(string campus, string orderNumber, CancellationToken cancellation = default);

    /// <summary>The campus's conversations that an agent has in hand, but for questions to colleagues: the oldest first, then by ticket id.</summary>
    Task<IReadOnlyList<TicketRow>> Live(string campus, int limit, CancellationToken cancellation = default);

    /// <summary>
    /// The campus's tickets that fit, but for questions to colleagues: newest first, then by ticket id downwards. Pass the
    /// last row of a page as <paramref name="after"/> to get the next.
    /// </summary>
    Task<IReadOnlyList<TicketRow>> Search(TicketSearch search, int limit, TicketMark? after = null, CancellationToken cancellation = default);

    /// <summary>How many tickets that a campus opened since then are in each state; states without tickets are absent.</summary>
    Task<IReadOnlyDictionary<string, long>> CountByState(string campus, DateTimeOffset openedSince, CancellationToken cancellation = default);

    /// <summary>
    /// How many tickets a campus opened in each stretch of time from <paramref name="from"/> to before <paramref name="to"/>, by
    /// time; stretches begin at whole multiples of <paramref name="length"/> since 1970, and those without tickets are absent.
    /// </summary>
    Task<IReadOnlyList<OpenedTickets>> OpenedBySlot(string campus, DateTimeOffset from, DateTimeOffset to, TimeSpan length, CancellationToken cancellation = default);

    /// <summary>
    /// How many people came about each category in each stretch of time, as <see cref="OpenedBySlot"/> counts tickets; without a
    /// length from <paramref name="from"/> to before <paramref name="to"/> as one. Questions to colleagues, and tickets that nobody asked for, are not counted.
    /// </summary>
    Task<IReadOnlyList<PeopleAbout>> PeopleByCategory(string campus, DateTimeOffset from, DateTimeOffset to, TimeSpan? length = null, CancellationToken cancellation = default);

    /// <summary>The queues that have waiting or offered tickets or running clocks: those to wake after a restart.</summary>
    Task<IReadOnlyList<QueueLoad>> BusyQueues(CancellationToken cancellation = default);
}

/// <summary>Which tickets; what is null, or empty, doesn't matter.</summary>
/// <param name="Campus">Of this campus alone.</param>
/// <param name="From">Opened at this time or later.</param>
/// <param name="To">Opened before this time.</param>
/// <param name="Category">About this.</param>
/// <param name="AgentId">Who has it, has it on offer, or had it last; unique over all campuses.</param>
/// <param name="Role">In which role the customer asks.</param>
/// <param name="States">In one of these states (<see cref="TicketStates"/>), at most two.</param>
/// <param name="LeastStars">Rated with at least so many stars.</param>
/// <param name="MostStars">Rated with at most so many stars.</param>
/// <param name="Number">How the ticket's id or the order's number begins; visible ASCII characters.</param>
public sealed record TicketSearch(
    string Campus,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Category = null,
    string? AgentId = null,
    string? Role = null,
    IReadOnlyList<string>? States = null,
    int? LeastStars = null,
    int? MostStars = null,
    string? Number = null)
{
    /// <summary>Sorts behind everything that begins with <see cref="Number"/>.</summary>
    internal string? NumberEnd => Number + '\x7f';
}

/// <summary>Where a page of tickets in the order of their opening ended.</summary>
public sealed record TicketMark(DateTimeOffset OpenedAt, string TicketId)
{
    /// <summary>The mark of a page's last row.</summary>
    public static TicketMark Of(TicketRow row) => new(row.OpenedAt, row.TicketId);
}

/// <summary>How many tickets wait in, or are on offer from, a queue; 0 when it only has clocks to watch.</summary>
public sealed record QueueLoad(string Campus, string Queue, long Tickets);

/// <summary>How many people came about a category from a moment on, for a length of time.</summary>
public sealed record PeopleAbout(DateTimeOffset Start, string Category, long People);

/// <summary>How many tickets were opened from a moment on, for a length of time.</summary>
public sealed record OpenedTickets(DateTimeOffset Start, long Tickets);
