using CampusCare.Contracts.Channels;
using Orleans.Placement;

namespace CampusCare.Grains.Channels;

/// <summary>What an address keeps.</summary>
[GenerateSerializer, Immutable, Alias("AddressState")]
public sealed record AddressState
{
    /// <summary>The customer whose it is; null for nobody.</summary>
    [Id(0)] public string? CustomerId { get; init; }
}

/// <inheritdoc cref="IAddressGrain"/>
[HashBasedPlacement]
public sealed class AddressGrain([PersistentState("address", StateStores.Main)] IPersistentState<AddressState> state) : Grain, IAddressGrain
{
    public Task<string?> Owner() => Task.FromResult(state.State.CustomerId);

    public async Task Belongs(string? customerId)
    {
        if (state.State.CustomerId != customerId) await state.Save(state.State with { CustomerId = customerId });
    }

    public Task NoLongerOf(string customerId) => state.State.CustomerId == customerId ? Belongs(null) : Task.CompletedTask;
}
