using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Knowledge;

/// <summary>What the bot says, and when it gives way to a person.</summary>
public sealed class BotTests
{
    private static readonly BotPolicy Policy = new(0.65, []);
    private static readonly Route Route = new("delivery", [new SkillLevel("delivery", 1)]);

    private static BotQuestion Question(string text, CustomerRole role = CustomerRole.Student, bool outside = false)
    {
        var meaning = TriageModel.Default.Classify(text);
        return new BotQuestion(text, meaning.Category, meaning.Urgency, meaning.Sentiment, role, null, KnowledgeFiles.Now, outside);
    }

    private static BotTurn Open(string text) => Bot.Open(Policy, KnowledgeFiles.Shelf, Question(text));

    private static Ticket Opened(string text)
    {
        var contact = new Contact("c1", "s1", "小夏", CustomerRole.Student, null, Channel.Web, text, "20261128001");
        return Do(Ticket.None, TicketRules.Open(Ticket.None, contact, TriageModel.Default.Classify(text), Route, KnowledgeFiles.Now, Open(text)));
    }

    private static Ticket Do(Ticket ticket, Decision decision)
    {
        Assert.Null(decision.No);
        foreach (var happened in decision.Events) ticket = ticket.Apply(happened, KnowledgeFiles.Now);
        return ticket;
    }

    private static Ticket Say(Ticket ticket, string id, string text) =>
        Do(ticket, TicketRules.TellBot(ticket, id, "s1", text, Bot.Hear(Policy, KnowledgeFiles.Shelf, ticket.Bot!, Question(text) with { Sentiment = Sentiment.Neutral }), Route, KnowledgeFiles.Now));

    [Theory]
    [InlineData("退款几天能到账呀", "refund-time", "zh")]
    [InlineData("How long until my refund arrives?", "refund-time", "en")]
    [InlineData("发票怎么开", "invoice", "zh")]
    public void It_answers_in_the_customers_language_with_an_article_that_stands_in_the_journal(string text, string article, string language)
    {
        var ticket = Opened(text);

        Assert.Equal(TicketPhase.Resolved, ticket.Phase);
        Assert.True(ticket.IsWithBot);
        Assert.Equal((article, 1, language), (ticket.Bot!.ArticleId, ticket.Bot.Version, ticket.Bot.Language));
        Assert.DoesNotContain('{', Open(text).Text!);
    }

    [Theory]
    [InlineData("转人工，我的退款还没到账")]
    [InlineData("宿舍空调坏了找谁修")]
    public void It_leaves_to_a_person_who_asks_for_one_or_what_it_doesnt_know(string text)
    {
        Assert.Equal(BotDoes.Nothing, Open(text).Does);
        Assert.Equal(TicketPhase.Waiting, Opened(text).Phase);
        Assert.Null(Opened(text).Bot);
    }

    [Fact]
    public void Unsafe_food_goes_to_a_person_at_once_with_advice_for_the_meantime()
    {
        var ticket = Opened("吃完外卖拉肚子还吐了两次");

        Assert.Equal(TicketPhase.Waiting, ticket.Phase);
        Assert.Equal(HandOverReason.Urgent, ticket.Bot?.HandedOver);
        Assert.Contains("120", Open("吃完外卖拉肚子还吐了两次").Text!);
    }

    [Theory]
    [InlineData("没用", HandOverReason.NotHelped)]
    [InlineData("我要转人工", HandOverReason.Asked)]
    [InlineData("你们这是什么破平台，太垃圾了，气死我了", HandOverReason.Mood)]
    [InlineData("吃完肚子疼还吐了", HandOverReason.Urgent)]
    public void It_hands_over_at_once_and_nobody_is_asked_twice(string text, HandOverReason reason)
    {
        var before = Opened("退款几天能到账呀");
        var turn = Bot.Hear(Policy, KnowledgeFiles.Shelf, before.Bot!, Question(text));
        var decision = TicketRules.TellBot(before, "m1", "s1", text, turn, Route, KnowledgeFiles.Now);
        var ticket = Do(before, decision);

        Assert.Equal(TicketPhase.Waiting, ticket.Phase);
        Assert.Equal(reason, ticket.Bot!.HandedOver);
        var summary = decision.Events.OfType<HandedOver>().Single().Personal!.Text!;
        Assert.Contains("退款几天能到账呀", summary);
        Assert.Contains(text, summary);
        Assert.Contains("20261128001", summary);
        var fresh = Do(Ticket.None, TicketRules.Open(Ticket.None, new Contact("c2", "s2", "阿默", CustomerRole.Student, null, Channel.Web, "退款几天能到账呀", null), TriageModel.Default.Classify("退款几天能到账呀"), Route, KnowledgeFiles.Now));
        Assert.True(ticket.PriorityKey < fresh.PriorityKey, "Who was answered in vain comes before who just asks.");
    }

