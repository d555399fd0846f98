using System.Collections.Immutable;
using CampusCare.Contracts.Regions;
using CampusCare.Domain;
using Orleans.Placement;

namespace CampusCare.Grains.Regions;

/// <summary>What a region keeps: who lends what.</summary>
[GenerateSerializer, Immutable, Alias("RegionState")]
public sealed record RegionState
{
    [Id(0)] public ImmutableArray<LenderEntry> Lenders { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>A campus and its queues that lend.</summary>
[GenerateSerializer, Immutable, Alias("LenderEntry")]
public sealed record LenderEntry([property: Id(0)] string Campus, [property: Id(1)] ImmutableArray<string> Queues);

/// <inheritdoc cref="IRegionGrain"/>
[HashBasedPlacement]
public sealed class RegionGrain([PersistentState("region", StateStores.Main)] IPersistentState<RegionState> state) : Grain, IRegionGrain
{
    public async Task Join(string campus, ImmutableArray<string> lendingQueues)
    {
        var known = state.State.Lenders.FirstOrDefault(lender => lender.Campus == campus);
        if ((known?.Queues ?? []).SequenceEqual(lendingQueues)) return;
        var others = state.State.Lenders.RemoveAll(lender => lender.Campus == campus);
        await state.Save(new RegionState { Lenders = lendingQueues.IsEmpty ? others : others.Add(new LenderEntry(campus, lendingQueues)) });
    }

    public Task<ImmutableArray<string>> LendersOf(string queue) =>
        Task.FromResult<ImmutableArray<string>>([.. state.State.Lenders.Where(lender => lender.Queues.Contains(queue)).Select(static lender => lender.Campus)]);
}
