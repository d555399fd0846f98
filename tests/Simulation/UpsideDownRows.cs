using CampusCare.Storage;

namespace CampusCare.Simulation;

/// <summary>A read model that is wrong on purpose: it tells queues that the last one came first.</summary>
internal sealed class UpsideDownRows(ITicketReadModel inner) : ITicketReadModel
{
    public Task<TicketRow?> Find(string campus, string ticketId, CancellationToken cancellation = default) => inner.Find(campus, ticketId, cancellation);

    public async Task<IReadOnlyList<TicketRow>> QueuedIn(string campus, string queue, int limit, TicketRow? after = null, CancellationToken cancellation = default) =>
        [.. (await inner.QueuedIn(campus, queue, limit, after, cancellation)).Select(row => row with { PriorityKey = -row.PriorityKey })];

    public Task<IReadOnlyList<TicketRow>> DueIn(
        string campus, string queue, DateTimeOffset before, int limit, TicketRow? after = null, CancellationToken cancellation = default) =>
        inner.DueIn(campus, queue, before, limit, after, cancellation);

    public Task<IReadOnlyList<TicketRow>> AlertedIn(string campus, string queue, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        inner.AlertedIn(campus, queue, limit, after, cancellation);

    public Task<IReadOnlyList<TicketRow>> OpenOf(string agentId, CancellationToken cancellation = default) => inner.OpenOf(agentId, cancellation);

    public Task<IReadOnlyList<TicketRow>> OfCustomer(string campus, string customerId, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        inner.OfCustomer(campus, customerId, limit, after, cancellation);

    public Task<IReadOnlyList<TicketRow>> NotErased(string campus, DateTimeOffset before, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        inner.NotErased(campus, before, limit, after, cancellation);

    public Task<IReadOnlyList<TicketRow>> OpenOfOrder(string campus, string orderNumber, CancellationToken cancellation = default) =>
        inner.OpenOfOrder(campus, orderNumber, cancellation);

    public Task<IReadOnlyList<OpenedTickets>> OpenedBySlot(string campus, DateTimeOffset from, DateTimeOffset to, TimeSpan length, CancellationToken cancellation = default) =>
        inner.OpenedBySlot(campus, from, to, length, cancellation);

    public Task<IReadOnlyList<PeopleAbout>> PeopleByCategory(string campus, DateTimeOffset from, DateTimeOffset to, TimeSpan? length = null, CancellationToken cancellation = default) =>
        inner.PeopleByCategory(campus, from, to, length, cancellation);

    public Task<IReadOnlyList<TicketRow>> Live(string campus, int limit, CancellationToken cancellation = default) => inner.Live(campus, limit, cancellation);

    public Task<IReadOnlyList<TicketRow>> Search(TicketSearch search, int limit, TicketMark? after = null, CancellationToken cancellation = default) =>
        inner.Search(search, limit, after, cancellation);

    public Task<IReadOnlyDictionary<string, long>> CountByState(string campus, DateTimeOffset openedSince, CancellationToken cancellation = default) =>
        inner.CountByState(campus, openedSince, cancellation);

    public Task<IReadOnlyList<QueueLoad>> BusyQueues(CancellationToken cancellation = default) => inner.BusyQueues(cancellation);
}
