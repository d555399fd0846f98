using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Embedded.Runtime;

/// <summary>What an activation owns: the grain, its services and its persistent states.</summary>
internal sealed class ActivationObjects : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;
    private readonly List<PersistentState> _states = [];

    public ActivationObjects(Activation activation)
    {
        _scope = activation.Silo.Services.CreateAsyncScope();
        Activation = activation;
    }

    public Activation Activation { get; }

    public IServiceProvider Services => _scope.ServiceProvider;

    public object? Grain { get; private set; }

    public void Add(PersistentState state) => _states.Add(state);

    public async Task ActivateAsync(CancellationToken token)
    {
        Grain = Activation.Class.Construct(this);
        if (_states.Count > 0)
            await Task.WhenAll(_states.Select(state => state.ReadStateAsync(token))).WaitAsync(token);
        if (Grain is IGrainBase grain)
            await grain.OnActivateAsync(token).WaitAsync(token);
    }

    public Task DeactivateAsync(DeactivationReason reason, CancellationToken token) =>
        Grain is IGrainBase grain ? grain.OnDeactivateAsync(reason, token).WaitAsync(token) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Grain is IAsyncDisposable asyncDisposable)
            await asyncDisposable.DisposeAsync();
        else if (Grain is IDisposable disposable)
            disposable.Dispose();
        await _scope.DisposeAsync();
    }
}
