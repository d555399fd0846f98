namespace CampusCare.Domain.Orders;

/// <summary>Where an order stands.</summary>
public enum OrderState { Placed, Preparing, Ready, OnTheWay, Delivered, Canceled }

/// <summary>Where an order's money is.</summary>
public enum OrderMoney { Unpaid, Paid, Refunding, Refunded }

/// <summary>The weather between kitchen and customer.</summary>
public enum OrderWeather { Fair, Rain, Storm, Snow }

/// <summary>
/// What the order system says about an order, at one time. Times are the order system's; amounts are in fen. Who may see
/// it: the three whose order it is (<see cref="IsOf"/>), and staff.
/// </summary>
/// <param name="Number">The order's number.</param>
/// <param name="CustomerId">Who ordered and paid.</param>
/// <param name="State">Where it stands.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="PromisedAt">By when it was promised.</param>
/// <param name="PaidFen">What was paid, in fen.</param>
/// <param name="Money">Where the money is.</param>
/// <param name="ReadAt">When the order system said so.</param>
public sealed record OrderFacts(
    string Number, string CustomerId, OrderState State, DateTimeOffset PlacedAt, DateTimeOffset PromisedAt, long PaidFen, OrderMoney Money, DateTimeOffset ReadAt)
{
    /// <summary>The longest text that is taken from an order system: a name or a place.</summary>
    public const int MaximumText = 100;

    /// <summary>The most that one order can cost, in fen: ten thousand yuan. What costs more isn't believed.</summary>
    public const long MaximumFen = 1_000_000;

    /// <summary>When it is expected now; null when nobody knows, or when it arrived.</summary>
    public DateTimeOffset? ExpectedAt { get; init; }

    /// <summary>When the kitchen had it ready; null before that.</summary>
    public DateTimeOffset? ReadyAt { get; init; }

    /// <summary>When the rider took it; null before that.</summary>
    public DateTimeOffset? PickedUpAt { get; init; }

    /// <summary>When it arrived; null before that.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it was canceled; null when it wasn't.</summary>
    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>Who cooks.</summary>
    public string? MerchantId { get; init; }

    /// <summary>The merchant's name.</summary>
    public string? Merchant { get; init; }

    /// <summary>Who rides; null before somebody does.</summary>
    public string? RiderId { get; init; }

    /// <summary>The rider's name: personal.</summary>
    public string? Rider { get; init; }

    /// <summary>Where the rider was seen last.</summary>
    public string? RiderAt { get; init; }

    /// <summary>When the rider was seen there.</summary>
    public DateTimeOffset? RiderSeenAt { get; init; }

    /// <summary>Where it goes: personal.</summary>
    public string? Place { get; init; }

    /// <summary>The weather on the way.</summary>
    public OrderWeather Weather { get; init; }

    /// <summary>Whether it is on nobody's way any more.</summary>
    public bool IsOver => State is OrderState.Delivered or OrderState.Canceled;

    /// <summary>Whether it is the order of somebody in a role: who ordered, rides or cooks.</summary>
    public bool IsOf(CustomerRole role, string customerId) => role switch
    {
        CustomerRole.Student => CustomerId == customerId,
        CustomerRole.Rider => RiderId == customerId,
        CustomerRole.Merchant => MerchantId == customerId,
        _ => false,
    };

    /// <summary>How late it is or came, in whole minutes; 0: it isn't. A canceled order is as late as it was when it was canceled.</summary>
    public int MinutesLate(DateTimeOffset now)
    {
        var late = (DeliveredAt ?? CanceledAt ?? now) - PromisedAt;
        return late <= TimeSpan.Zero ? 0 : (int)Math.Min(late.TotalMinutes, int.MaxValue);
    }

    /// <summary>Why it can't be believed; null when it can.</summary>
    public string? Fault() =>
        string.IsNullOrEmpty(Number) || string.IsNullOrEmpty(CustomerId) ? "It has no number, or no customer."
        : PaidFen is < 0 or > MaximumFen ? "It costs less than nothing, or more than an order can."
        : State == OrderState.Delivered && DeliveredAt is null ? "It arrived, but never."
        : State == OrderState.Canceled && CanceledAt is null ? "It was canceled, but never."
        : new[] { Number, CustomerId, MerchantId, Merchant, RiderId, Rider, RiderAt, Place }.Any(static text => text?.Length > MaximumText) ? "It has a text that is too long."
        : null;
}
