using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>Getting in, the wallboard, and that every page is usable by everybody.</summary>
[Collection(nameof(Demo))]
public sealed class PageTests(Demo demo)
{
    [SkippableTheory]
    [InlineData("", "demo-student", "ask")]
    [InlineData("agent", "north-agent-1", "status")]
    [InlineData("supervisor", "north-supervisor", "figures")]
    [InlineData("review", "north-qualityinspector", "left")]
    [InlineData("admin", "north-campusadmin", "queues")]
    public async Task Without_a_link_a_page_says_how_to_get_in_and_the_demo_lets_one_in(string address, string person, string inside)
    {
        await using var campus = demo.Campus();
        var visitor = await campus.Visitor(Screen.Phone);
        await visitor.Open(address);
        await Side.Sees(visitor.Page.Locator("h1"));
        await visitor.Page.Locator($"[data-sub={person}]").ClickAsync();
        await Side.Sees(visitor.Get(inside));
        visitor.Page.Url.ShouldNotContain("token");
        visitor.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_token_that_the_server_refuses_leads_back_to_the_door()
    {
        await using var campus = demo.Campus();
        var visitor = await campus.Visitor(Screen.Phone);
        var claims = Convert.ToBase64String("""{"sub":"x","campus":"north","role":"Customer","name":"x","kind":"Student","exp":9999999999}"""u8).TrimEnd('=');
        await visitor.Open("?lang=zh-CN", $"e30.{claims}.e30");
        await Assertions.Expect(visitor.Page.Locator("[role=alert]").First).ToHaveTextAsync("登录已过期，请重新打开登录链接。");
    }

    [SkippableFact]
    public async Task The_wallboard_shows_who_waits()
    {
        await using var campus = demo.Campus();
        var supervisor = await campus.Supervisor("zh-CN", Screen.Desktop);
        var waiting = supervisor.Page.Locator("[data-figure=waiting] dd");
        await Side.Sees(waiting);
        var before = int.Parse(await waiting.InnerTextAsync());
        var student = await campus.Customer("zh-CN", Screen.Phone);
        await student.Ask("外卖超时了");
        await Assertions.Expect(waiting).ToHaveTextAsync((before + 1).ToString());
        await student.Get("leave").ClickAsync();
        await student.Get("leave-yes").ClickAsync();
        await Assertions.Expect(waiting).ToHaveTextAsync(before.ToString());
        supervisor.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("zh-CN", false)]
    [InlineData("en", true)]
    public async Task Axe_finds_nothing_serious_and_nothing_scrolls_sideways(string language, bool dark)
    {
        await using var campus = demo.Campus();
        var phone = Screen.Phone with { Dark = dark };
        var visitor = await campus.Visitor(phone);
        await visitor.Open($"?lang={language}");
        await Side.Sees(visitor.Get("demo"));
        await Check(visitor, "the door");
        await Check(await campus.Supervisor(language, Screen.Desktop with { Dark = dark }), "the wallboard", "figures");

        var agent = await campus.Agent(language, Screen.Desktop with { Dark = dark });
        await Check(agent, "the empty workspace", "start");
        var student = await campus.Customer(language, phone);
        await Check(student, "asking", "ask");
        await student.Ask("吃完外卖拉肚子，不舒服");
        await Check(student, "waiting", "wait");
        await student.Get("keep-place").ClickAsync();
        await student.Get("by-phone").ClickAsync();
        await Check(student, "keeping the place", "phone");
        await student.Page.ReloadAsync();
        await agent.StartWork();
        await Check(agent, "an offer", "offer");
        await agent.AcceptByKey("小测");
        await agent.Say("小测", "你好");
        await student.Say("你好");
        await student.IsIn("assigned");
        await agent.Get("history").ClickAsync();
        await Check(agent, "a conversation", "history-list");
        await Check(student, "talking");
        await agent.Page.Keyboard.PressAsync("Alt+KeyN");
        await agent.Say("小测", "内部备注");
        await Check(agent, "a note", "tools");
        foreach (var (key, dialog) in ((string, string)[])[("T", "hand-over-dialog"), ("Q", "ask-dialog"), ("P", "promise-dialog")])
        {
            await agent.Page.Keyboard.PressAsync($"Alt+Key{key}");
            await Check(agent, dialog, dialog);
            await agent.Page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(agent.Get(dialog)).ToHaveCountAsync(0);
        }
        await agent.Page.Keyboard.PressAsync("Alt+KeyR");
        await Check(agent, "resolving", "resolve-dialog");
        await agent.Get("resolve-later").ClickAsync();
        await Check(agent, "wrapping up", "wrap-up");
        await Check(student, "confirming", "solved-yes");
        await student.Get("solved-yes").ClickAsync();
        await Check(student, "rating", "rate");
        await agent.Page.Locator("h1").ClickAsync();
        await agent.Page.Keyboard.PressAsync("?");
        await Check(agent, "the cheat sheet", "keys");
    }

    private static async Task Check(Side side, string where, string? mark = null)
    {
        if (mark is not null) await Side.Sees(side.Get(mark).First);
        (await side.AccessibilityFaults()).ShouldBeEmpty(where);
        (await side.SidewaysScroll()).ShouldBe(0, where);
    }
}
