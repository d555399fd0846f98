using Orleans.Core;

namespace Orleans
{
    /// <summary>A state with what its store knows of it.</summary>
    public interface IGrainState<T>
    {
        /// <summary>The state.</summary>
        T? State { get; set; }

        /// <summary>The version tag of the state in the store.</summary>
        string? ETag { get; set; }

        /// <summary>Whether the store has a record.</summary>
        bool RecordExists { get; set; }
    }

    /// <summary>A state with what its store knows of it.</summary>
    [GenerateSerializer]
    public sealed class GrainState<T> : IGrainState<T>
    {
        /// <summary>No state yet.</summary>
        public GrainState()
        {
        }

        /// <summary>A state that was never stored.</summary>
        public GrainState(T? state)
            : this(state, null)
        {
        }

        /// <summary>A state with its version tag.</summary>
        public GrainState(T? state, string? eTag)
        {
            State = state;
            ETag = eTag;
        }

        /// <inheritdoc/>
        [Id(0)]
        public T? State { get; set; }

        /// <inheritdoc/>
        [Id(1)]
        public string? ETag { get; set; }

        /// <inheritdoc/>
        [Id(2)]
        public bool RecordExists { get; set; }
    }
}

namespace Orleans.Core
{
    /// <summary>A state that can be read, written and cleared.</summary>
    public interface IStorage
    {
        /// <summary>The version tag of the state in the store.</summary>
        string? Etag { get; }

        /// <summary>Whether the store has a record.</summary>
        bool RecordExists { get; }

        /// <summary>Clears the record. Fails with InconsistentStateException when it changed meanwhile.</summary>
        Task ClearStateAsync();

        /// <summary>Writes the state. Fails with InconsistentStateException when the record changed meanwhile.</summary>
        Task WriteStateAsync();

        /// <summary>Reads the state, forgetting what is in memory.</summary>
        Task ReadStateAsync();

        /// <inheritdoc cref="ClearStateAsync()"/>
        Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        /// <inheritdoc cref="WriteStateAsync()"/>
        Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        /// <inheritdoc cref="ReadStateAsync()"/>
        Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
    }

    /// <summary>A typed state that can be read, written and cleared.</summary>
    public interface IStorage<TState> : IStorage
    {
        /// <summary>The state in memory.</summary>
        TState State { get; set; }
    }
}

namespace Orleans.Runtime
{
    /// <summary>A named state of a grain, read before activation. Injected where <see cref="PersistentStateAttribute"/> asks.</summary>
    public interface IPersistentState<TState> : IStorage<TState>;

    /// <summary>Asks for a <see cref="IPersistentState{TState}"/> in a grain's constructor.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class PersistentStateAttribute : Attribute
    {
        /// <summary>Names the state, and the storage if it isn't the default one.</summary>
        public PersistentStateAttribute(string stateName, string? storageName = null)
        {
            ArgumentNullException.ThrowIfNull(stateName);
            StateName = stateName;
            StorageName = storageName;
        }

        /// <summary>The name of the state within the grain.</summary>
        public string StateName { get; }

        /// <summary>The name of the storage; null for the default one.</summary>
        public string? StorageName { get; }
    }
}

namespace Orleans.Storage
{
    /// <summary>
    /// Stores states of grains. The embedded engine takes it from the services: keyed by the storage's name, or "Default".
    /// </summary>
    public interface IGrainStorage
    {
        /// <summary>Reads into <paramref name="grainState"/>: state, version tag, whether there is a record.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Writes and sets the new version tag; fails with InconsistentStateException when the given tag is stale.</summary>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Clears the record; fails with InconsistentStateException when the given tag is stale.</summary>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <inheritdoc cref="ReadStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ReadStateAsync(stateName, grainId, grainState);

        /// <inheritdoc cref="WriteStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            WriteStateAsync(stateName, grainId, grainState);

        /// <inheritdoc cref="ClearStateAsync{T}(string, GrainId, IGrainState{T})"/>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
            ClearStateAsync(stateName, grainId, grainState);
    }
}

namespace Orleans.Providers
{
    /// <summary>Names that providers go by.</summary>
    public static class ProviderConstants
    {
        /// <summary>The storage that is used when none is named.</summary>
        public const string DEFAULT_STORAGE_PROVIDER_NAME = "Default";
    }
}
