using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Orders;

namespace CampusCare.Grains.Orders;

/// <summary>An order as Domain knows it, and as it crosses grain calls.</summary>
public static class OrderWords
{
    /// <summary>For clients and grains, with what was wrong when the order system was asked.</summary>
    public static OrderView View(this OrderFacts order) =>
        new(order.Number, order.CustomerId, order.State, order.PlacedAt, order.PromisedAt, order.PaidFen, order.Money, order.ReadAt)
        {
            ExpectedAt = order.ExpectedAt,
            ReadyAt = order.ReadyAt,
            PickedUpAt = order.PickedUpAt,
            DeliveredAt = order.DeliveredAt,
            CanceledAt = order.CanceledAt,
            MerchantId = order.MerchantId,
            Merchant = order.Merchant,
            RiderId = order.RiderId,
            Rider = order.Rider,
            RiderAt = order.RiderAt,
            RiderSeenAt = order.RiderSeenAt,
            Place = order.Place,
            Weather = order.Weather,
            Anomalies = [.. OrderAnomalies.Find(order, order.ReadAt).Select(static seen => new AnomalyView(seen.Kind, seen.Minutes))],
        };

    /// <summary>For Domain.</summary>
    public static OrderFacts Facts(this OrderView order) =>
        new(order.Number, order.CustomerId, order.State, order.PlacedAt, order.PromisedAt, order.PaidFen, order.Money, order.ReadAt)
        {
            ExpectedAt = order.ExpectedAt,
            ReadyAt = order.ReadyAt,
            PickedUpAt = order.PickedUpAt,
            DeliveredAt = order.DeliveredAt,
            CanceledAt = order.CanceledAt,
            MerchantId = order.MerchantId,
            Merchant = order.Merchant,
            RiderId = order.RiderId,
            Rider = order.Rider,
            RiderAt = order.RiderAt,
            RiderSeenAt = order.RiderSeenAt,
            Place = order.Place,
            Weather = order.Weather,
        };
}
