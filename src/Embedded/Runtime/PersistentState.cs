using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CampusCare.Embedded.Runtime;

/// <summary>A state of an activation, read before it activates.</summary>
internal abstract class PersistentState
{
    public abstract Task ReadStateAsync(CancellationToken token);
}

/// <summary>A state of an activation and the storage that it lives in. Operations run in the order that they were asked for.</summary>
internal sealed class PersistentState<T> : PersistentState, IPersistentState<T>
{
    private readonly string _name;
    private readonly GrainId _grain;
    private readonly IGrainStorage _storage;
    private readonly GrainState<T> _state = new(Blank());
    private Task _last = Task.CompletedTask;

    public PersistentState(ActivationObjects owner, PersistentStateAttribute asked)
    {
        _name = asked.StateName;
        _grain = owner.Activation.GrainId;
        _storage = (asked.StorageName is { } storage
            ? owner.Services.GetKeyedService<IGrainStorage>(storage)
            : owner.Services.GetService<IGrainStorage>())
            ?? throw new InvalidOperationException(
                $"{owner.Activation.Class.Type} asks for storage \"{asked.StorageName ?? "(default)"}\", which is not registered.");
        owner.Add(this);
    }

    public T State
    {
        get => _state.State!;
        set => _state.State = value;
    }

    public string? Etag => _state.ETag;

    public bool RecordExists => _state.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public override Task ReadStateAsync(CancellationToken token) => InOrder(async () =>
    {
        await _storage.ReadStateAsync(_name, _grain, _state, token);
        _state.State ??= Blank();
    });

    public Task WriteStateAsync(CancellationToken token) => InOrder(() => _storage.WriteStateAsync(_name, _grain, _state, token));

    public Task ClearStateAsync(CancellationToken token) => InOrder(async () =>
    {
        await _storage.ClearStateAsync(_name, _grain, _state, token);
        _state.State = Blank();
    });

    private static T Blank() => typeof(T).GetConstructor(Type.EmptyTypes) is not null || typeof(T).IsValueType
        ? Activator.CreateInstance<T>()
        : (T)RuntimeHelpers.GetUninitializedObject(typeof(T));

    private Task InOrder(Func<Task> operation)
    {
        return _last = _last.IsCompleted ? operation() : After(_last, operation);

        static async Task After(Task last, Func<Task> operation)
        {
            await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await operation();
        }
    }
}
