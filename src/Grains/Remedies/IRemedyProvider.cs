using CampusCare.Domain.Remedies;
using CampusCare.Domain.Tickets;

namespace CampusCare.Grains.Remedies;

/// <summary>Something that is to be paid.</summary>
/// <param name="Campus">The tenant.</param>
/// <param name="CustomerId">Who gets it.</param>
/// <param name="Order">For which order.</param>
/// <param name="Key">Under this key it is paid once.</param>
/// <param name="Kind">What.</param>
/// <param name="Fen">How much, in fen.</param>
public sealed record RemedyPayment(string Campus, string CustomerId, string Order, string Key, RemedyKind Kind, long Fen);

/// <summary>Who pays money back and hands out coupons.</summary>
public interface IRemedyProvider
{
    /// <summary>Whether there is one; without, nothing is given.</summary>
    bool IsThere { get; }

    /// <summary>Asks for a payment, any number of times under one key. Never throws, and answers in seconds.</summary>
    Task<RemedyEnd> Pay(RemedyPayment payment);
}

/// <summary>No provider is configured.</summary>
public sealed class NoRemedyProvider : IRemedyProvider
{
    public bool IsThere => false;

    public Task<RemedyEnd> Pay(RemedyPayment payment) => Task.FromResult(RemedyEnd.Later);
}
