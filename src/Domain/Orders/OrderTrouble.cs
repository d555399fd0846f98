using System.Collections.Immutable;
using System.Globalization;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Orders;

/// <summary>What is said to a customer whose order went wrong, before the customer asks.</summary>
public static class OrderTrouble
{
    /// <summary>Stands for an article where we wrote first.</summary>
    public const string ArticleId = "proactive";

    /// <summary>What the matter would be about if the customer asked; null when nothing is wrong.</summary>
    public static Category? CategoryOf(ImmutableArray<OrderAnomalySeen> wrong) =>
        wrong.IsEmpty ? null : wrong.Any(static seen => seen.Kind == OrderAnomaly.MoneyNotBack) ? Category.OrderCanceled : Category.LateDelivery;

    /// <summary>We saw it, and are sorry. It promises nothing.</summary>
    public static string Words(OrderFacts order, DateTimeOffset now, string language)
    {
        var english = language == Language.English;
        var late = order.MinutesLate(now).ToString(CultureInfo.InvariantCulture);
        var from = order.Merchant is { } merchant ? english ? $" from {merchant}" : $"（{merchant}）" : "";
        var what = (order, english) switch
        {
            ({ State: OrderState.Canceled }, true) => "was canceled, and your money is not back yet",
            ({ State: OrderState.Canceled }, false) => "已取消，但钱还没有退回",
            ({ State: OrderState.Delivered }, true) => $"came {late} min late",
            ({ State: OrderState.Delivered }, false) => $"晚到了 {late} 分钟",
            (_, true) when order.MinutesLate(now) > 0 => $"is {late} min late",
            (_, false) when order.MinutesLate(now) > 0 => $"已经晚了 {late} 分钟",
            (_, true) => "is slower than usual",
            _ => "比平时慢",
        };
        return english
            ? $"We are sorry: your order {order.Number}{from} {what}. We saw it, you don't have to ask. If you need anything else, just write here."
            : $"非常抱歉，您的订单 {order.Number}{from}{what}。我们已经看到了，不用您来催；还有别的需要，直接在这里说。";
    }
}
