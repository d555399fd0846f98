using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace CampusCare.Embedded.Tests;

/// <summary>A storage that outlives the engine and that a test can write behind a grain's back.</summary>
public sealed class ShelfStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<GrainId, (string Json, int Version)> _records = new();

    public int Reads { get; private set; }

    /// <summary>Gives the record a new version, as another writer would.</summary>
    public void Touch(GrainId grain) => _records.AddOrUpdate(grain, _ => ("null", 1), (_, record) => record with { Version = record.Version + 1 });

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Reads++;
        if (_records.TryGetValue(grainId, out var record))
        {
            grainState.State = JsonSerializer.Deserialize<T>(record.Json);
            grainState.ETag = Tag(record.Version);
            grainState.RecordExists = true;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = _records.TryGetValue(grainId, out var record) ? Tag(record.Version) : null;
        if (stored != grainState.ETag)
            throw new InconsistentStateException("The record has changed.", stored, grainState.ETag);
        _records[grainId] = (JsonSerializer.Serialize(grainState.State), record.Version + 1);
        grainState.ETag = Tag(record.Version + 1);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove(grainId, out _);
        grainState.State = default;
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static string Tag(int version) => version.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A reminder table that outlives the engine.</summary>
public sealed class ShelfReminderTable : IReminderTable
{
    private readonly ConcurrentDictionary<(GrainId Grain, string Name), ReminderEntry> _rows = new();
    private int _version;

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Task.FromResult(new ReminderTableData(_rows.Values.Where(row => row.GrainId == grainId)));

    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(new ReminderTableData(_rows.Values.Where(row =>
    {
        var hash = row.GrainId.GetUniformHashCode();
        return begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    })));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult(_rows.GetValueOrDefault((grainId, reminderName)));

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        entry.ETag = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        _rows[(entry.GrainId, entry.ReminderName)] = entry;
        return Task.FromResult<string?>(entry.ETag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => Task.FromResult(
        _rows.TryGetValue((grainId, reminderName), out var row) && row.ETag == eTag && _rows.TryRemove((grainId, reminderName), out _));

    public Task TestOnlyClearTable()
    {
        _rows.Clear();
        return Task.CompletedTask;
    }
}
