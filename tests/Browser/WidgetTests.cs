using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>The widget in a campus app's page of another origin: what the student page does, and nothing of the host page is touched.</summary>
[Collection(nameof(Demo))]
public sealed class WidgetTests(Demo demo)
{
    private const string Name = "小测";

    [SkippableTheory]
    [InlineData("zh-CN", true, false, "你排在第", "谢谢你的评价")]
    [InlineData("en", false, true, "in line|next", "Thank you for your rating")]
    public async Task A_question_is_answered_and_rated_in_a_page_that_means_no_good(string language, bool small, bool dark, string position, string thanks)
    {
        await using var campus = demo.Campus();
        var student = await campus.Widget(language, (small ? Screen.Phone : Screen.Desktop) with { Dark = dark });
        var agent = await campus.Agent(language, Screen.Desktop);
        await Side.Sees(student.Get("launcher"));
        var before = await student.Body();
        await Check(student, "closed");
        await student.Tap();
        await Check(student, "asking");
        var question = await student.AskByTapping("late", "CF-1024");
        await student.IsIn("waiting");
        await Assertions.Expect(student.Position).ToHaveTextAsync(new System.Text.RegularExpressions.Regex($"{position}|下一个就是你"));
        await Assertions.Expect(student.Get("understood")).ToContainTextAsync("CF-1024");
        await Check(student, "waiting");
        await Assertions.Expect(student.Thread.Locator("[data-state=delivered]")).ToHaveCountAsync(1);

        await agent.StartWork();
        await agent.AcceptByKey(Name);
        await student.IsIn("assigned");
        await Assertions.Expect(student.Thread.Locator("[data-state=read]")).ToHaveCountAsync(1);
        await student.Say("在东门");
        await Assertions.Expect(student.Thread.Locator("[data-state=delivered]")).ToHaveCountAsync(1);
        await agent.Say(Name, "马上到");
        await Side.SeesWords(student.Thread, question, "在东门", "马上到");
        await Assertions.Expect(student.Thread.Locator("[data-state=read]")).ToHaveCountAsync(2);
        await Check(student, "talking");

        await agent.Resolve(Name, "answered", "已送达");
        await student.Get("solved-yes").ClickAsync();
        await Check(student, "rating", "rate");
        await student.Rate(5, "很快");
        await Assertions.Expect(student.Get("solved")).ToContainTextAsync(thanks);
        await student.Page.Locator(".back").ClickAsync();
        await Assertions.Expect(student.Get("ticket").Locator(".stars")).ToHaveTextAsync("★★★★★");
        await Check(student, "the list");

        (await student.NewGlobals()).ShouldBeEmpty();
        (await student.KeysHeard()).ShouldBeEmpty("what is typed into the widget is none of the page's shortcuts");
        (await student.Body()).ShouldBe(before);
        student.Complaints.ShouldBeEmpty();
        agent.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("zh-CN", true, "我的退款几天能到账呀", "工作日")]
    [InlineData("en", false, "When will I get my refund?", "working days")]
    public async Task A_known_question_is_answered_from_knowledge_at_once(string language, bool small, string question, string answer)
    {
        await using var campus = demo.Campus(SpecialCampuses.Answering);
        var student = await campus.Widget(language, small ? Screen.Phone : Screen.Desktop);
        await student.Tap();
        await student.Ask(question);
        await Assertions.Expect(student.Thread).ToContainTextAsync(answer);
        await Check(student, "an answer", "bot-card");
        await student.Get("bot-helped").ClickAsync();
        await Assertions.Expect(student.Get("bot-card")).ToHaveCountAsync(0);
        await student.IsIn("resolved");
        student.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_is_typed_without_a_network_is_sent_once_later()
    {
        await using var campus = demo.Campus();
        var student = await campus.Widget("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Tap();
        await Assertions.Expect(student.Page.Locator(".tickets .muted")).ToBeVisibleAsync();
        await student.Offline(true);
        await Side.Sees(student.Get("offline"));
        await student.Ask("骑手联系不上");
        await Side.Sees(student.Get("pending"));
        await student.Offline(false);
        await student.IsIn("waiting");
        await agent.StartWork();
        await agent.AcceptByKey(Name);

        await student.IsIn("assigned");
        await student.Offline(true);
        await Side.Sees(student.Get("offline"));
        await student.Say("一");
        await student.Say("二");
        await Assertions.Expect(student.Thread.Locator("[data-state=waiting]")).ToHaveCountAsync(2);
        await agent.Say(Name, "甲");
        await student.Offline(false);
        await Side.SeesWords(agent.PaneOf(Name), "骑手联系不上", "甲", "一", "二");
        await Side.SeesWords(student.Thread, "骑手联系不上", "甲", "一", "二");
        await Assertions.Expect(student.Thread.Locator("[data-state=waiting]")).ToHaveCountAsync(0);
        await student.Page.Locator(".back").ClickAsync();
        await Assertions.Expect(student.Get("ticket")).ToHaveCountAsync(1);
        student.Complaints.ShouldBeEmpty();
    }

    private static async Task Check(WidgetSide side, string where, string? mark = null)
    {
        if (mark is not null) await Side.Sees(side.Get(mark).First);
        (await side.Faults()).ShouldBeEmpty(where);
        await side.Keep(where);
    }
}
