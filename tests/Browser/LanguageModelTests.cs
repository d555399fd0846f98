using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>What a language model says is words in front of an agent: read, changed, and sent by the agent alone.</summary>
[Collection(nameof(Demo))]
public sealed class LanguageModelTests(Demo demo)
{
    private const string Name = "小测";

    [SkippableFact]
    public async Task A_draft_is_a_key_away_goes_into_the_field_and_is_sent_by_the_agent_and_who_takes_over_reads_a_summary()
    {
        await using var campus = demo.Campus();
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        var student = await campus.Customer("zh-CN", Screen.Phone, Name);
        await agent.StartWork();
        await student.Ask("外卖超时了");
        await agent.AcceptByKey(Name);
        await Side.Sees(agent.Get("suggest-reply"));
        await agent.Page.Keyboard.PressAsync("Alt+KeyS");
        var field = agent.PaneOf(Name).Locator("[data-test=message]");
        await Assertions.Expect(field).ToHaveValueAsync(TalkingModel.Words);
        (await agent.AccessibilityFaults()).ShouldBeEmpty();
        await Side.SeesWords(student.Thread, "外卖超时了");
        await agent.Keep("draft");
        await field.PressAsync("Enter");
        await Side.SeesWords(student.Thread, "外卖超时了", TalkingModel.Words);
        await student.Say("我要退款");
        await Side.Sees(agent.PaneOf(Name).GetByText("我要退款"));

        var next = await campus.Agent("en", Screen.Desktop with { Dark = true }, name: "小接");
        await next.StartWork();
        await agent.Page.Keyboard.PressAsync("Alt+KeyT");
        await AgentSide.ChooseColleague(agent.Get("hand-over-dialog"), "小接");
        await agent.Get("hand-over-dialog").Locator("textarea").FillAsync("请接手");
        await agent.Get("hand-over-now").ClickAsync();
        await next.AcceptByKey(Name);
        await Assertions.Expect(next.Get("summary")).ToContainTextAsync(TalkingModel.Words);
        (await next.AccessibilityFaults()).ShouldBeEmpty();
        await Side.SeesWords(student.Thread, "外卖超时了", TalkingModel.Words, "我要退款");
        foreach (var side in new Side[] { agent, next, student }) side.Complaints.ShouldBeEmpty();
    }
}
