using System.Globalization;
using CampusCare.Domain.Routing;

namespace CampusCare.Domain.Orders;

/// <summary>What the bot says about an order, in both languages, from its facts alone.</summary>
public static class OrderTexts
{
    /// <summary>Stands for an article where the bot answers with an order's facts.</summary>
    public const string ArticleId = "order-status";

    /// <summary>Where the order is, and when it comes.</summary>
    public static string Status(OrderFacts order, DateTimeOffset now, string language)
    {
        var english = language == Language.English;
        var head = english ? $"Your order {order.Number}" : $"您的订单 {order.Number} ";
        return order.State switch
        {
            OrderState.Delivered => english ? $"{head} was delivered {Ago(order.DeliveredAt, now, english)}{To(order, english)}." : $"{head}{Ago(order.DeliveredAt, now, english)}已送达{To(order, english)}。",
            OrderState.Canceled => english ? $"{head} was canceled {Ago(order.CanceledAt, now, english)}; {Money(order, english)}." : $"{head}{Ago(order.CanceledAt, now, english)}已取消，{Money(order, english)}。",
            _ => $"{head}{Where(order, english)}{Because(order, now, english)}{(english ? ". " : "。")}{When(order, now, english)}",
        };
    }

    private static string Where(OrderFacts order, bool english) => (order.State, english) switch
    {
        (OrderState.OnTheWay, true) => " is on its way" + (order.RiderAt is { } at ? $", last seen at {at}" : ""),
        (OrderState.OnTheWay, false) => "骑手正在配送" + (order.RiderAt is { } at ? $"，刚经过{at}" : ""),
        (OrderState.Ready, true) => " is ready and waits for its rider",
        (OrderState.Ready, false) => "已出餐，正在等骑手取餐",
        (_, true) => $" is being prepared{(order.Merchant is { } merchant ? $" by {merchant}" : "")}",
        (_, false) => $"{order.Merchant ?? "商家"}正在备餐",
    };

    private static string Because(OrderFacts order, DateTimeOffset now, bool english) => order.Weather == OrderWeather.Fair || order.MinutesLate(now) == 0 ? ""
        : english ? "; the weather slows riders down" : "，受天气影响比平时慢";

    private static string When(OrderFacts order, DateTimeOffset now, bool english)
    {
        if (order.ExpectedAt is not { } expected) return english ? "We don't know yet when it arrives; write here and a person looks into it." : "暂时还没有预计时间，回复“转人工”会有同事跟进。";
        var minutes = Math.Max(1, (int)Math.Ceiling((expected - now).TotalMinutes));
        return english ? $"It should be with you in about {Minutes(minutes)} min." : $"预计还有约 {Minutes(minutes)} 分钟送达。";
    }

    private static string Money(OrderFacts order, bool english) => (order.Money, english) switch
    {
        (OrderMoney.Refunded, true) => $"¥{Yuan(order.PaidFen)} went back the way it was paid",
        (OrderMoney.Refunded, false) => $"¥{Yuan(order.PaidFen)} 已原路退回",
        (OrderMoney.Unpaid, true) => "nothing was paid",
        (OrderMoney.Unpaid, false) => "没有扣款",
        (_, true) => $"¥{Yuan(order.PaidFen)} is not back yet",
        (_, false) => $"¥{Yuan(order.PaidFen)} 还没有退回",
    };

    private static string To(OrderFacts order, bool english) => order.Place is { } place ? english ? $" to {place}" : $"至{place}" : "";

    private static string Ago(DateTimeOffset? then, DateTimeOffset now, bool english)
    {
        var minutes = then is { } at ? Math.Max(0, (int)(now - at).TotalMinutes) : 0;
        return minutes == 0 ? english ? "just now" : "刚刚" : english ? $"{Minutes(minutes)} min ago" : $"{Minutes(minutes)} 分钟前";
    }

    /// <summary>An amount in yuan, with two decimals.</summary>
    public static string Yuan(long fen) => string.Create(CultureInfo.InvariantCulture, $"{fen / 100}.{fen % 100:00}");

    private static string Minutes(int minutes) => minutes.ToString(CultureInfo.InvariantCulture);
}
