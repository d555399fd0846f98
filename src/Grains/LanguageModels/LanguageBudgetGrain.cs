using CampusCare.Contracts.LanguageModels;
using Orleans.Placement;

namespace CampusCare.Grains.LanguageModels;

/// <summary>What a campus asked of a model on one day.</summary>
[GenerateSerializer, Immutable, Alias("LanguageBudgetState")]
public sealed record LanguageBudgetState
{
    /// <summary>Calls that were begun.</summary>
    [Id(0)] public int Calls { get; init; }

    /// <summary>Tokens of those that were answered.</summary>
    [Id(1)] public long Tokens { get; init; }
}

/// <inheritdoc cref="ILanguageBudgetGrain"/>
/// <remarks>Calls are counted before they are made. Tokens are known afterwards: those of calls on their way may go beyond the limit.</remarks>
[HashBasedPlacement]
public sealed class LanguageBudgetGrain([PersistentState("languageBudget", StateStores.Main)] IPersistentState<LanguageBudgetState> state) : Grain, ILanguageBudgetGrain
{
    private long _untold;

    public async Task<bool> Take(int calls, long tokens)
    {
        var used = state.State.Tokens + _untold;
        if ((calls > 0 && state.State.Calls >= calls) || (tokens > 0 && used >= tokens)) return false;
        await state.Save(new LanguageBudgetState { Calls = state.State.Calls + 1, Tokens = used });
        _untold = 0;
        return true;
    }

    // Stored with the next call, or when the grain sleeps.
    public Task Used(int tokens)
    {
        _untold += Math.Max(0, tokens);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _untold == 0 ? Task.CompletedTask : state.Save(state.State with { Tokens = state.State.Tokens + _untold });
}
