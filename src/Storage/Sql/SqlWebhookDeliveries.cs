using System.Data.Common;

namespace CampusCare.Storage;

/// <summary>The table <c>webhook_deliveries</c>.</summary>
internal sealed class SqlWebhookDeliveries(StorageDatabase database) : IWebhookDeliveries
{
    private const string Select = "select d.ticket_id, d.seq, d.attempts, d.due_at, d.fault from webhook_deliveries d where d.campus = @campus and d.subscription = @subscription";

    /// <inheritdoc/>
    public Task<IReadOnlyList<WebhookDelivery>> Due(string campus, string subscription, DateTimeOffset now, int limit, CancellationToken cancellation = default) =>
        database.Reads.List(
            $"""
            {Select} and d.given_up = 0 and d.due_at <= @now and not exists (
              select 1 from webhook_deliveries earlier
              where earlier.campus = d.campus and earlier.subscription = d.subscription and earlier.ticket_id = d.ticket_id and earlier.seq < d.seq and earlier.given_up = 0
            )
            order by d.due_at, d.ticket_id limit @limit
            """,
            Read, cancellation, ("campus", campus), ("subscription", subscription), ("now", Micros.From(now)), ("limit", limit));

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> NextDue(string campus, string subscription, CancellationToken cancellation = default)
    {
        var next = await database.Reads.List(
            "select min(d.due_at) from webhook_deliveries d where d.campus = @campus and d.subscription = @subscription and d.given_up = 0",
            static reader => reader.TimeOrNull(0), cancellation, ("campus", campus), ("subscription", subscription));
        return next[0];
    }

    /// <inheritdoc/>
    public Task Delivered(string campus, string subscription, string ticketId, long seq, CancellationToken cancellation = default) =>
        Change(
            "delete from webhook_deliveries where campus = @campus and subscription = @subscription and ticket_id = @ticket and seq = @seq",
            campus, subscription, cancellation, ("ticket", ticketId), ("seq", seq));

    /// <inheritdoc/>
    public Task Failed(string campus, string subscription, WebhookDelivery tried, bool givenUp, CancellationToken cancellation = default) =>
        Change(
            """
            update webhook_deliveries set attempts = @attempts, due_at = @due, fault = @fault, given_up = @given_up
            where campus = @campus and subscription = @subscription and ticket_id = @ticket and seq = @seq
            """,
            campus, subscription, cancellation,
            ("ticket", tried.TicketId), ("seq", tried.Seq), ("attempts", tried.Attempts), ("due", Micros.From(tried.DueAt)), ("fault", tried.Fault ?? ""), ("given_up", givenUp ? 1L : 0L));

    /// <inheritdoc/>
    public Task<IReadOnlyList<WebhookDelivery>> GivenUp(
        string campus, string subscription, int limit, (string TicketId, long Seq)? after = null, CancellationToken cancellation = default) =>
        database.Reads.List(
            $"{Select} and d.given_up = 1 and (d.ticket_id, d.seq) > (@ticket, @seq) order by d.ticket_id, d.seq limit @limit",
            Read, cancellation, ("campus", campus), ("subscription", subscription), ("ticket", after?.TicketId ?? ""), ("seq", after?.Seq ?? 0), ("limit", limit));

    /// <inheritdoc/>
    public Task<int> SendAgain(string campus, string subscription, (string TicketId, long Seq)? which, DateTimeOffset now, CancellationToken cancellation = default) =>
        Change(
            $"""
            update webhook_deliveries set attempts = 0, due_at = @now, given_up = 0
            where campus = @campus and subscription = @subscription and given_up = 1{(which is null ? " and @ticket = '' and @seq = 0" : " and ticket_id = @ticket and seq = @seq")}
            """,
            campus, subscription, cancellation, ("now", Micros.From(now)), ("ticket", which?.TicketId ?? ""), ("seq", which?.Seq ?? 0));

    /// <inheritdoc/>
    public Task Drop(string campus, string subscription, CancellationToken cancellation = default) =>
        Change("delete from webhook_deliveries where campus = @campus and subscription = @subscription", campus, subscription, cancellation);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(string Campus, string Subscription)>> Waiting(CancellationToken cancellation = default) =>
        database.Reads.List(
            "select distinct d.campus, d.subscription from webhook_deliveries d where d.given_up = 0",
            static reader => (reader.GetString(0), reader.GetString(1)), cancellation);

    private async Task<int> Change(string statement, string campus, string subscription, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        var changed = await database.Writes.List(
            $"{statement} returning seq", static reader => reader.GetInt64(0), cancellation, [("campus", campus), ("subscription", subscription), .. parameters]);
        return changed.Count;
    }

    private static WebhookDelivery Read(DbDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), Micros.ToTime(reader.GetInt64(3)), reader.TextOrNull(4));
}
