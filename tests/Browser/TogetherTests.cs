using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>What takes more than one agent, or more than one sitting: handing over, asking, keeping the place, promises, clocks.</summary>
[Collection(nameof(Demo))]
public sealed class TogetherTests(Demo demo)
{
    private const string Name = "小测", First = "小客", Second = "小援", Phone = "13800005678";

    [SkippableTheory]
    [InlineData("zh-CN", "正在换一位同事来帮你，不用重新排队")]
    [InlineData("en", "A colleague takes over; you need not queue again")]
    public async Task A_conversation_is_handed_over_and_the_customer_reads_one_calm_line(string language, string calmLine)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, Screen.Phone);
        var first = await campus.Agent(language, Screen.Desktop, name: First);
        var second = await campus.Agent(language, Screen.Desktop, name: Second);
        await student.Ask("外卖超时了还没到");
        await first.StartWork();
        await first.AcceptByKey(Name);
        await first.Say(Name, "我查一下");
        await second.StartWork();

        await first.Page.Keyboard.PressAsync("Alt+KeyT");
        var dialog = first.Get("hand-over-dialog");
        await AgentSide.ChooseColleague(dialog, Second);
        await dialog.Locator("textarea").FillAsync("只有同事知道");
        await first.Get("hand-over-now").ClickAsync();
        await Assertions.Expect(first.Panes).ToHaveCountAsync(0);

        await second.AcceptByKey(Name);
        await Side.SeesWords(second.PaneOf(Name), "外卖超时了还没到", "我查一下");
        await Assertions.Expect(second.PaneOf(Name).Locator("[data-event=transferred]")).ToContainTextAsync("只有同事知道");
        await Assertions.Expect(second.PaneOf(Name).Locator("[data-test=handed-over]")).ToContainTextAsync("只有同事知道");
        await Assertions.Expect(student.Thread.Locator("[data-event=transferred]")).ToContainTextAsync(calmLine);
        await Assertions.Expect(student.Thread.Locator("[data-event=accepted]").Last).ToContainTextAsync(Second);
        await second.Say(Name, "我接着帮你");
        await Side.SeesWords(student.Thread, "外卖超时了还没到", "我查一下", "我接着帮你");
        (await student.Page.ContentAsync()).ShouldNotContain("只有同事知道");
        foreach (var side in (Side[])[student, first, second]) side.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_colleague_is_asked_reads_the_ticket_and_answers_and_the_customer_notices_nothing()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        var first = await campus.Agent("zh-CN", Screen.Desktop, name: First);
        var second = await campus.Agent("zh-CN", Screen.Desktop, name: Second);
        await student.Ask("退款三天了还没到账");
        await first.StartWork();
        await first.AcceptByKey(Name);
        await second.StartWork();

        await first.Page.Keyboard.PressAsync("Alt+KeyQ");
        var dialog = first.Get("ask-dialog");
        await dialog.Locator("textarea").FillAsync("这个渠道退款要几天？");
        await AgentSide.ChooseColleague(dialog, Second);
        await first.Get("ask-now").ClickAsync();
        await Assertions.Expect(first.PaneOf(Name).Locator("[data-test=open-question]")).ToContainTextAsync("这个渠道退款要几天？");

        await Side.Sees(second.Offers.Locator("[data-test=consult-tag]"));
        await second.AcceptByKey(First);
        await second.Get("read-subject").ClickAsync();
        await Side.SeesWords(second.PaneOf(Name), "退款三天了还没到账", "这个渠道退款要几天？");
        await second.Say(First, "五个工作日");
        await second.Resolve(First, "answered", "");

        await Assertions.Expect(first.PaneOf(Name).Locator("[data-internal=consultAnswered] .text")).ToHaveTextAsync("五个工作日");
        await Assertions.Expect(first.PaneOf(Name).Locator("[data-test=open-question]")).ToHaveCountAsync(0);
        await first.Say(Name, "五个工作日内到账");
        await Side.SeesWords(student.Thread, "退款三天了还没到账", "五个工作日内到账");
        (await student.Page.ContentAsync()).ShouldNotContain("这个渠道退款要几天");
        foreach (var side in (Side[])[student, first, second]) side.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Who_keeps_the_place_may_go_and_the_agent_sees_whom_to_call()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Ask("外卖超时了还没到");
        await student.Get("keep-place").ClickAsync();
        await student.Get("by-phone").ClickAsync();
        await student.Get("phone").FillAsync("一三八");
        await Assertions.Expect(student.Get("keep-place-now")).ToBeDisabledAsync();
        await student.Get("phone").FillAsync("138 0000 5678");
        await student.Get("keep-place-now").ClickAsync();
        await Assertions.Expect(student.Get("kept")).ToContainTextAsync("138****5678");
        await Side.Sees(student.Page.Locator("[data-event=placeKept]"));

        await agent.StartWork();
        await Side.Sees(agent.Offers.Locator("[data-test=hold-tag]"));
        await agent.AcceptByKey(Name);
        await Assertions.Expect(agent.Get("call-back")).ToContainTextAsync("138****5678");
        (await agent.Page.ContentAsync()).ShouldNotContain(Phone);
        await agent.Get("show-phone").ClickAsync();
        await Assertions.Expect(agent.Get("phone")).ToHaveTextAsync(Phone);
        await Side.Sees(agent.Page.Locator("[data-event=phoneShown]")); // and on record
        await Side.Sees(student.Get("calling"));
        await agent.Say(Name, "刚才和你通过电话了");
        await Assertions.Expect(agent.Get("call-back")).ToHaveCountAsync(0);
        student.Complaints.ShouldBeEmpty();
        agent.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_promise_is_seen_by_both_sides_and_a_note_by_one()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Ask("外卖超时了还没到");
        await agent.StartWork();
        await agent.AcceptByKey(Name);

        await agent.Page.Keyboard.PressAsync("Alt+KeyN");
        await agent.Say(Name, "这位同学上周也等了很久");
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-internal=note] .text")).ToHaveTextAsync("这位同学上周也等了很久");
        await agent.Page.Keyboard.PressAsync("Alt+KeyP");
        await agent.Get("promise-dialog").Locator("[data-minutes='20']").ClickAsync();
        var time = await agent.Get("promise-time").InputValueAsync();
        await agent.Get("promise-now").ClickAsync();

        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-clock=promise]")).ToContainTextAsync(time);
        await Assertions.Expect(student.Get("promise")).ToContainTextAsync(time);
        (await student.Page.ContentAsync()).ShouldNotContain("上周");
        await agent.Page.Keyboard.PressAsync("Alt+KeyN");
        await agent.Say(Name, "骑手到楼下了");
        await Side.SeesWords(student.Thread, "外卖超时了还没到", "骑手到楼下了");
        await Assertions.Expect(student.Get("promise")).ToHaveCountAsync(0);
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-clock=promise]")).ToHaveCountAsync(0);
    }

    [SkippableFact]
    public async Task A_missed_first_response_appears_before_the_supervisor()
    {
        await using var campus = demo.Campus(SpecialCampuses.Hasty);
        var supervisor = await campus.Supervisor("zh-CN", Screen.Desktop);
        await Side.Sees(supervisor.Get("figures"));
        await Assertions.Expect(supervisor.Get("alert")).ToHaveCountAsync(0);
        var student = await campus.Customer("zh-CN", Screen.Phone);
        await student.Ask("没有人回我");

        var alert = supervisor.Get("alert");
        await Assertions.Expect(alert).ToHaveCountAsync(1);
        await Assertions.Expect(alert).ToHaveAttributeAsync("data-clock", "firstResponse");
        await Assertions.Expect(alert).ToContainTextAsync("没有人回我");
        await Assertions.Expect(alert).ToContainTextAsync("无人接手");
        (await supervisor.AccessibilityFaults()).ShouldBeEmpty();
        await supervisor.Page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
        (await supervisor.SidewaysScroll()).ShouldBe(0);
        supervisor.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task At_night_the_customer_hears_when_we_open()
    {
        await using var campus = demo.Campus(SpecialCampuses.Night);
        var student = await campus.Customer("zh-CN", Screen.Phone);
        await student.Ask("有人吗");
        await Assertions.Expect(student.Position).ToHaveTextAsync("现在是休息时间，问题已经收到");
        await Assertions.Expect(student.Get("expected")).ToContainTextAsync("开始服务");
        await student.Get("keep-place").ClickAsync();
        await student.Get("keep-place-now").ClickAsync();
        await Side.Sees(student.Get("kept"));
    }
}