    [Fact]
    public void Two_misunderstandings_are_enough()
    {
        var once = Say(Opened("退款几天能到账呀"), "m1", "月亮上面有兔子吗");
        Assert.True(once.IsWithBot);
        Assert.Equal(1, once.Bot!.Misses);

        var twice = Say(once, "m2", "那么火星上面呢");
        Assert.Equal(HandOverReason.Misses, twice.Bot!.HandedOver);
        Assert.Equal(TicketPhase.Waiting, twice.Phase);
    }

    [Fact]
    public void What_helped_is_solved_and_said_once()
    {
        var ticket = Opened("发票怎么开");
        var helped = Do(ticket, TicketRules.JudgeAnswer(ticket, "s1", AnswerVerdict.Helped, Route, KnowledgeFiles.Now));

        Assert.Equal((TicketPhase.Resolved, true), (helped.Phase, helped.Bot!.Helped));
        Assert.Empty(TicketRules.JudgeAnswer(helped, "s1", AnswerVerdict.Helped, Route, KnowledgeFiles.Now).Events);
        Assert.Equal(RefusalCode.NotFound, TicketRules.JudgeAnswer(helped, "another", AnswerVerdict.NotHelped, Route, KnowledgeFiles.Now).No);

        var after = Do(helped, TicketRules.JudgeAnswer(helped, "s1", AnswerVerdict.NotHelped, Route, KnowledgeFiles.Now));
        Assert.Equal((TicketPhase.Waiting, HandOverReason.NotHelped), (after.Phase, after.Bot!.HandedOver));
        Assert.Empty(TicketRules.JudgeAnswer(after, "s1", AnswerVerdict.NotHelped, Route, KnowledgeFiles.Now).Events);
    }

    [Fact]
    public void A_repeated_message_is_heard_once()
    {
        var ticket = Say(Opened("退款几天能到账呀"), "m1", "没用");
        Assert.Empty(TicketRules.TellBot(ticket, "m1", "s1", "没用", BotTurn.None, Route, KnowledgeFiles.Now).Events);
    }

    [Fact]
    public void A_tree_asks_step_by_step_and_remembers_where_it_stands()
    {
        var ticket = Opened("地址填错了怎么改");
        Assert.Equal(("address-change", "ask"), (ticket.Bot!.ArticleId, ticket.Bot.Step));
        Assert.Contains("已取餐", ticket.Bot.Choices);

        ticket = Say(ticket, "m1", "已取餐");
        Assert.Equal("late", ticket.Bot!.Step);
        ticket = Say(ticket, "m2", "2");
        Assert.Null(ticket.Bot!.Step);
        Assert.Equal(["address-change"], ticket.Bot.Tried.AsEnumerable());
    }

    [Fact]
    public void Where_no_buttons_are_numbers_will_do()
    {
        var turn = Bot.Open(Policy, KnowledgeFiles.Shelf, Question("发票怎么开", outside: true));
        Assert.Contains("回复 1", turn.Text!);
        var talk = new BotTalk("invoice", 1, "zh") { Tried = ["invoice"] };
        Assert.Equal(BotDoes.Thank, Bot.Hear(Policy, KnowledgeFiles.Shelf, talk, Question("1", outside: true)).Does);
        Assert.Equal(HandOverReason.NotHelped, Bot.Hear(Policy, KnowledgeFiles.Shelf, talk, Question("2", outside: true)).Reason);
        Assert.Equal(HandOverReason.Asked, Bot.Hear(Policy, KnowledgeFiles.Shelf, talk, Question("0", outside: true)).Reason);
    }

    [Theory]
    [InlineData("没有帮助", false)]
    [InlineData("有帮助，谢谢", true)]
    [InlineData("no, that is not it", false)]
    [InlineData("works now, thanks", true)]
    [InlineData("现在可以了吗", null)]
    [InlineData("谢谢你们的客服帮我查了，可是退款到现在还没有到账", null)]
    public void Short_words_say_yes_or_no(string text, bool? helped) => Assert.Equal(helped, CustomerWords.Verdict(text, numbered: false));
}
