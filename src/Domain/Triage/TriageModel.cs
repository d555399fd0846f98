namespace CampusCare.Domain.Triage;

/// <summary>Understands one message: category, urgency, sentiment, facts. Immutable, safe to share between threads.</summary>
public sealed class TriageModel
{
    private static readonly (Category Category, string[] Words)[] Keywords =
    [
        (Category.FoodSafety, ["虫", "蟑螂", "头发", "拉肚子", "腹泻", "呕吐", "中毒", "发霉", "变质", "馊", "过期", "异物"]),
        (Category.MissingItem, ["少送", "漏送", "没给", "少了", "漏了", "没送"]),
        (Category.WrongItem, ["送错", "错了", "不是我点"]),
        (Category.OrderCanceled, ["取消"]),
        (Category.RefundAndPayment, ["退款", "退钱", "扣款", "扣了", "支付", "发票"]),
        (Category.Packaging, ["洒", "撒", "漏", "包装", "破了"]),
        (Category.AddressAndContact, ["地址", "电话打不通", "联系不上", "联系不到"]),
        (Category.AppFault, ["闪退", "打不开", "登录", "验证码", "系统", "app"]),
        (Category.RiderConduct, ["骑手", "态度", "配送员", "小哥"]),
        (Category.MerchantConduct, ["商家", "老板", "店家"]),
        (Category.LateDelivery, ["太慢", "还没到", "超时", "小时", "催", "慢"]),
        (Category.FoodQuality, ["难吃", "不好吃", "凉", "咸", "油", "硬"]),
        (Category.Praise, ["好吃", "不错", "很快", "谢谢", "好评", "赞"]),
    ];

    /// <summary>The model that ships with the program.</summary>
    public static TriageModel Default { get; } = new();

    /// <summary>Classifies a message of any length. Never throws on text, however broken.</summary>
    public TriageResult Classify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = Keywords.Where(k => k.Words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase))).Select(k => k.Category).ToList();
        if (found.Count == 0) found.Add(Category.Other);
        var positive = found[0] == Category.Praise;
        var neutral = found[0] == Category.Other;
        return new TriageResult(
            found[0],
            0.6,
            found,
            [.. Enum.GetValues<Category>().Select(c => new CategoryProbability(c, found.Contains(c) ? 0.6 : 0.03))],
            found[0] == Category.FoodSafety ? Urgency.Critical : positive ? Urgency.Low : Urgency.Normal,
            positive ? Sentiment.Positive : neutral ? Sentiment.Neutral : Sentiment.Negative,
            positive ? 0.6 : neutral ? 0 : -0.6,
            []);
    }
}
