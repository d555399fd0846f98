using System.Collections.Immutable;

namespace CampusCare.Domain.Orders;

/// <summary>What is wrong with an order, by name.</summary>
public enum OrderAnomaly
{
    /// <summary>It came later than promised, or is not there although it should be.</summary>
    Late,

    /// <summary>It was canceled, and the money is not back.</summary>
    MoneyNotBack,

    /// <summary>It waits in the kitchen, and nobody comes for it.</summary>
    NoRider,

    /// <summary>The kitchen has not finished although it should have long ago.</summary>
    SlowKitchen,

    /// <summary>The rider who has it was not seen for a while.</summary>
    RiderLost,

    /// <summary>It is late, and the weather is to blame.</summary>
    Weather,
}

/// <summary>Something that is wrong with an order.</summary>
/// <param name="Kind">What.</param>
/// <param name="Minutes">For how long, in whole minutes.</param>
public readonly record struct OrderAnomalySeen(OrderAnomaly Kind, int Minutes);

/// <summary>What is wrong with an order, from its facts alone.</summary>
public static class OrderAnomalies
{
    /// <summary>Nobody calls an order late that is a few minutes late.</summary>
    public const int LateMinutes = 5;

    /// <summary>How long an order may stand ready before it is missed by a rider.</summary>
    public const int RiderMinutes = 10;

    /// <summary>How long a kitchen may cook.</summary>
    public const int KitchenMinutes = 30;

    /// <summary>After how long a rider who is on the way is missed.</summary>
    public const int SeenMinutes = 8;

    /// <summary>How long a refund may take, until it is missed.</summary>
    public const int RefundMinutes = 5;

    /// <summary>All that is wrong at a time, in the order of the enum.</summary>
    public static ImmutableArray<OrderAnomalySeen> Find(OrderFacts order, DateTimeOffset now)
    {
        var found = ImmutableArray.CreateBuilder<OrderAnomalySeen>();
        var late = order.State == OrderState.Canceled ? 0 : order.MinutesLate(now);
        Add(OrderAnomaly.Late, late, LateMinutes);
        if (order is { State: OrderState.Canceled, PaidFen: > 0, Money: OrderMoney.Paid or OrderMoney.Refunding }) Add(OrderAnomaly.MoneyNotBack, Since(order.CanceledAt, now), RefundMinutes);
        if (order.State == OrderState.Ready) Add(OrderAnomaly.NoRider, Since(order.ReadyAt, now), RiderMinutes);
        if (order.State is OrderState.Placed or OrderState.Preparing) Add(OrderAnomaly.SlowKitchen, Since(order.PlacedAt, now), KitchenMinutes);
        if (order.State == OrderState.OnTheWay) Add(OrderAnomaly.RiderLost, Since(order.RiderSeenAt ?? order.PickedUpAt, now), SeenMinutes);
        if (order.Weather != OrderWeather.Fair) Add(OrderAnomaly.Weather, late, LateMinutes);
        return found.ToImmutable();

        void Add(OrderAnomaly kind, int minutes, int least)
        {
            if (minutes >= least) found.Add(new OrderAnomalySeen(kind, minutes));
        }
    }

    private static int Since(DateTimeOffset? then, DateTimeOffset now) => then is { } at && now > at ? (int)Math.Min((now - at).TotalMinutes, int.MaxValue) : 0;
}
