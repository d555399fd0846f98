using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Orders;

/// <summary>What a customer's words say about an order.</summary>
public static class OrderQuestions
{
    private static readonly string[] Where =
    [
        "到哪", "在哪", "哪里了", "还没到", "没到", "还没送", "多久到", "多久能到", "什么时候到", "什么时候送", "几点到", "进度", "配送状态", "还要多久", "催一下", "催单", "怎么还不到", "怎么还没",
        "where is my", "where's my", "wheres my", "how long", "when will", "not arrived", "hasn't arrived", "status of", "still waiting", "eta",
    ];

    // Money arrives, too: who waits for that does not ask where a meal is.
    private static readonly string[] Money = ["退款", "退钱", "退我", "到账", "钱", "红包", "优惠券", "发票", "refund", "money", "paid back", "coupon", "invoice"];

    /// <summary>The order number that stands in a text; null when none does.</summary>
    public static string? NumberIn(string text) =>
        text.AsSpan().ContainsAnyInRange('0', '9') || text.AsSpan().ContainsAnyInRange('０', '９')
            ? EntityExtractor.Extract(text).FirstOrDefault(static entity => entity.Kind == EntityKind.OrderNumber)?.Value
            : null;

    /// <summary>Whether a text asks where an order is.</summary>
    public static bool AsksWhere(string text)
    {
        var folded = FoldedText.Fold(text);
        return Says(Where) && !Says(Money);

        bool Says(string[] any) => any.Any(words => folded.Contains(words, StringComparison.Ordinal));
    }

    /// <summary>Whether matters of a category are about an order, so that one that names none is about the last one.</summary>
    public static bool IsAboutOrder(Category category) => category is not (Category.AppFault or Category.Praise or Category.Other);
}
