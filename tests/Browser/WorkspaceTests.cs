using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>What makes the workspace a place to work in.</summary>
[Collection(nameof(Demo))]
public sealed class WorkspaceTests(Demo demo)
{
    private static readonly string[] Names = ["甲同学", "乙同学", "丙同学", "丁同学"];

    [SkippableFact]
    public async Task Several_conversations_are_held_with_the_keyboard_alone()
    {
        await using var campus = demo.Campus();
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        var students = new List<CustomerSide>();
        await agent.StartWork();
        foreach (var name in Names)
        {
            var student = await campus.Customer("zh-CN", Screen.Phone, name);
            await student.Ask($"外卖超时了，{name}");
            await agent.AcceptByKey(name);
            students.Add(student);
        }
        await Assertions.Expect(agent.Panes).ToHaveCountAsync(3);

        // Who is off the screen is marked unread; Alt+number brings the conversation up with the keyboard in it.
        var hidden = await agent.PaneOf(Names[0]).CountAsync() == 0 ? 0 : 1;
        await students[hidden].Say("在吗");
        await Side.Sees(agent.Get("unread"));
        await agent.Page.Keyboard.PressAsync($"Alt+Digit{hidden + 1}");
        await Assertions.Expect(agent.Get("unread")).ToHaveCountAsync(0);
        await agent.Page.Keyboard.TypeAsync("在的");
        await agent.Page.Keyboard.PressAsync("Enter");
        await Side.SeesWords(students[hidden].Thread, $"外卖超时了，{Names[hidden]}", "在吗", "在的");

        // However long a conversation is, the field to write in stays on the screen.
        for (var i = 0; i < 20; i++) await students[hidden].Say($"第 {i} 句");
        await Side.Sees(agent.PaneOf(Names[hidden]).GetByText("第 19 句"));
        await Assertions.Expect(agent.PaneOf(Names[hidden]).Locator("[data-test=message]")).ToBeInViewportAsync(new() { Ratio = 1 });

        await agent.Page.Keyboard.PressAsync("Alt+KeyW");
        await Assertions.Expect(agent.Panes).ToHaveCountAsync(2);
        await agent.Page.Locator("h1").ClickAsync();
        await agent.Page.Keyboard.PressAsync("?");
        await Side.Sees(agent.Get("keys"));
        await agent.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(agent.Get("keys")).ToHaveCountAsync(0);
        agent.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_reload_keeps_drafts_open_panes_and_what_was_read()
    {
        await using var campus = demo.Campus();
        var agent = await campus.Agent("en", Screen.Desktop);
        await agent.StartWork();
        foreach (var name in Names[..2])
        {
            var student = await campus.Customer("en", Screen.Phone, name);
            await student.Ask($"Where is my order? {name}");
            await agent.AcceptByKey(name);
        }
        await agent.PaneOf(Names[0]).Locator("[data-test=message]").FillAsync("half a sent");

        await agent.Page.ReloadAsync();

        await Assertions.Expect(agent.Panes).ToHaveCountAsync(2);
        await Assertions.Expect(agent.PaneOf(Names[0]).Locator("[data-test=message]")).ToHaveValueAsync("half a sent");
        await Assertions.Expect(agent.Get("unread")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.Get("status")).ToHaveValueAsync("available");
    }

    [SkippableFact]
    public async Task A_declined_offer_leaves_the_desk_and_a_break_has_its_reason()
    {
        await using var campus = demo.Campus();
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        var colleague = await campus.Agent("zh-CN", Screen.Desktop, name: "小援");
        var student = await campus.Customer("zh-CN", Screen.Phone);
        await student.Ask("外卖超时了");
        await agent.StartWork();
        await Side.Sees(agent.Offers);
        await colleague.StartWork();

        await agent.Get("decline").ClickAsync();
        await agent.Page.GetByRole(AriaRole.Button, new() { Name = "手头太忙" }).ClickAsync();
        await colleague.AcceptByKey("小测");
        await Assertions.Expect(agent.Offers).ToHaveCountAsync(0);

        await agent.Get("status").SelectOptionAsync("break/meal");
        await Side.Sees(agent.Get("start"));
        await agent.Page.ReloadAsync();
        await Assertions.Expect(agent.Get("status")).ToHaveValueAsync("break/meal");
    }

    [SkippableFact]
    public async Task Wrap_up_can_wait_and_the_customers_past_tickets_are_at_hand()
    {
        await using var campus = demo.Campus();
        var agent = await campus.Agent("zh-CN", Screen.Tablet);
        var student = await campus.Customer("zh-CN", Screen.Phone);
        await agent.StartWork();
        await student.Ask("少送了一份米饭");
        await agent.AcceptByKey("小测");
        await agent.Get("resolve").ClickAsync();
        await agent.Get("resolve-later").ClickAsync();
        await student.IsIn("resolved");
        await AgentSide.Choose(agent.PaneOf("小测"), "redelivered");
        await agent.PaneOf("小测").Locator("[data-test=note]").FillAsync("补送一份米饭");
        await Assertions.Expect(agent.PaneOf("小测").Locator("[data-test=note]")).ToHaveValueAsync("补送一份米饭");
        await agent.Get("wrap-up").ClickAsync();
        await Assertions.Expect(agent.Panes).ToHaveCountAsync(0);

        await student.Get("solved-yes").ClickAsync();
        await student.Page.Locator(".back").ClickAsync();
        await student.Ask("外卖超时了");
        await agent.AcceptByKey("小测");
        await agent.Get("history").ClickAsync();
        await Assertions.Expect(agent.Get("history-list")).ToContainTextAsync("少送了一份米饭");
    }
}
