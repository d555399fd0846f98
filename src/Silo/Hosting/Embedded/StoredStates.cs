using System.Globalization;
using System.Text.Json;
using CampusCare.Grains;
using CampusCare.Storage;
using Orleans.Storage;

namespace CampusCare.Silo.Hosting;

/// <summary>Keeps the states of grains in the journal's database, as the JSON that the Orleans engine stores too.</summary>
internal sealed class StoredStates(GrainStateTable table) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await table.Read(stateName, grainId.ToString());
        grainState.State = stored?.Json is { } json ? JsonSerializer.Deserialize<T>(json, StateJson.StoreOptions) : default;
        grainState.RecordExists = stored?.Json is not null;
        grainState.ETag = stored?.Version.ToString(CultureInfo.InvariantCulture);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Write(stateName, grainId, grainState, JsonSerializer.Serialize(grainState.State, StateJson.StoreOptions));
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // Nothing known is nothing to clear, unless there is a record all the same.
        if (grainState.ETag is null && await table.Read(stateName, grainId.ToString()) is null) return;
        await Write(stateName, grainId, grainState, null);
        grainState.State = default;
        grainState.RecordExists = false;
    }

    private async Task Write<T>(string stateName, GrainId grainId, IGrainState<T> grainState, string? json)
    {
        var known = grainState.ETag is { } tag ? long.Parse(tag, CultureInfo.InvariantCulture) : 0;
        var version = await table.Write(stateName, grainId.ToString(), json, known)
            ?? throw new InconsistentStateException($"The state '{stateName}' of {grainId} was changed by another activation since it was read.");
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
    }
}
