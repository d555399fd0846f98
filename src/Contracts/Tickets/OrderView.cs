using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Orders;

namespace CampusCare.Contracts.Tickets;

/// <summary>What the order system said about an order; see <see cref="OrderFacts"/>. Amounts are in fen.</summary>
[GenerateSerializer, Immutable, Alias("OrderView")]
public sealed record OrderView(
    [property: Id(0)] string Number,
    [property: Id(1)] string CustomerId,
    [property: Id(2)] OrderState State,
    [property: Id(3)] DateTimeOffset PlacedAt,
    [property: Id(4)] DateTimeOffset PromisedAt,
    [property: Id(5)] long PaidFen,
    [property: Id(6)] OrderMoney Money,
    [property: Id(7)] DateTimeOffset ReadAt)
{
    /// <summary>When it is expected now.</summary>
    [Id(8)] public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>When the kitchen had it ready.</summary>
    [Id(9)] public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>When the rider took it.</summary>
    [Id(10)] public DateTimeOffset? PickedUpAt { get; init; }

    /// <summary>When it arrived.</summary>
    [Id(11)] public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it was canceled.</summary>
    [Id(12)] public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>Who cooks.</summary>
    [Id(13)] public string? MerchantId { get; init; }

    /// <summary>The merchant's name.</summary>
    [Id(14)] public string? Merchant { get; init; }

    /// <summary>Who rides.</summary>
    [Id(15)] public string? RiderId { get; init; }

    /// <summary>The rider's name.</summary>
    [Id(16)] public string? Rider { get; init; }

    /// <summary>Where the rider was seen last.</summary>
    [Id(17)] public string? RiderAt { get; init; }

    /// <summary>When that was.</summary>
    [Id(18)] public DateTimeOffset? RiderSeenAt { get; init; }

    /// <summary>Where it goes.</summary>
    [Id(19)] public string? Place { get; init; }

    /// <summary>The weather on the way.</summary>
    [Id(20)] public OrderWeather Weather { get; init; }

    /// <summary>What was wrong with it then.</summary>
    [Id(21)] public ImmutableArray<AnomalyView> Anomalies { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>Something that is wrong with an order.</summary>
/// <param name="Kind">What.</param>
/// <param name="Minutes">For how long, in whole minutes.</param>
[GenerateSerializer, Immutable, Alias("AnomalyView")]
public sealed record AnomalyView([property: Id(0)] OrderAnomaly Kind, [property: Id(1)] int Minutes);
