using Microsoft.Playwright;
using Xunit.Abstractions;

namespace CampusCare.Browser.Tests;

/// <summary>The widget in a campus app's page of another origin: what the student page does, and nothing of the host page is touched.</summary>
[Collection(nameof(Demo))]
public sealed class WidgetTests(Demo demo, ITestOutputHelper output)
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

    [SkippableTheory]
    [InlineData("en", true, true)]
    [InlineData("zh-CN", false, false)]
    public async Task Who_waits_sends_pictures_keeps_the_place_and_finds_both_on_the_next_page(string language, bool small, bool dark)
    {
        await using var campus = demo.Campus();
        var student = await campus.Widget(language, (small ? Screen.Phone : Screen.Desktop) with { Dark = dark }, attributes: "data-phone=\"400-820-0000\"");
        await student.Page.Locator("[data-campuscare-open]").DispatchEventAsync("click");
        (await student.Get("order").InputValueAsync()).ShouldBe("CF-2048", "the order that the page shows");
        (await student.Get("call").GetAttributeAsync("href")).ShouldBe("tel:400-820-0000");
        await student.Ask("汤洒了，看图");
        await student.Get("picture-file").SetInputFilesAsync(new FilePayload { Name = "a.png", MimeType = "image/png", Buffer = await student.Png(640, 480) });
        await Assertions.Expect(student.Page.Locator("[data-test=picture-bubble][data-kept]")).ToHaveCountAsync(1);
        await student.Get("keep-place").ClickAsync();
        await student.Get("by-phone").ClickAsync();
        await student.Get("phone").FillAsync("138 0000 5678");
        await Check(student, "keeping the place");
        await student.Get("keep-place-now").ClickAsync();
        await Assertions.Expect(student.Get("kept")).ToContainTextAsync("138****5678");
        await Check(student, "a kept place");

        // Another page of the host: the widget is where the matter is, without a question asked again.
        await student.Page.ReloadAsync();
        await student.Tap();
        await student.Page.Locator(".ticket-top, [data-test=ticket]").First.ClickAsync();
        await Assertions.Expect(student.Get("kept")).ToContainTextAsync("138****5678");
        await Assertions.Expect(student.Get("picture-shown")).ToHaveCountAsync(1);
        await student.Get("picture-shown").ClickAsync();
        await Side.Sees(student.Get("picture-large"));
        await student.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(student.Get("picture-large")).ToBeHiddenAsync();
        await Side.Sees(student.Get("panel"));
        await student.Page.Locator(".back").ClickAsync();
        await Assertions.Expect(student.Get("ticket").Locator(".progress")).ToHaveAttributeAsync("data-phase", "waiting");
        student.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_keyboard_opens_it_asks_and_comes_back_to_where_it_was()
    {
        await using var campus = demo.Campus();
        var student = await campus.Widget("en", Screen.Desktop);
        await student.Get("launcher").FocusAsync();
        await student.Page.Keyboard.PressAsync("Enter");
        await Side.Sees(student.Page.Locator("#question"));
        await student.Page.Keyboard.PressAsync("Tab");
        await student.Page.Keyboard.TypeAsync("Where is my lunch?");
        await student.Page.Keyboard.PressAsync("Control+Enter");
        await student.IsIn("waiting");
        await student.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(student.Get("panel")).ToHaveCountAsync(0);
        await Assertions.Expect(student.Get("launcher")).ToBeFocusedAsync();
        (await student.KeysHeard()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task What_an_agent_writes_while_the_panel_is_closed_is_counted_on_the_button()
    {
        await using var campus = demo.Campus();
        var student = await campus.Widget("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Tap();
        await student.Ask("少送了一份");
        await student.IsIn("waiting");
        await student.Get("close").ClickAsync();
        await agent.StartWork();
        await agent.AcceptByKey(Name);
        await agent.Say(Name, "在的");
        await Assertions.Expect(student.Get("launcher")).ToHaveAttributeAsync("aria-label", "联系客服，1 条新消息");
        await Check(student, "news");
        await student.Tap();
        await Side.SeesWords(student.Thread, "少送了一份", "在的");
        await student.Get("close").ClickAsync();
        await Assertions.Expect(student.Get("launcher")).ToHaveAttributeAsync("aria-label", "联系客服");
    }

    [SkippableFact]
    public async Task A_refused_token_is_replaced_by_the_page_s_next_one()
    {
        await using var campus = demo.Campus();
        var claims = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($$"""{"sub":"x","campus":"{{campus.Id}}","role":"Customer","name":"x","kind":"Student","exp":9999999999}""")).TrimEnd('=');
        var student = await campus.Widget("zh-CN", Screen.Phone, token: $"e30.{claims}.e30");
        await student.Get("launcher").ClickAsync();
        await Side.Sees(student.Get("expired"));
        (await student.Page.EvaluateAsync<int>("() => app.asked")).ShouldBe(2, "once, and once more when it was refused");
        await Check(student, "expired");
        await student.Page.EvaluateAsync("good => { app.tokens = [good] }", campus.LastToken);
        await student.Get("expired").GetByRole(AriaRole.Button).ClickAsync();
        await student.Ask("想退款");
        await student.IsIn("waiting");
    }

    [SkippableFact]
    public async Task When_another_person_signs_in_nothing_of_the_first_one_stays()
    {
        await using var campus = demo.Campus();
        var student = await campus.Widget("zh-CN", Screen.Desktop);
        await student.Tap();
        await student.Ask("餐送错了");
        await student.IsIn("waiting");
        var other = await campus.Widget("zh-CN", Screen.Desktop, "小别");
        await student.Page.EvaluateAsync("""
            token => {
              app.tokens = [token]
              document.querySelector('script[data-campus]').dataset.token = 'changed'
            }
            """, campus.LastToken);
        await Assertions.Expect(student.Page.Locator(".hello h2")).ToContainTextAsync("小别");
        await Side.Sees(student.Page.Locator(".tickets .muted"));
        await student.Page.EvaluateAsync("() => { app.tokens = [null]; document.querySelector('script[data-campus]').dataset.token = '' }");
        await Side.Sees(student.Get("nobody"));
        await Check(student, "nobody");
        other.Complaints.ShouldBeEmpty();
        student.Complaints.ShouldBeEmpty();
    }

    // What a page pays for the widget, on a machine that does other things too: measured and printed, not judged.
    [SkippableFact]
    public async Task What_it_costs_is_measured()
    {
        await using var campus = demo.Campus();
        var student = await campus.Widget("zh-CN", Screen.Phone);
        await Side.Sees(student.Get("launcher"));
        var figures = await student.Page.EvaluateAsync<Dictionary<string, double>>("""
            async () => {
              const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
              const file = performance.getEntriesByType('resource').find((entry) => entry.name.endsWith('/widget.js'))
              const begun = performance.now()
              document.querySelector('campuscare-widget').shadowRoot.querySelector('[data-test=launcher]').click()
              await painted()
              return {
                'bytes on the wire': file.encodedBodySize,
                'bytes unpacked': file.decodedBodySize,
                'ms from the navigation to the script': Math.round(file.responseEnd),
                'ms from the tap to the painted panel': Math.round(performance.now() - begun),
                files: performance.getEntriesByType('resource').filter((entry) => new URL(entry.name).origin === new URL(file.name).origin && !entry.name.includes('/hubs/') && !entry.name.includes('/api/')).length,
              }
            }
            """);
        foreach (var (name, value) in figures) output.WriteLine($"{name}: {value}");
        figures["bytes on the wire"].ShouldBeInRange(1, 60_000);
        figures["files"].ShouldBe(1);
    }

    private static async Task Check(WidgetSide side, string where, string? mark = null)
    {
        if (mark is not null) await Side.Sees(side.Get(mark).First);
        (await side.Faults()).ShouldBeEmpty(where);
        await side.Keep(where);
    }
}
