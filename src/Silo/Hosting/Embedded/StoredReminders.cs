using System.Globalization;
using CampusCare.Storage;

namespace CampusCare.Silo.Hosting;

/// <summary>Keeps reminders in the journal's database; the version of a row is its tag.</summary>
internal sealed class StoredReminders(ReminderRows rows) : IReminderTable
{
    public async Task<ReminderTableData> ReadRows(GrainId grainId) => Table(await rows.OfGrain(grainId.ToString()));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end) => Table(await rows.InRange(begin, end));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        await rows.Find(grainId.ToString(), reminderName) is { } row ? Entry(row) : null;

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        // An unspecified kind means UTC, as it does to Orleans' own tables.
        var start = entry.StartAt.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc) : entry.StartAt;
        var row = new ReminderRow(entry.GrainId.ToString(), entry.ReminderName, entry.GrainId.GetUniformHashCode(), start, entry.Period);
        return Tag(await rows.Write(row));
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        rows.Remove(grainId.ToString(), reminderName, long.Parse(eTag, CultureInfo.InvariantCulture));

    public Task TestOnlyClearTable() => rows.Clear();

    private static ReminderTableData Table(IEnumerable<ReminderRow> rows) => new(rows.Select(Entry));

    private static ReminderEntry Entry(ReminderRow row) => new()
    {
        GrainId = GrainId.Parse(row.Grain),
        ReminderName = row.Name,
        StartAt = row.StartAt.UtcDateTime,
        Period = row.Period,
        ETag = Tag(row.Version),
    };

    private static string Tag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
