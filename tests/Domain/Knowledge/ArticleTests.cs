using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Knowledge.Search;

namespace CampusCare.Domain.Tests.Knowledge;

/// <summary>Articles, their life, their trees, and what a campus makes of shared ones.</summary>
public sealed class ArticleTests
{
    private static readonly ArticleText Text = new("配送费", "配送费 {fee}。") { Asks = ["配送费多少"] };

    private static Article Fees(string value) => new("fees", ArticleLevel.Fact, []) { Zh = Text, Facts = [new ArticleFact("fee", value)] };

    private static List<string> Find(Shelf shelf, string text) =>
        [.. shelf.Find(new ShelfQuestion(text, KnowledgeFiles.Now), 5).Select(static match => match.Entry.Article.Id)];

    [Fact]
    public void All_that_ships_is_complete_in_both_languages_and_every_value_is_defined()
    {
        Assert.True(KnowledgeFiles.Articles.Length >= 60);
        foreach (var article in KnowledgeFiles.Articles)
        {
            Assert.NotNull(article.Zh);
            Assert.NotNull(article.En);
            foreach (var language in new[] { "zh", "en" })
            {
                Assert.NotNull(KnowledgeFiles.Shelf.Fill(article.In(language).Body, language));
                foreach (var step in article.Steps) Assert.NotNull(KnowledgeFiles.Shelf.Fill(step.In(language), language));
            }
        }
    }

    [Fact]
    public void A_campus_replaces_a_shared_article_and_its_values()
    {
        var shelf = new Shelf([new(Fees("3 元"), 1)], [new(Fees("1 元"), 4)], []);

        Assert.Equal((1, 4), (shelf.Count, shelf.Get("fees")!.Version));
        Assert.Equal("配送费 1 元。", shelf.Fill(Text.Body, "zh"));
    }

    [Theory]
    [InlineData("超过 {fee} 还没到", "1–3 个工作日", "超过 1–3 个工作日还没到")]
    [InlineData("超过 {fee} 还没到，{fee} 内", "三个工作日", "超过三个工作日还没到，三个工作日内")]
    [InlineData("{fee} 以上免配送费", "20", "20 以上免配送费")]
    [InlineData("{fee} 内", "一天", "一天内")]
    [InlineData("after {fee} or so", "三天", "after 三天 or so")]
    public void Characters_stand_without_a_gap_where_a_value_is_put_between_them(string body, string value, string said) =>
        Assert.Equal(said, new Shelf([new(Fees(value), 1)], [], []).Fill(body, "zh"));

    [Fact]
    public void An_article_is_found_only_while_it_holds()
    {
        var article = Fees("3 元") with { ValidFrom = KnowledgeFiles.Now, ValidUntil = KnowledgeFiles.Now.AddDays(1) };
        var shelf = new Shelf([new(article, 1)], [], []);

        Assert.Single(shelf.Find(new ShelfQuestion("配送费", KnowledgeFiles.Now), 1));
        Assert.Empty(shelf.Find(new ShelfQuestion("配送费", KnowledgeFiles.Now.AddSeconds(-1)), 1));
        Assert.Empty(shelf.Find(new ShelfQuestion("配送费", KnowledgeFiles.Now.AddDays(1)), 1));
    }

    [Fact]
    public void A_text_with_a_value_that_nobody_defines_is_never_said() => Assert.Null(Shelf.Empty.Fill("配送费 {fee}。", "zh"));

    [Fact]
    public void What_helped_is_found_by_the_words_it_helped_with()
    {
        Assert.DoesNotContain("robot-delivery", Find(KnowledgeFiles.Shelf, "白色小方块"));
        var learned = new Shelf(KnowledgeFiles.Articles.Select(static article => new PublishedArticle(article, 1)), [], [new ArticleRecord("robot-delivery").Learn(new AskedQuestion("白色小方块里的餐怎么拿", DateTimeOffset.UnixEpoch))]);
        Assert.Equal("robot-delivery", Find(learned, "白色小方块")[0]);
    }

    [Fact]
    public void What_does_not_help_loses_against_what_does()
    {
        ArticleRecord Judged(int helped, int not) => new("late-delivery", 50, helped, not);
        double Confidence(ArticleRecord record) => new Shelf(KnowledgeFiles.Articles.Select(static article => new PublishedArticle(article, 1)), [], [record])
            .Find(new ShelfQuestion("外卖超时了还没送到", KnowledgeFiles.Now), 5).Single(static match => match.Entry.Article.Id == "late-delivery").Confidence;
        Assert.True(Confidence(Judged(2, 40)) < Confidence(Judged(40, 2)));
    }

