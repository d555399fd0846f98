using System.Data.Common;

namespace CampusCare.Storage;

/// <summary>A reminder of a grain on the embedded engine.</summary>
/// <param name="Grain">The grain to remind.</param>
/// <param name="Name">Unique within the grain.</param>
/// <param name="Hash">The grain's place on the ring of hashes.</param>
/// <param name="StartAt">When it is first due, to the microsecond.</param>
/// <param name="Period">How often after, to the microsecond.</param>
/// <param name="Version">Grows by one with each write; set by the table.</param>
public sealed record ReminderRow(string Grain, string Name, uint Hash, DateTimeOffset StartAt, TimeSpan Period, long Version = 0);

/// <summary>
/// The reminders of grains on the embedded engine. Every method throws <see cref="StorageUnavailableException"/> when the
/// database can't be used now.
/// </summary>
public sealed class ReminderRows(StorageDatabase database)
{
    private const string Select = "select grain, name, hash, start_at, period, version from grain_reminders";

    public Task<IReadOnlyList<ReminderRow>> OfGrain(string grain, CancellationToken cancellation = default) =>
        database.Reads.List($"{Select} where grain = @grain", Read, cancellation, ("grain", grain));

    /// <summary>
    /// Those whose hash is after <paramref name="begin"/> and not after <paramref name="end"/> on a ring; equal bounds are
    /// the whole ring.
    /// </summary>
    public Task<IReadOnlyList<ReminderRow>> InRange(uint begin, uint end, CancellationToken cancellation = default) =>
        database.Reads.List(
            $"{Select} where hash > @begin {(begin < end ? "and" : "or")} hash <= @end",
            Read,
            cancellation,
            ("begin", (long)begin),
            ("end", (long)end));

    public async Task<ReminderRow?> Find(string grain, string name, CancellationToken cancellation = default) =>
        (await OfGrain(grain, cancellation)).FirstOrDefault(row => row.Name == name);

    /// <summary>Writes a reminder over any of the same name.</summary>
    /// <returns>Its new version.</returns>
    public async Task<long> Write(ReminderRow row, CancellationToken cancellation = default)
    {
        var versions = await database.Writes.List(
            """
            insert into grain_reminders (grain, name, hash, start_at, period, version)
            values (@grain, @name, @hash, @start, @period, 1)
            on conflict (grain, name) do update
            set hash = excluded.hash, start_at = excluded.start_at, period = excluded.period, version = grain_reminders.version + 1
            returning version
            """,
            reader => reader.GetInt64(0),
            cancellation,
            ("grain", row.Grain),
            ("name", row.Name),
            ("hash", (long)row.Hash),
            ("start", Micros.From(row.StartAt)),
            ("period", row.Period.Ticks / TimeSpan.TicksPerMicrosecond));
        return versions[0];
    }

    /// <summary>Removes a reminder of this version; tells whether there was one.</summary>
    public async Task<bool> Remove(string grain, string name, long version, CancellationToken cancellation = default)
    {
        var removed = await database.Writes.List(
            "delete from grain_reminders where grain = @grain and name = @name and version = @version returning version",
            reader => reader.GetInt64(0),
            cancellation,
            ("grain", grain),
            ("name", name),
            ("version", version));
        return removed.Count > 0;
    }

    /// <summary>Removes all reminders of all grains.</summary>
    public Task Clear(CancellationToken cancellation = default) =>
        database.Writes.List("delete from grain_reminders returning version", reader => reader.GetInt64(0), cancellation);

    private static ReminderRow Read(DbDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        (uint)reader.GetInt64(2),
        Micros.ToTime(reader.GetInt64(3)),
        TimeSpan.FromMicroseconds(reader.GetInt64(4)),
        reader.GetInt64(5));
}
