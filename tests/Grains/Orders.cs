using System.Collections.Concurrent;
using CampusCare.Domain.Orders;
using CampusCare.Grains.Orders;

namespace CampusCare.Grains.Tests;

/// <summary>An order system whose answers a test holds in its hands.</summary>
public sealed class Orders : IOrderBook
{
    private readonly ConcurrentDictionary<string, Task<OrderFacts?>> _answers = [];

    public bool IsThere => true;

    public ConcurrentQueue<OrderQuestion> Asked { get; } = [];

    public Task<OrderFacts?> Find(OrderQuestion question)
    {
        Asked.Enqueue(question);
        return _answers.TryGetValue(question.Number ?? question.CustomerId, out var answer) ? answer : Task.FromResult<OrderFacts?>(null);
    }

    /// <summary>The order of a number or, for a customer's id, the last one.</summary>
    public void Say(string key, OrderFacts? order) => _answers[key] = Task.FromResult(order);

    /// <summary>Says nothing until the test does.</summary>
    public TaskCompletionSource<OrderFacts?> Keep(string key)
    {
        var later = new TaskCompletionSource<OrderFacts?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[key] = later.Task;
        return later;
    }

    /// <summary>Placed so many minutes ago, promised within 30, 32 yuan, on its way.</summary>
    public static OrderFacts Of(string customer, int minutesAgo, OrderState state = OrderState.OnTheWay, string number = "20260302000001")
    {
        var now = DateTimeOffset.UtcNow;
        var placed = now.AddMinutes(-minutesAgo);
        return new OrderFacts(number, customer, state, placed, placed.AddMinutes(30), 3_200, OrderMoney.Paid, now)
        {
            PickedUpAt = state is OrderState.OnTheWay or OrderState.Delivered ? now.AddMinutes(-3) : null,
            DeliveredAt = state == OrderState.Delivered ? now : null,
            CanceledAt = state == OrderState.Canceled ? now.AddMinutes(-20) : null,
            ExpectedAt = state == OrderState.OnTheWay ? now.AddMinutes(8) : null,
            RiderId = "r1",
            Rider = "骑手甲",
            RiderAt = "图书馆",
            Place = "东区3栋",
        };
    }
}
