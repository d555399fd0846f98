namespace Orleans
{
    /// <summary>A grain that gets reminders.</summary>
    public interface IRemindable : IGrain
    {
        /// <summary>A reminder is due.</summary>
        Task ReceiveReminder(string reminderName, TickStatus status);
    }

    /// <summary>
    /// Stores reminders. The embedded engine, being one silo, owns the whole ring of hashes and reads it once, at start,
    /// with <see cref="ReadRows(uint, uint)"/> (0, 0); from then on it tells the table of every change first.
    /// </summary>
    public interface IReminderTable
    {
        /// <summary>Called once before the first use.</summary>
        Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

        /// <summary>All reminders of a grain.</summary>
        Task<ReminderTableData> ReadRows(GrainId grainId);

        /// <summary>
        /// All reminders whose grain's <see cref="GrainId.GetUniformHashCode"/> is after <paramref name="begin"/> and not
        /// after <paramref name="end"/> on a ring; equal bounds are the whole ring.
        /// </summary>
        Task<ReminderTableData> ReadRows(uint begin, uint end);

        /// <summary>One reminder, or null.</summary>
        Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName);

        /// <summary>Writes a reminder over any of the same name; its new version tag.</summary>
        Task<string?> UpsertRow(ReminderEntry entry);

        /// <summary>Removes a reminder if its version tag is still this one; whether it was.</summary>
        Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag);

        /// <summary>Removes everything.</summary>
        Task TestOnlyClearTable();

        /// <summary>Called once after the last use.</summary>
        Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    /// <summary>Rows of a reminder table.</summary>
    public sealed class ReminderTableData
    {
        /// <summary>No rows.</summary>
        public ReminderTableData() => Reminders = [];

        /// <summary>One row.</summary>
        public ReminderTableData(ReminderEntry entry) => Reminders = [entry];

        /// <summary>Several rows.</summary>
        public ReminderTableData(IEnumerable<ReminderEntry> list) => Reminders = [.. list];

        /// <summary>The rows.</summary>
        public IList<ReminderEntry> Reminders { get; }
    }

    /// <summary>A row of a reminder table.</summary>
    public sealed class ReminderEntry
    {
        /// <summary>The grain to remind.</summary>
        public GrainId GrainId { get; set; }

        /// <summary>The name, unique within the grain.</summary>
        public string ReminderName { get; set; } = null!;

        /// <summary>When it is first due, in UTC.</summary>
        public DateTime StartAt { get; set; }

        /// <summary>How often after.</summary>
        public TimeSpan Period { get; set; }

        /// <summary>The version tag, set by the table.</summary>
        public string? ETag { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A reminder that was set.</summary>
    public interface IGrainReminder
    {
        /// <summary>The name, unique within the grain.</summary>
        string ReminderName { get; }
    }

    /// <summary>Which tick of a reminder this is; times in UTC.</summary>
    [GenerateSerializer, Immutable]
    public readonly struct TickStatus(DateTime firstTickTime, TimeSpan period, DateTime timeStamp)
    {
        /// <summary>When the first tick was due.</summary>
        [Id(0)]
        public DateTime FirstTickTime { get; } = firstTickTime;

        /// <summary>The period.</summary>
        [Id(1)]
        public TimeSpan Period { get; } = period;

        /// <summary>When this tick was sent.</summary>
        [Id(2)]
        public DateTime CurrentTickTime { get; } = timeStamp;

        /// <inheritdoc/>
        public override string ToString() => $"<{FirstTickTime}, {Period}, {CurrentTickTime}>";
    }
}

namespace Orleans.Timers
{
    /// <summary>Sets and removes reminders.</summary>
    public interface IReminderRegistry
    {
        /// <summary>Sets a reminder, over any of the same name.</summary>
        Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period);

        /// <summary>Removes a reminder.</summary>
        Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder);

        /// <summary>The reminder of this name, or null.</summary>
        Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName);

        /// <summary>All reminders of the grain.</summary>
        Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId);
    }
}
