using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Channels;
using CampusCare.Domain;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Channels;

/// <summary>What a customer's address book keeps.</summary>
[GenerateSerializer, Immutable, Alias("AddressBookState")]
public sealed record AddressBookState
{
    /// <summary>Names of addresses. Some may be another customer's by now: each address itself knows whose it is.</summary>
    [Id(0)] public ImmutableArray<string> Names { get; init; } = [];
}

/// <inheritdoc cref="IAddressBookGrain"/>
/// <remarks>A name is written down before its address is linked, and crossed out after: so no link is ever forgotten here.</remarks>
[HashBasedPlacement]
public sealed class AddressBookGrain([PersistentState("addressBook", StateStores.Main)] IPersistentState<AddressBookState> state) : Grain, IAddressBookGrain
{
    /// <summary>Addresses of one customer.</summary>
    public const int Maximum = 32;

    public async Task<Outcome<LinkedAddresses>> Link(string name)
    {
        var (campus, customerId) = GrainKeys.Split(this.GetPrimaryKeyString());
        if (!state.State.Names.Contains(name))
        {
            if (state.State.Names.Length >= Maximum) return new Refusal(RefusalCode.Invalid, $"A customer has at most {Maximum} addresses. Take one back first.", "address");
            await state.Save(state.State with { Names = state.State.Names.Add(name) });
        }
        await GrainFactory.Address(campus, name).Belongs(customerId);
        return new LinkedAddresses(state.State.Names.Length);
    }

    public Task<LinkedAddresses> Get() => Task.FromResult(new LinkedAddresses(state.State.Names.Length));

    public async Task<LinkedAddresses> Forget()
    {
        var (campus, customerId) = GrainKeys.Split(this.GetPrimaryKeyString());
        var names = state.State.Names;
        foreach (var name in names) await GrainFactory.Address(campus, name).NoLongerOf(customerId);
        if (!names.IsEmpty) await state.Save(new AddressBookState());
        return new LinkedAddresses(names.Length);
    }
}