    [Theory]
    [InlineData(ArticleState.Draft, ArticleMove.Review, "expert", ArticleState.Reviewed)]
    [InlineData(ArticleState.Reviewed, ArticleMove.Publish, "admin", ArticleState.Published)]
    [InlineData(ArticleState.Published, ArticleMove.Retire, "admin", ArticleState.Retired)]
    public void A_version_goes_its_way(ArticleState from, ArticleMove move, string by, ArticleState to) =>
        Assert.Equal((to, null), Lifecycle.After(from, move, "author", by));

    [Theory]
    [InlineData(ArticleState.Draft, ArticleMove.Publish, "admin")]
    [InlineData(ArticleState.Draft, ArticleMove.Review, "author")]
    [InlineData(ArticleState.Retired, ArticleMove.Publish, "admin")]
    [InlineData(ArticleState.Draft, ArticleMove.Retire, "admin")]
    public void No_step_is_left_out_and_nobody_reviews_their_own(ArticleState from, ArticleMove move, string by)
    {
        var (state, no) = Lifecycle.After(from, move, "author", by);
        Assert.Equal(from, state);
        Assert.NotNull(no);
    }

    [Fact]
    public void A_tree_tests_what_is_known_and_asks_what_is_not()
    {
        var tree = new Article("late", ArticleLevel.Tree, [])
        {
            Zh = new ArticleText("超时", "超时处理"),
            Steps =
            [
                new TreeStep("begin") { When = "minutes >= 30", Then = "long", Else = "short", Unknown = "ask" },
                new TreeStep("ask", "等了多久？") { Choices = [new TreeChoice("半小时以上", "Half an hour", "long"), new TreeChoice("没有", "Less", "short")] },
                new TreeStep("long", "可以赔付。"),
                new TreeStep("short", "再等一下。"),
            ],
        };
        Assert.Null(ArticleCheck.Fault(tree));
        Dictionary<string, string> Known(string minutes) => new() { ["minutes"] = minutes };

        Assert.Equal("long", DecisionTree.Begin(tree, Known("45"))!.Id);
        Assert.Equal("short", DecisionTree.Begin(tree, Known("5"))!.Id);
        Assert.Equal("ask", DecisionTree.Begin(tree, new Dictionary<string, string>())!.Id);
        Assert.Equal("long", DecisionTree.Next(tree, "ask", "half an hour.", new Dictionary<string, string>())!.Id);
        Assert.Null(DecisionTree.Next(tree, "ask", "谁知道", new Dictionary<string, string>()));

        var circle = tree with { Steps = tree.Steps.SetItem(2, tree.Steps[2] with { Choices = [new TreeChoice("再来", null, "ask")] }) };
        Assert.Equal("steps", ArticleCheck.Fault(circle)!.Field);
    }

    [Theory]
    [InlineData("refnud", "refund")]
    [InlineData("paymet", "payment")]
    [InlineData("refund", null)]
    [InlineData("zzzzzz", null)]
    public void A_mistyped_word_is_mended(string typed, string? meant) => Assert.Equal(meant, new Spelling(["refund", "payment", "coupon"]).Mend(typed));

    [Fact]
    public void Questions_without_an_answer_gather_by_likeness_and_hide_their_numbers()
    {
        var gaps = Gaps.With([], "宿舍空调坏了找谁修 13812345678", KnowledgeFiles.Now);
        gaps = Gaps.With(gaps, "空调坏了找谁来修", KnowledgeFiles.Now);
        gaps = Gaps.With(gaps, "选课系统打不开", KnowledgeFiles.Now);

        Assert.Equal([2, 1], gaps.Select(static gap => gap.Count));
        Assert.DoesNotContain('8', gaps[0].Example);
        for (var i = 0; i < Gaps.Maximum * 2; i++) gaps = Gaps.With(gaps, $"问题{(char)('一' + i * 7)}{(char)('丁' + i * 5)}", KnowledgeFiles.Now);
        Assert.True(gaps.Length <= Gaps.Maximum);
        Assert.Contains(gaps, static gap => gap.Count == 2);
    }
}
