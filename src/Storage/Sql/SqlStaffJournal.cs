using System.Data.Common;

namespace CampusCare.Storage;

/// <summary>The staff journal in a database.</summary>
internal sealed class SqlStaffJournal(StorageDatabase database) : IStaffJournal
{
    private const string Select = "select s.campus, s.at, s.agent_id, s.type, s.payload from staff_events s";

    /// <inheritdoc/>
    public Task Append(StaffEntry entry) => database.Writes.List(
        "insert into staff_events (campus, at, agent_id, type, payload) values (@campus, @at, @agent, @type, @payload) returning position",
        reader => reader.GetInt64(0),
        CancellationToken.None,
        ("campus", entry.Campus),
        ("at", Micros.From(entry.At)),
        ("agent", entry.AgentId ?? ""),
        ("type", entry.Type),
        ("payload", entry.Payload));

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> Campuses(CancellationToken cancellation = default) =>
        database.Reads.List("select distinct s.campus from staff_events s order by s.campus", reader => reader.GetString(0), cancellation);

    /// <inheritdoc/>
    public IAsyncEnumerable<StaffEntry> Between(string campus, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation = default) =>
        database.Reads.Stream(
            $"{Select} where s.campus = @campus and s.at >= @from and s.at < @to order by s.at, s.position",
            Read,
            cancellation,
            ("campus", campus),
            ("from", Micros.From(from)),
            ("to", Micros.From(to)));

    /// <inheritdoc/>
    public IAsyncEnumerable<StaffEntry> LastBefore(string campus, DateTimeOffset at, CancellationToken cancellation = default) =>
        database.Reads.Stream(
            $"""
            {Select} where s.campus = @campus and s.at < @at and not exists (
              select 1 from staff_events later
              where later.campus = s.campus and later.type = s.type and later.at < @at
                and later.agent_id = s.agent_id and (later.at, later.position) > (s.at, s.position)
            )
            order by s.at, s.position
            """,
            Read,
            cancellation,
            ("campus", campus),
            ("at", Micros.From(at)));

    private static StaffEntry Read(DbDataReader reader) => new(
        reader.GetString(0), Micros.ToTime(reader.GetInt64(1)), reader.GetString(2) is { Length: > 0 } agent ? agent : null, reader.GetString(3), reader.GetString(4));
}
