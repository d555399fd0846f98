using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace CampusCare.Embedded;

/// <summary>Keeps states in memory, as JSON: what can't be stored for good can't be stored here either.</summary>
public sealed class MemoryGrainStorage(JsonSerializerOptions? json = null) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = new();
    private long _version;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = _records.GetValueOrDefault((stateName, grainId));
        grainState.State = record.Json is null ? default : JsonSerializer.Deserialize<T>(record.Json, json);
        grainState.ETag = record.ETag;
        grainState.RecordExists = record.Json is not null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = new Record(JsonSerializer.SerializeToUtf8Bytes(grainState.State, json), NextTag());
        Replace(stateName, grainId, grainState.ETag, record);
        grainState.ETag = record.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Replace(stateName, grainId, grainState.ETag, default);
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private string NextTag() => Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);

    private void Replace(string stateName, GrainId grainId, string? tag, Record record)
    {
        var key = (stateName, grainId);
        var stored = _records.GetValueOrDefault(key);
        var replaced = stored.ETag == tag && (stored.Json is null ? _records.TryAdd(key, record) : _records.TryUpdate(key, record, stored));
        if (!replaced)
            throw new InconsistentStateException($"{stateName} of {grainId} has changed.", stored.ETag, tag);
        if (record.Json is null)
            _records.TryRemove(new(key, record));
    }

    private readonly record struct Record(byte[]? Json, string? ETag);
}
