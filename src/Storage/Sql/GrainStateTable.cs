namespace CampusCare.Storage;

/// <summary>A grain's state as it is stored.</summary>
/// <param name="Json">Null when it was cleared.</param>
/// <param name="Version">Grows by one with each write.</param>
public sealed record StoredGrainState(string? Json, long Version);

/// <summary>The states of grains on the embedded engine, each with a version against lost updates.</summary>
public sealed class GrainStateTable(StorageDatabase database)
{
    /// <summary>The state, or null when it was never written.</summary>
    /// <exception cref="StorageUnavailableException">The database can't be read now.</exception>
    public async Task<StoredGrainState?> Read(string name, string grain, CancellationToken cancellation = default)
    {
        var rows = await database.Reads.List(
            "select state, version from grain_state where name = @name and grain = @grain",
            reader => new StoredGrainState(reader.TextOrNull(0), reader.GetInt64(1)),
            cancellation,
            ("name", name),
            ("grain", grain));
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>
    /// Writes or, with null, clears a state whose version is the one that the caller knows (0 when it knows none).
    /// </summary>
    /// <returns>The new version, or null when the stored version is another one: then nothing was written.</returns>
    /// <exception cref="StorageUnavailableException">Nothing was written, or it isn't known whether it was.</exception>
    public async Task<long?> Write(string name, string grain, string? json, long version, CancellationToken cancellation = default)
    {
        var versions = await database.Writes.List(
            """
            insert into grain_state (name, grain, version, state)
            select @name, @grain, 1, cast(@state as text)
            where @version = 0 or exists (select 1 from grain_state where name = @name and grain = @grain)
            on conflict (name, grain) do update set version = grain_state.version + 1, state = excluded.state
            where grain_state.version = @version
            returning version
            """,
            reader => reader.GetInt64(0),
            cancellation,
            ("name", name),
            ("grain", grain),
            ("state", (object?)json ?? DBNull.Value),
            ("version", version));
        return versions.Count == 0 ? null : versions[0];
    }
}
