using System.Text.Json;
using System.Text.Json.Serialization;
using CampusCare.Domain.Orders;

namespace CampusCare.Silo.Orders;

/// <summary>An order as the order system writes it; see docs/remedies.md.</summary>
internal sealed record OrderAnswer(
    string? Number, string? CustomerId, OrderState? State, DateTimeOffset? PlacedAt, DateTimeOffset? PromisedAt, long? PaidFen, OrderMoney? Money,
    DateTimeOffset? ExpectedAt = null, DateTimeOffset? ReadyAt = null, DateTimeOffset? PickedUpAt = null, DateTimeOffset? DeliveredAt = null, DateTimeOffset? CanceledAt = null,
    OrderParty? Merchant = null, OrderRider? Rider = null, string? Place = null, OrderWeather Weather = OrderWeather.Fair)
{
    /// <summary>What it says; null when it lacks what every order has.</summary>
    public OrderFacts? Facts(DateTimeOffset readAt) =>
        Number is null || CustomerId is null || State is not { } state || PlacedAt is not { } placed || PromisedAt is not { } promised || PaidFen is not { } paid || Money is not { } money
            ? null
            : new OrderFacts(Number, CustomerId, state, placed, promised, paid, money, readAt)
            {
                ExpectedAt = ExpectedAt,
                ReadyAt = ReadyAt,
                PickedUpAt = PickedUpAt,
                DeliveredAt = DeliveredAt,
                CanceledAt = CanceledAt,
                MerchantId = Merchant?.Id,
                Merchant = Merchant?.Name,
                RiderId = Rider?.Id,
                Rider = Rider?.Name,
                RiderAt = Rider?.At,
                RiderSeenAt = Rider?.SeenAt,
                Place = Place,
                Weather = Weather,
            };
}

/// <summary>Who cooks.</summary>
internal sealed record OrderParty(string? Id, string? Name);

/// <summary>Who rides, and where that is.</summary>
internal sealed record OrderRider(string? Id, string? Name, string? At, DateTimeOffset? SeenAt);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(OrderAnswer))]
internal sealed partial class OrderJson : JsonSerializerContext;
