using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Triage;

public sealed class TriageModelTests
{
    private static readonly TriageModel Model = TriageModel.Default;

    [Theory]
    [InlineData("我的外卖怎么还没到都一个小时了", Category.LateDelivery)]
    [InlineData("wm一個半小時都沒到，餓死了", Category.LateDelivery)]
    [InlineData("少送了一份米饭", Category.MissingItem)]
    [InlineData("点的牛肉面送来的是鸡蛋面", Category.WrongItem)]
    [InlineData("太咸了，肉还柴，不好吃", Category.FoodQuality)]
    [InlineData("汤里有只蟑螂🤮", Category.FoodSafety)]
    [InlineData("送得挺快，味道也行，就是吃完一直拉肚子", Category.FoodSafety)]
    [InlineData("汤全洒在袋子里了", Category.Packaging)]
    [InlineData("退款三天了还没到账", Category.RefundAndPayment)]
    [InlineData("商家接单以后又给我取消了", Category.OrderCanceled)]
    [InlineData("骑手骂人，态度恶劣", Category.RiderConduct)]
    [InlineData("老板在电话里骂我，什么态度", Category.MerchantConduct)]
    [InlineData("地址填错了，能改成6栋302吗", Category.AddressAndContact)]
    [InlineData("app一打开就闪退，登录不上", Category.AppFault)]
    [InlineData("yyds太好吃了，小哥也很有礼貌", Category.Praise)]
    [InlineData("在吗，请问几点下班", Category.Other)]
    public void What_people_write_is_understood(string text, Category category) => Model.Classify(text).Category.ShouldBe(category);

    [Fact]
    public void Without_the_facts_in_it_a_message_means_the_same()
    {
        const string text = "订单88120437少了一份米饭，退我15块钱，还迟到一个小时";

        var (whole, without) = (Model.Classify(text), Model.Classify(text, withEntities: false));

        whole.Entities.ShouldNotBeEmpty();
        without.Entities.ShouldBeEmpty();
        without.Probabilities.ShouldBe(whole.Probabilities);
        (without.Category, without.Confidence, without.Urgency, without.Sentiment).ShouldBe((whole.Category, whole.Confidence, whole.Urgency, whole.Sentiment));
    }

    [Fact]
    public void A_message_about_several_things_names_them_all()
    {
        var result = Model.Classify("送餐晚了一个小时，汤洒了一袋子，还少送一份米饭");
        result.Categories.ShouldContain(Category.LateDelivery);
        result.Categories.ShouldContain(Category.Packaging);
        result.Categories.ShouldContain(Category.MissingItem);
    }

    [Fact]
    public void Probabilities_are_one_for_each_category_and_the_lead_is_first()
    {
        foreach (var text in CorpusFiles.HeldOut)
        {
            var result = Model.Classify(text.Text);
            result.Probabilities.Select(p => p.Category).ShouldBe(Enum.GetValues<Category>());
            result.Probabilities.ShouldAllBe(p => p.Probability >= 0 && p.Probability <= 1);
            result.Confidence.ShouldBeInRange(0, 1);
            result.SentimentScore.ShouldBeInRange(-1, 1);
            result.Categories[0].ShouldBe(result.Category);
            result.Categories.ShouldBeUnique();
            foreach (var sure in result.Probabilities.Where(p => p.Probability >= TriageModel.Threshold && p.Category != Category.Other))
                result.Categories.ShouldContain(sure.Category);
        }
    }

    [Fact]
    public void Half_and_full_width_are_the_same() => Same(t => new string([.. t.Select(c => c is > ' ' and <= '~' ? (char)(c + 0xFEE0) : c)]));

    [Fact]
    public void Upper_and_lower_case_are_the_same() => Same(t => t.ToUpperInvariant());

    [Theory]
    [InlineData("！！！")]
    [InlineData("。。。")]
    [InlineData("~")]
    [InlineData(" \r\n")]
    [InlineData("？？")]
    public void What_stands_behind_the_last_word_is_nothing(string tail) => Same(t => t + tail);

    [Theory]
    [InlineData("外賣怎麼還沒到，餓死了", "外卖怎么还没到，饿死了")]
    [InlineData("湯灑了一袋，餐點都涼了", "汤洒了一袋，餐点都凉了")]
    [InlineData("騎手態度惡劣，電話打不通", "骑手态度恶劣，电话打不通")]
    [InlineData("雞肉變質發臭，還有蟲子", "鸡肉变质发臭，还有虫子")]
    [InlineData("訂單被取消，錢還沒退", "订单被取消，钱还没退")]
    public void Traditional_and_simplified_are_the_same(string traditional, string simplified) =>
        Model.Classify(traditional).Probabilities.ShouldBe(Model.Classify(simplified).Probabilities);

    [Theory]
    [InlineData("吃完上吐下泻，现在在医院挂水", Urgency.Critical)]
    [InlineData("骑手一直发短信骚扰我", Urgency.Critical)]
    [InlineData("菜里有虫子", Urgency.High)]
    [InlineData("太好吃了，五星好评", Urgency.Low)]
    public void Urgency_follows_what_is_at_stake(string text, Urgency urgency) => Model.Classify(text).Urgency.ShouldBe(urgency);

    [Theory]
    [InlineData("吃过好多次，从来没拉肚子，放心")]
    [InlineData("这次没有虫子了，改进很大，点赞")]
    public void An_illness_that_did_not_happen_is_not_critical(string text) => Model.Classify(text).Urgency.ShouldNotBe(Urgency.Critical);

    [Theory]
    [InlineData("味道不错，送得也快", Sentiment.Positive)]
    [InlineData("难吃死了，再也不点", Sentiment.Negative)]
    [InlineData("不好吃", Sentiment.Negative)]
    [InlineData("真是服了，一份炒饭送了俩小时", Sentiment.Negative)]
    [InlineData("请问发票怎么开", Sentiment.Neutral)]
    public void The_mood_is_understood(string text, Sentiment mood) => Model.Classify(text).Sentiment.ShouldBe(mood);

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_text_is_classified_too(string text)
    {
        var result = Model.Classify(text);
        result.Confidence.ShouldBeInRange(0, 1);
        result.Entities.ShouldAllBe(e => e.Start >= 0 && e.Start + e.Text.Length <= text.Length);
    }

    public static TheoryData<string> Broken() =>
    [
        "",
        " ",
        "。",
        "\0\u0001\u0002\u001B[0m",
        "\uD83D",
        "\uDE0B很好\uD83D",
        new string('慢', 10_000),
        new string('1', 10_000),
        string.Concat(Enumerable.Repeat("订单号", 4_000)),
        string.Concat(Enumerable.Repeat("1,", 5_000)),
        string.Concat(Enumerable.Repeat("三百六十五点半", 1_500)),
        "\u202E反着写\u202C\uFEFF\u200B",
        "é́́́́ ١٢٣ ๓ ⅷ ㊗ ½",
    ];

    [Fact]
    public void Random_characters_are_classified_too()
    {
        var random = new Random(42);
        for (var i = 0; i < 2_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(char.MaxValue + 1))]);
            Model.Classify(text).Probabilities.ShouldAllBe(p => !double.IsNaN(p.Probability));
        }
    }

    private static void Same(Func<string, string> retype)
    {
        foreach (var text in CorpusFiles.HeldOut)
            Model.Classify(retype(text.Text)).Probabilities.ShouldBe(Model.Classify(text.Text).Probabilities, text.Text);
    }
}
