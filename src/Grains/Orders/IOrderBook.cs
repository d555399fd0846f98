using CampusCare.Domain;
using CampusCare.Domain.Orders;

namespace CampusCare.Grains.Orders;

/// <summary>Which order is asked for.</summary>
/// <param name="Campus">The tenant.</param>
/// <param name="CustomerId">Who asks.</param>
/// <param name="Role">In which role.</param>
/// <param name="Number">The order; null: the last one of who asks.</param>
public sealed record OrderQuestion(string Campus, string CustomerId, CustomerRole Role, string? Number);

/// <summary>The order system.</summary>
public interface IOrderBook
{
    /// <summary>Whether there is one.</summary>
    bool IsThere { get; }

    /// <summary>Asks for an order. Never throws, and answers in seconds; null: there is none, or it can't be known now.</summary>
    Task<OrderFacts?> Find(OrderQuestion question);
}

/// <summary>No order system is configured: a ticket knows of its order what the customer says.</summary>
public sealed class NoOrderBook : IOrderBook
{
    public bool IsThere => false;

    public Task<OrderFacts?> Find(OrderQuestion question) => Task.FromResult<OrderFacts?>(null);
}
