using System.Text.Json;
using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>Pictures as evidence: chosen, pasted or dropped, seen by both sides, sent again when the network failed.</summary>
[Collection(nameof(Demo))]
public sealed class EvidenceTests(Demo demo)
{
    private const string Name = "小测";

    [SkippableTheory]
    [InlineData("zh-CN", true, "我发的图片", "小测")]
    [InlineData("en", false, "A picture from me", "A picture from 小测")]
    public async Task A_customer_s_picture_is_seen_by_both_sides_small_and_large(string language, bool small, string mine, string theirs)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, small ? Screen.Phone : Screen.Desktop);
        var agent = await campus.Agent(language, Screen.Desktop);
        await student.Ask("汤洒了，看图");
        await student.Get("picture-file").SetInputFilesAsync(File("a.png", "image/png", await student.Png(640, 480)));
        await Kept(student);
        await Loaded(student.Get("picture-shown"));
        await Assertions.Expect(student.Get("picture-progress")).ToHaveCountAsync(0);
        (await student.Get("picture-shown").GetAttributeAsync("alt"))!.ShouldBe(mine);
        (await student.Get("picture-shown").BoundingBoxAsync())!.Width.ShouldBeLessThanOrEqualTo(240);

        await agent.StartWork();
        await agent.AcceptByKey(Name);
        var shown = agent.PaneOf(Name).Locator("[data-test=picture-shown]");
        await Loaded(shown);
        (await shown.GetAttributeAsync("alt"))!.ShouldStartWith(theirs);
        await agent.PaneOf(Name).Locator("[data-test=picture-bubble] .open").ClickAsync();
        await Side.Sees(agent.PaneOf(Name).Locator("[data-test=picture-large]"));
        await agent.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-test=picture-large]")).ToBeHiddenAsync();

        // After a reload it comes from the server, and once.
        await student.Page.ReloadAsync();
        await Loaded(student.Get("picture-shown"));
        await Assertions.Expect(student.Get("picture-bubble")).ToHaveCountAsync(1);
        (await student.AccessibilityFaults()).ShouldBeEmpty();
        (await agent.AccessibilityFaults()).ShouldBeEmpty();
        (await student.SidewaysScroll()).ShouldBe(0);
        student.Complaints.ShouldBeEmpty();
        agent.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task An_agent_pastes_and_drops_pictures_and_a_note_takes_none()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await student.Ask("餐送错了");
        await agent.StartWork();
        await agent.AcceptByKey(Name);

        await Bring(agent.PaneOf(Name).Locator("[data-test=message]"), "paste", await agent.Png(40, 30));
        await Loaded(student.Get("picture-shown"));
        await Bring(agent.PaneOf(Name).Locator("[role=log]"), "drop", await agent.Png(50, 30));
        await Assertions.Expect(student.Get("picture-shown")).ToHaveCountAsync(2);
        (await student.Get("picture-shown").First.GetAttributeAsync("alt"))!.ShouldStartWith("小客");

        await agent.Page.Keyboard.PressAsync("Alt+KeyN");
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-test=picture]")).ToHaveCountAsync(0);
        await Bring(agent.PaneOf(Name).Locator("[data-test=message]"), "paste", await agent.Png(60, 30));
        await Assertions.Expect(agent.PaneOf(Name).Locator("[data-test=picture-bubble]")).ToHaveCountAsync(2);
    }

    [SkippableFact]
    public async Task What_fails_says_why_and_goes_out_when_it_is_sent_again()
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer("zh-CN", Screen.Phone);
        await student.Ask("少送了一份");
        await Side.Sees(student.Get("picture"));
        await student.Offline(true);
        await student.Get("picture-file").SetInputFilesAsync(File("a.png", "image/png", await student.Png(40, 30)));
        await Assertions.Expect(student.Page.Locator("[data-test=picture-bubble] .refusal")).ToContainTextAsync("网络断开了");
        await student.Offline(false);
        await student.Get("picture-retry").ClickAsync();
        await Assertions.Expect(student.Page.Locator("[data-test=picture-bubble] .refusal")).ToHaveCountAsync(0);
        await Kept(student);
        await student.Page.ReloadAsync();
        await Loaded(student.Get("picture-shown"));

        await student.Get("picture-file").SetInputFilesAsync(File("a.gif", "image/gif", [1, 2, 3]));
        await Assertions.Expect(student.Page.Locator("[data-test=picture-bubble] .refusal")).ToContainTextAsync("只能发 JPEG、PNG 或 WebP");
        await student.Get("picture-discard").ClickAsync();
        await student.Get("picture-file").SetInputFilesAsync(File("b.png", "image/png", [1, 2, 3]));
        await Assertions.Expect(student.Page.Locator("[data-test=picture-bubble] .refusal")).ToContainTextAsync("没法识别");
        await student.Get("picture-discard").ClickAsync();
        await Assertions.Expect(student.Get("picture-bubble")).ToHaveCountAsync(1);
    }

    private static FilePayload File(string name, string type, byte[] bytes) => new() { Name = name, MimeType = type, Buffer = bytes };

    /// <summary>Waits until the conversation has a picture, so that what is on its way isn't meant.</summary>
    private static Task Kept(Side side) => Side.Sees(side.Page.Locator("[data-test=picture-bubble][data-kept]").First);

    private static Task Loaded(ILocator picture) => picture.First.EvaluateAsync<JsonElement?>("async (image) => { await image.decode(); if (image.naturalWidth === 0) throw new Error('not loaded') }");

    /// <summary>Pastes or drops a file, as a browser would.</summary>
    private static Task Bring(ILocator target, string what, byte[] png) => target.EvaluateAsync(
        """
        (target, [what, base64]) => {
          const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
          const data = new DataTransfer()
          data.items.add(new File([bytes], 'a.png', { type: 'image/png' }))
          const event = what === 'paste'
            ? new ClipboardEvent(what, { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent(what, { dataTransfer: data, bubbles: true, cancelable: true })
          target.dispatchEvent(event)
        }
        """, new[] { what, Convert.ToBase64String(png) });
}
