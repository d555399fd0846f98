using System.Collections.Immutable;
using CampusCare.Contracts.Remedies;
using Orleans.Placement;

namespace CampusCare.Grains.Remedies;

/// <summary>What a campus gave on one day.</summary>
[GenerateSerializer, Immutable, Alias("RemedyBudgetState")]
public sealed record RemedyBudgetState
{
    /// <summary>What is spent for good, in fen.</summary>
    [Id(0)] public long SpentFen { get; init; }

    /// <summary>What counts, and may be released. What a crash left here counts for the day.</summary>
    [Id(1)] public ImmutableDictionary<string, long> Open { get; init; } = ImmutableDictionary<string, long>.Empty;
}

/// <inheritdoc cref="IRemedyBudgetGrain"/>
[HashBasedPlacement]
public sealed class RemedyBudgetGrain([PersistentState("remedyBudget", StateStores.Main)] IPersistentState<RemedyBudgetState> state) : Grain, IRemedyBudgetGrain
{
    public Task<long> Spent(string exceptKey) => Task.FromResult(SpentBut(exceptKey));

    public async Task<bool> Reserve(string key, long fen, long limitFen)
    {
        if (SpentBut(key) > limitFen - fen) return false;
        await state.Save(state.State with { Open = state.State.Open.SetItem(key, fen) });
        return true;
    }

    public async Task Confirm(string key)
    {
        if (state.State.Open.TryGetValue(key, out var fen))
            await state.Save(state.State with { Open = state.State.Open.Remove(key), SpentFen = state.State.SpentFen + fen });
    }

    public async Task Release(string key)
    {
        if (state.State.Open.ContainsKey(key)) await state.Save(state.State with { Open = state.State.Open.Remove(key) });
    }

    private long SpentBut(string key) => state.State.SpentFen + state.State.Open.Where(open => open.Key != key).Sum(static open => open.Value);
}
