using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>A supervisor in the listening room and in the history, beside a student and an agent in browsers of their own.</summary>
[Collection(nameof(Demo))]
public sealed class ListeningTests(Demo demo)
{
    private const string Name = "小测", Agent = "小客", Whisper = "先道歉再查骑手";

    [SkippableTheory]
    [InlineData("zh-CN", false, "主管 主管 也来帮你了", "主管 主管 接手，继续帮你")]
    [InlineData("en", true, "主管, a supervisor, is here to help too", "主管, a supervisor, takes over from here")]
    public async Task A_supervisor_reads_along_whispers_joins_and_takes_over_by_keyboard(string language, bool dark, string joined, string takenOver)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, Screen.Phone);
        var agent = await campus.Agent(language, Screen.Desktop with { Dark = dark }, name: Agent);
        var boss = await campus.Supervisor(language, Screen.Desktop with { Dark = dark });
        await student.Ask("外卖超时了还没到，太气人了");
        await agent.StartWork();
        await agent.AcceptByKey(Name);

        await boss.Get("to-room").ClickAsync();
        var talk = boss.Get("talk").Filter(new() { HasText = Name });
        await Assertions.Expect(talk).ToContainTextAsync(Agent);
        await Assertions.Expect(talk.Locator("[data-turn=agent]")).ToBeVisibleAsync();
        await Assertions.Expect(talk.Locator("[data-mood=negative]")).ToBeVisibleAsync();
        await talk.Locator("button").FocusAsync();
        await boss.Page.Keyboard.PressAsync("Enter");
        await Side.Sees(boss.Get("listening"));
        await agent.Say(Name, "马上帮您查");
        await Side.SeesWords(boss.Get("listening"), "外卖超时了还没到，太气人了", "马上帮您查");
        await Assertions.Expect(talk.Locator("[data-turn=customer]")).ToBeVisibleAsync();
        (await boss.AccessibilityFaults()).ShouldBeEmpty();

        await boss.Page.Keyboard.PressAsync("Alt+KeyN");
        await Write(boss, Whisper);
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-internal=whispered] .text")).ToHaveTextAsync(Whisper);

        await boss.Page.Keyboard.PressAsync("Alt+KeyJ");
        await Assertions.Expect(student.Thread.Locator("[data-event=supervisorJoined]")).ToContainTextAsync(joined);
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-event=supervisorJoined]")).ToBeVisibleAsync();
        await Side.Sees(boss.Get("to-customer"));
        await Write(boss, "我是主管，今天给您补送");
        await Side.SeesWords(student.Thread, "外卖超时了还没到，太气人了", "马上帮您查", "我是主管，今天给您补送");
        await boss.Page.Keyboard.PressAsync("Alt+KeyJ");
        await Side.Sees(student.Thread.Locator("[data-event=supervisorLeft]"));

        await boss.Page.Keyboard.PressAsync("Alt+KeyT");
        (await boss.AccessibilityFaults()).ShouldBeEmpty();
        await boss.Get("take-now").ClickAsync();
        await Assertions.Expect(student.Thread.Locator("[data-event=takenOver]")).ToContainTextAsync(takenOver);
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-test=send]")).ToHaveCountAsync(0);
        await Write(boss, "我来处理到底");
        await Assertions.Expect(student.Thread.Locator("[data-test=bubble] .text").Last).ToHaveTextAsync("我来处理到底");
        await boss.Get("resolve").ClickAsync();
        await student.IsIn("resolved");
        (await student.Page.ContentAsync()).ShouldNotContain(Whisper);
        await boss.Page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
        (await boss.SidewaysScroll()).ShouldBe(0);
        foreach (var side in (Side[])[student, agent, boss]) side.Complaints.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("zh-CN", true, "为什么派给这位坐席")]
    [InlineData("en", false, "Why this agent")]
    public async Task What_was_is_found_explained_and_taken_along(string language, bool dark, string why)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, Screen.Phone);
        var agent = await campus.Agent(language, Screen.Desktop, name: Agent);
        await student.Ask("=退款三天了还没到账");
        await agent.StartWork();
        await agent.AcceptByKey(Name);
        await agent.Say(Name, "查到了，今天到账");
        await Side.SeesWords(student.Thread, "=退款三天了还没到账", "查到了，今天到账");
        await agent.Resolve(Name, "solved", "");

        var boss = await campus.Supervisor(language, Screen.Desktop with { Dark = dark });
        await boss.Get("to-history").ClickAsync();
        await boss.Get("phase").SelectOptionAsync("resolved");
        await boss.Get("search").ClickAsync();
        var line = boss.Get("line").Filter(new() { HasText = "=退款三天了还没到账" }).First;
        await Assertions.Expect(line).ToContainTextAsync(Agent);
        var id = await line.GetAttributeAsync("data-ticket");
        await boss.Get("number").FillAsync(id![..10]);
        await boss.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(boss.Get("line")).ToHaveCountAsync(1);
        await boss.Get("line").Locator("button").ClickAsync();
        await Assertions.Expect(boss.Get("story")).ToContainTextAsync(why);
        await Assertions.Expect(boss.Get("decisions").Locator("> li")).ToContainTextAsync(Agent);
        await Side.SeesWords(boss.Get("story"), "=退款三天了还没到账", "查到了，今天到账");
        (await boss.AccessibilityFaults()).ShouldBeEmpty();

        var csv = await Saved(boss, "save-csv");
        csv[..3].ShouldBe([0xef, 0xbb, 0xbf]);
        System.Text.Encoding.UTF8.GetString(csv).ShouldContain("'=退款三天了还没到账");
        (await Saved(boss, "save-xlsx"))[..2].ShouldBe("PK"u8.ToArray());
        await boss.Page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
        (await boss.SidewaysScroll()).ShouldBe(0);
        boss.Complaints.ShouldBeEmpty();
    }

    private static async Task Write(Side boss, string text)
    {
        var message = boss.Get("listening").Locator("[data-test=message]");
        await message.FillAsync(text);
        await message.PressAsync("Enter");
        await Assertions.Expect(message).ToHaveValueAsync("");
    }

    private static async Task<byte[]> Saved(Side boss, string button)
    {
        var download = await boss.Page.RunAndWaitForDownloadAsync(() => boss.Get(button).ClickAsync());
        await using var file = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
