using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>A question from asking to rating, with two browsers for the two sides.</summary>
[Collection(nameof(Demo))]
public sealed partial class JourneyTests(Demo demo)
{
    private const string Name = "小测";

    [GeneratedRegex(@"^\s*[1-9]\d? (秒|s)\s*$")]
    private static partial Regex Countdown();

    [SkippableTheory]
    [InlineData("zh-CN", true)]
    [InlineData("zh-CN", false)]
    [InlineData("en", true)]
    [InlineData("en", false)]
    public async Task A_question_is_asked_answered_resolved_confirmed_and_rated(string language, bool small)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, small ? Screen.Phone : Screen.Desktop);
        var agent = await campus.Agent(language, small ? Screen.Tablet : Screen.Desktop);

        var question = await student.AskByTapping("late", "MT2026-0932");
        await student.IsIn("waiting");
        await Side.Sees(student.Position);
        await Side.Sees(student.Get("understood"));

        await agent.StartWork();
        await Assertions.Expect(agent.Offers).ToContainTextAsync(question);
        await Assertions.Expect(agent.Get("seconds")).ToHaveTextAsync(Countdown());
        await agent.AcceptByKey(Name);
        await student.IsIn("assigned");

        await agent.Say(Name, "你好，我来看看 🙂");
        await Side.SeesWords(student.Thread, question, "你好，我来看看 🙂");
        await student.Say("谢谢，等了四十分钟了");
        await Side.SeesWords(agent.PaneOf(Name), question, "你好，我来看看 🙂", "谢谢，等了四十分钟了");

        await student.Page.ReloadAsync();
        await agent.Page.ReloadAsync();
        await agent.Say(Name, "骑手三分钟内到");
        string[] words = [question, "你好，我来看看 🙂", "谢谢，等了四十分钟了", "骑手三分钟内到"];
        await Side.SeesWords(student.Thread, words);
        await Side.SeesWords(agent.PaneOf(Name), words);

        await agent.Resolve(Name, "compensated", "补偿券 5 元，内部备注");
        await student.IsIn("resolved");
        (await student.Page.ContentAsync()).ShouldNotContain("内部备注");
        await student.Get("solved-yes").ClickAsync();
        await student.Rate(4, "很快");
        await student.IsIn("closed");
        await student.Get("again").ClickAsync();
        await Assertions.Expect(student.Get("ticket").First.Locator(".stars")).ToHaveTextAsync("★★★★");

        student.Complaints.ShouldBeEmpty();
        agent.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_word_after_the_resolution_opens_the_ticket_again()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Ask("餐送错了，我点的是面条");
        await agent.StartWork();
        await agent.AcceptByKey(Name);
        await agent.Resolve(Name, "solved", "");
        await student.IsIn("resolved");

        await student.Get("solved-no").ClickAsync();
        await student.Page.Keyboard.TypeAsync("还没解决");
        await student.Get("send").ClickAsync();

        await agent.AcceptByKey(Name);
        await Side.SeesWords(agent.PaneOf(Name), "餐送错了，我点的是面条", "还没解决");
        await Side.Sees(student.Page.Locator("[data-event=reopened]"));
        await student.IsIn("assigned");
    }

    [SkippableFact]
    public async Task Who_waits_sees_the_place_move_up_and_may_leave()
    {
        await using var campus = demo.Campus();
        var first = await campus.Customer("zh-CN", Screen.Phone, "甲");
        var second = await campus.Customer("zh-CN", Screen.Phone, "乙");
        await first.Ask("外卖超时了还没到");
        await Assertions.Expect(first.Position).ToHaveTextAsync("下一个就是你");
        await second.Ask("外卖超时了还没到");
        await Assertions.Expect(second.Position).ToHaveTextAsync("你排在第 2 位");

        await first.Get("leave").ClickAsync();
        await first.Get("leave-yes").ClickAsync();
        await first.IsIn("closed");
        await Side.Sees(first.Get("again"));

        await Assertions.Expect(second.Position).ToHaveTextAsync("下一个就是你");
    }
}
