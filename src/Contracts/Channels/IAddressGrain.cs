namespace CampusCare.Contracts.Channels;

/// <summary>Whose an address on a channel is: what makes one customer of several channels one customer.</summary>
[Alias("Address")]
public interface IAddressGrain : IGrainWithStringKey
{
    /// <summary>The customer's id; null for an address that nobody vouched for.</summary>
    Task<string?> Owner();

    /// <summary>The campus vouches that this address is this customer's; null takes that back.</summary>
    Task Belongs(string? customerId);

    /// <summary>It isn't this customer's any more; somebody else's it stays.</summary>
    Task NoLongerOf(string customerId);
}
