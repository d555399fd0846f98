using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>What is written without a network is kept, and sent once, later.</summary>
[Collection(nameof(Demo))]
public sealed class NetworkTests(Demo demo)
{
    private const string Name = "小测";

    [SkippableFact]
    public async Task Messages_of_both_sides_wait_for_the_network_and_arrive_once_and_in_order()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Ask("骑手联系不上");
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

        await agent.Offline(true);
        await Side.Sees(agent.Get("offline"));
        await agent.Say(Name, "乙");
        await student.Say("三");
        await agent.Offline(false);
        await Side.SeesWords(student.Thread, "骑手联系不上", "甲", "一", "二", "三", "乙");
        await Side.SeesWords(agent.PaneOf(Name), "骑手联系不上", "甲", "一", "二", "三", "乙");
    }

    [SkippableFact]
    public async Task A_question_that_was_asked_without_a_network_becomes_one_ticket()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("en", Screen.Phone);
        await Assertions.Expect(student.Page.Locator(".tickets .muted")).ToBeVisibleAsync();
        await student.Offline(true);
        await Side.Sees(student.Get("offline"));
        await student.Ask("My lunch is late");
        await Side.Sees(student.Page.Locator(".pending"));
        await student.Offline(false);

        await student.IsIn("waiting");
        await student.Page.Locator(".back").ClickAsync();
        await Assertions.Expect(student.Get("ticket")).ToHaveCountAsync(1);
    }

    [SkippableFact]
    public async Task A_refused_message_says_so_and_can_be_deleted()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        await student.Ask("想退款");
        await student.IsIn("waiting");
        await student.Offline(true);
        await Side.Sees(student.Get("offline"));
        await student.Say("还在吗");
        await campus.CloseTickets();
        await student.Offline(false);

        await student.IsIn("closed");
        await Assertions.Expect(student.Thread.Locator(".refusal")).ToContainTextAsync("工单已经结束");
        await student.Thread.GetByRole(AriaRole.Button, new() { Name = "删除" }).ClickAsync();
        await Side.SeesWords(student.Thread, "想退款");
        await student.Page.ReloadAsync();
        await Side.SeesWords(student.Thread, "想退款");
    }
}
