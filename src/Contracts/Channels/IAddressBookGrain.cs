namespace CampusCare.Contracts.Channels;

/// <summary>The addresses that the campus linked to one customer: known so that they can be forgotten with the customer.</summary>
[Alias("AddressBook")]
public interface IAddressBookGrain : IGrainWithStringKey
{
    /// <summary>The address with this name is the customer's from now on. Repeating it is harmless.</summary>
    /// <param name="name">What stands for the address, and doesn't tell it (<see cref="GrainKeys.Address"/>).</param>
    Task<Outcome<LinkedAddresses>> Link(string name);

    /// <summary>The addresses that are linked.</summary>
    Task<LinkedAddresses> Get();

    /// <summary>Takes all links back. Repeating it is harmless, and finishes what was interrupted.</summary>
    /// <returns>Those that were taken back just now.</returns>
    Task<LinkedAddresses> Forget();
}

/// <summary>How many addresses are linked to a customer.</summary>
[GenerateSerializer, Immutable, Alias("LinkedAddresses")]
public sealed record LinkedAddresses([property: Id(0)] int Count);
