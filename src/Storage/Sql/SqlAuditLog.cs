using System.Data.Common;

namespace CampusCare.Storage;

/// <summary>The audit log in a database.</summary>
internal sealed class SqlAuditLog(StorageDatabase database) : IAuditLog
{
    /// <summary>Each attempt fails only when another one succeeded meanwhile: that is rare, as one grain writes.</summary>
    private const int Attempts = 20;

    private const string Select = "select a.campus, a.seq, a.at, a.actor, a.role, a.action, a.target, a.detail, a.outcome, a.hash from audit_events a";

    /// <inheritdoc/>
    public async Task Append(string campus, DateTimeOffset at, AuditFact fact)
    {
        for (var attempt = 1; !await TryAppend(campus, Micros.From(at), fact); attempt++)
            if (attempt == Attempts) throw new StorageUnavailableException($"The audit log of {campus} is written from too many places at once.", new TimeoutException());
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> Read(
        string campus, long before, int limit, string? actor, string? action, string? target, CancellationToken cancellation) =>
        database.Reads.List(
            $"""
            {Select} where a.campus = @campus and a.seq < @before
              and (@actor = '' or a.actor = @actor) and (@action = '' or a.action = @action) and (@target = '' or a.target = @target)
            order by a.seq desc limit @limit
            """,
            Entry,
            cancellation,
            ("campus", campus),
            ("before", before == 0 ? long.MaxValue : before),
            ("actor", actor ?? ""),
            ("action", action ?? ""),
            ("target", target ?? ""),
            ("limit", limit));

    /// <inheritdoc/>
    public async Task<AuditEntry?> FirstBroken(CancellationToken cancellation)
    {
        AuditEntry? last = null;
        await foreach (var entry in database.Reads.Stream($"{Select} order by a.campus, a.seq", Entry, cancellation))
        {
            if (last?.Campus != entry.Campus) last = null;
            var holds = entry.Seq == (last?.Seq ?? 0) + 1 && entry.Hash == HashOf(last?.Hash ?? EventHash.None, entry.Campus, entry.Seq, Micros.From(entry.At), entry.Fact);
            if (!holds) return entry;
            last = entry;
        }
        return null;
    }

    // False when somebody else took the place: then look again for the last one.
    private async Task<bool> TryAppend(string campus, long at, AuditFact fact)
    {
        var found = await database.Reads.List($"{Select} where a.campus = @campus order by a.seq desc limit 1", Entry, CancellationToken.None, ("campus", campus));
        var (seq, previous) = found is [var last] ? (last.Seq + 1, last.Hash) : (1, EventHash.None);
        var stored = await database.Writes.List(
            """
            insert into audit_events (campus, seq, at, actor, role, action, target, detail, outcome, prev_hash, hash)
            values (@campus, @seq, @at, @actor, @role, @action, @target, @detail, @outcome, @previous, @hash)
            on conflict do nothing returning seq
            """,
            reader => reader.GetInt64(0),
            CancellationToken.None,
            ("campus", campus), ("seq", seq), ("at", at), ("actor", fact.Actor), ("role", fact.Role), ("action", fact.Action), ("target", fact.Target),
            ("detail", fact.Detail), ("outcome", fact.Outcome), ("previous", previous.ToArray()), ("hash", HashOf(previous, campus, seq, at, fact).ToArray()));
        return stored.Count == 1;
    }

    // The layout of a ticket's event (docs/storage.md), with "audit" for the ticket and the fields, a line each, for the payload.
    private static EventHash HashOf(EventHash previous, string campus, long seq, long at, AuditFact fact)
    {
        string[] fields = [fact.Actor, fact.Role, fact.Target, fact.Detail, fact.Outcome];
        if (fields.Any(static field => field.Contains('\n'))) throw new ArgumentException("No field of an audit entry has a line break.", nameof(fact));
        return EventChain.Hash(previous, "audit", seq, campus, at, fact.Action, string.Join('\n', fields), null);
    }

    private static AuditEntry Entry(DbDataReader reader) => new(
        reader.GetString(0), reader.GetInt64(1), Micros.ToTime(reader.GetInt64(2)),
        new(reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7), reader.GetString(8)),
        new EventHash((byte[])reader.GetValue(9)));
}
