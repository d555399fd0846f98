using Orleans.Timers;

namespace CampusCare.Embedded.Runtime;

/// <summary>Sets, keeps and sends reminders. What is in the table is in memory too, with a timer each.</summary>
internal sealed class ReminderService(GrainEngine engine, IReminderTable table) : IReminderRegistry, IDisposable
{
    private readonly GrainEngine _engine = engine;
    private readonly Strand _strand = new(engine.Turns);
    private readonly Dictionary<(GrainId, string), Reminder> _reminders = [];
    private readonly Lock _gate = new();

    public async Task StartAsync(CancellationToken token)
    {
        await table.StartAsync(token);
        foreach (var entry in (await table.ReadRows(0, 0)).Reminders.OrderBy(entry => (entry.GrainId, entry.ReminderName)))
            Keep(entry, Reminder.NextDue(entry, _engine.Time.GetUtcNow().UtcDateTime));
    }

    public async Task StopAsync(CancellationToken token)
    {
        Dispose();
        await table.StopAsync(token);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var reminder in _reminders.Values)
                reminder.Dispose();
            _reminders.Clear();
        }
    }

    public async Task<IGrainReminder> RegisterOrUpdateReminder(
        GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        if (period < _engine.Options.MinimumReminderPeriod)
            throw new ArgumentException($"The period of reminder {reminderName}, {period}, is below the minimum, {_engine.Options.MinimumReminderPeriod}.", nameof(period));
        var entry = new ReminderEntry
        {
            GrainId = callingGrainId,
            ReminderName = reminderName,
            StartAt = _engine.Time.GetUtcNow().UtcDateTime + dueTime,
            Period = period,
        };
        entry.ETag = await table.UpsertRow(entry) ?? throw new ReminderException($"Reminder {reminderName} of {callingGrainId} could not be stored.");
        Keep(entry, entry.StartAt);
        return new Handle(entry);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        if (reminder is not Handle { Entry: var entry })
            throw new ArgumentException("The reminder is not of this engine.", nameof(reminder));
        if (!await table.RemoveRow(entry.GrainId, entry.ReminderName, entry.ETag!))
            throw new ReminderException($"Reminder {entry.ReminderName} of {entry.GrainId} has changed or is gone.");
        lock (_gate)
        {
            if (_reminders.Remove((entry.GrainId, entry.ReminderName), out var kept))
                kept.Dispose();
        }
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        await table.ReadRow(callingGrainId, reminderName) is { } entry ? new Handle(entry) : null;

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. (await table.ReadRows(callingGrainId)).Reminders.Select(entry => new Handle(entry))];

    private void Keep(ReminderEntry entry, DateTime due)
    {
        lock (_gate)
        {
            if (_reminders.Remove((entry.GrainId, entry.ReminderName), out var old))
                old.Dispose();
            _reminders.Add((entry.GrainId, entry.ReminderName), new Reminder(this, entry, due));
        }
    }

    private sealed record Handle(ReminderEntry Entry) : IGrainReminder
    {
        public string ReminderName => Entry.ReminderName;
    }

    private sealed class Reminder : IDisposable
    {
        // A timer reaches 49 days: a longer wait is made in steps.
        private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

        private readonly ReminderService _service;
        private readonly ReminderEntry _entry;
        private readonly ITimer _timer;
        private DateTime _due;

        public Reminder(ReminderService service, ReminderEntry entry, DateTime due)
        {
            _service = service;
            _entry = entry;
            _due = due;
            using (ExecutionContext.SuppressFlow())
                _timer = Engine.Time.CreateTimer(static reminder => ((Reminder)reminder!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            SetTimer();
        }

        private GrainEngine Engine => _service._engine;

        private DateTime Now => Engine.Time.GetUtcNow().UtcDateTime;

        /// <summary>The first tick after <paramref name="now"/>.</summary>
        public static DateTime NextDue(ReminderEntry entry, DateTime now)
        {
            var since = now - entry.StartAt;
            return since < TimeSpan.Zero ? entry.StartAt : now + entry.Period - TimeSpan.FromTicks(since.Ticks % entry.Period.Ticks);
        }

        public void Dispose() => _timer.Dispose();

        private void SetTimer()
        {
            var wait = _due - Now;
            _timer.Change(wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < LongestWait ? wait : LongestWait, Timeout.InfiniteTimeSpan);
        }

        private void Wake() => Task.Factory.StartNew(
            static reminder => ((Reminder)reminder!).TickAsync(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _service._strand);

        private async Task TickAsync()
        {
            if (Now >= _due)
            {
                await SendAsync(new TickStatus(_entry.StartAt, _entry.Period, Now));
                _due = NextDue(_entry, Now);
            }

            SetTimer();
        }

        private async Task SendAsync(TickStatus status)
        {
            try
            {
                await Engine.Factory.GetGrain<IRemindable>(_entry.GrainId).ReceiveReminder(_entry.ReminderName, status);
            }
            catch (Exception exception)
            {
                // The next tick tries again; there is nobody to tell but the log.
                EngineLog.ReminderFailed(Engine.Log, exception, _entry.ReminderName, _entry.GrainId);
            }
        }
    }
}
