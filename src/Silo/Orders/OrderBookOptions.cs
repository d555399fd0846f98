namespace CampusCare.Silo.Orders;

/// <summary>The configuration section <c>Orders</c>.</summary>
public sealed class OrderBookOptions
{
    public const string Section = "Orders";

    /// <summary>Where the order system answers, see docs/remedies.md; empty: nowhere.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The bearer token that it asks for.</summary>
    public string? Key { get; set; }
}
