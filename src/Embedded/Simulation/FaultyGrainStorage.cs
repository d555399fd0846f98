using Orleans.Storage;

namespace CampusCare.Embedded.Simulation;

/// <summary>
/// A storage that takes time and fails: before it did what it was asked for, or after, so that the writer can't know. The
/// chances are per operation, from 0 to 1.
/// </summary>
public sealed class FaultyGrainStorage(IGrainStorage inner, TimeProvider time, Random random) : IGrainStorage
{
    /// <summary>The most time that an operation takes.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The chance that an operation fails and did nothing.</summary>
    public double Failed { get; set; }

    /// <summary>The chance that an operation did what it should and fails nevertheless.</summary>
    public double AnswerLost { get; set; }

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Through(state => inner.ReadStateAsync(stateName, grainId, state), grainState);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Through(state => inner.WriteStateAsync(stateName, grainId, state), grainState);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Through(state => inner.ClearStateAsync(stateName, grainId, state), grainState);

    private async Task Through<T>(Func<IGrainState<T>, Task> operation, IGrainState<T> state)
    {
        await Task.Delay(MaxDelay * random.NextDouble(), time);
        if (random.NextDouble() < Failed)
            throw new IOException("The storage failed, and did nothing.");
        // On a copy: who gets no answer doesn't get the new version tag either.
        var copy = new GrainState<T>(state.State, state.ETag) { RecordExists = state.RecordExists };
        await operation(copy);
        await Task.Delay(MaxDelay * random.NextDouble(), time);
        if (random.NextDouble() < AnswerLost)
            throw new IOException("The storage failed, but had done it.");
        (state.State, state.ETag, state.RecordExists) = (copy.State, copy.ETag, copy.RecordExists);
    }
}
