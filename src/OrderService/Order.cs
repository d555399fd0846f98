using System.Globalization;

namespace CampusCare.OrderService;

/// <summary>An order's whole life, decided when it is placed: what is so at a time is read from it.</summary>
internal sealed record Order(
    string Campus, string Number, string CustomerId, string MerchantId, string Merchant, string RiderId, string Rider, string[] Way, string Weather, long PaidFen,
    DateTimeOffset PlacedAt, DateTimeOffset PromisedAt)
{
    /// <summary>When the kitchen began.</summary>
    public DateTimeOffset AcceptedAt => PlacedAt.AddMinutes(1);

    public DateTimeOffset? ReadyAt { get; init; }

    public DateTimeOffset? PickedUpAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? CanceledAt { get; init; }

    public DateTimeOffset? RefundedAt { get; init; }

    /// <summary>When the rider stopped on the way; null: never.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>How it stands at a time.</summary>
    public OrderShape At(DateTimeOffset now)
    {
        var state = Past(CanceledAt, now) ? "canceled" : Past(DeliveredAt, now) ? "delivered" : Past(PickedUpAt, now) ? "onTheWay" : Past(ReadyAt, now) ? "ready" : now >= AcceptedAt ? "preparing" : "placed";
        var seen = StoppedAt is { } stop && stop < now ? stop : now;
        return new OrderShape(
            Number, CustomerId, state, PlacedAt, PromisedAt, PaidFen, Past(RefundedAt, now) ? "refunded" : "paid",
            state is "canceled" or "delivered" ? null : DeliveredAt ?? (StoppedAt is null ? PromisedAt : null),
            Told(ReadyAt, now), Told(PickedUpAt, now), Told(DeliveredAt, now), Told(CanceledAt, now),
            new PartyShape(MerchantId, Merchant),
            Past(PickedUpAt, now) ? new RiderShape(RiderId, Rider, state == "onTheWay" ? Way[Step(seen)] : null, state == "onTheWay" ? seen : null) : null,
            Way[^1], Weather);
    }

    /// <summary>Whether it came, or will come, so much later than promised, as far as can be seen at a time.</summary>
    public bool IsLate(DateTimeOffset now, TimeSpan by) => !Past(CanceledAt, now) && (Past(DeliveredAt, now) ? DeliveredAt!.Value : now) - PromisedAt >= by;

    // The rider moves from place to place, at one speed.
    private int Step(DateTimeOffset now)
    {
        var (from, to) = (PickedUpAt!.Value, DeliveredAt ?? PromisedAt);
        var part = to <= from ? 1 : (now - from) / (to - from);
        return (int)Math.Clamp(part * (Way.Length - 1), 0, Way.Length - 1);
    }

    private static bool Past(DateTimeOffset? then, DateTimeOffset now) => then <= now;

    private static DateTimeOffset? Told(DateTimeOffset? then, DateTimeOffset now) => Past(then, now) ? then : null;

    /// <summary>A number as this service gives them: the day and eight digits.</summary>
    public static string NumberOf(DateTimeOffset at, uint hash) => string.Create(CultureInfo.InvariantCulture, $"{at:yyyyMMdd}{hash % 100_000_000:00000000}");
}

/// <summary>An order in JSON.</summary>
internal sealed record OrderShape(
    string Number, string CustomerId, string State, DateTimeOffset PlacedAt, DateTimeOffset PromisedAt, long PaidFen, string Money, DateTimeOffset? ExpectedAt,
    DateTimeOffset? ReadyAt, DateTimeOffset? PickedUpAt, DateTimeOffset? DeliveredAt, DateTimeOffset? CanceledAt, PartyShape Merchant, RiderShape? Rider, string Place, string Weather);

/// <summary>A merchant in JSON.</summary>
internal sealed record PartyShape(string Id, string Name);

/// <summary>A rider in JSON.</summary>
internal sealed record RiderShape(string Id, string Name, string? At, DateTimeOffset? SeenAt);
