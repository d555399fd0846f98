using System.Net;
using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>An administrator changes the campus while it works.</summary>
[Collection(nameof(Demo))]
public sealed class AdminTests(Demo demo)
{
    private const string Queue = "#/queues/general";

    [SkippableTheory]
    [InlineData("zh-CN", false)]
    [InlineData("en", true)]
    public async Task A_queue_is_changed_while_a_contact_waits_and_the_contact_gets_its_agent(string language, bool phone)
    {
        await using var campus = demo.Campus(SpecialCampuses.Choosy);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await agent.StartWork();
        var student = await campus.Customer("zh-CN", Screen.Phone, "小等");
        await student.Ask("我想问一件别的事");
        await student.IsIn("waiting");
        var admin = await campus.Admin(language, phone ? Screen.Phone : Screen.Desktop with { Dark = true }, Queue);
        await admin.Get("add-ring").ClickAsync();
        (await admin.AccessibilityFaults()).ShouldBeEmpty();
        (await admin.SidewaysScroll()).ShouldBe(0);
        await Assertions.Expect(agent.Offers).ToHaveCountAsync(0);

        // What can't be is said at its field, in place of being sent.
        await Field(admin, "rings.0.afterSeconds").FillAsync("0");
        await admin.Get("save").ClickAsync();
        await Assertions.Expect(Field(admin, "rings.0.afterSeconds")).ToBeFocusedAsync();
        await Assertions.Expect(Field(admin, "rings.0.afterSeconds")).ToHaveAttributeAsync("aria-invalid", "true");
        await admin.Keep($"admin-queue-wrong-{language}");

        await Field(admin, "rings.0.afterSeconds").FillAsync("1");
        await admin.Page.Locator("[data-field='rings.0.without'] input[value='pod:quick']").CheckAsync();
        await admin.Get("save").ClickAsync();
        await Assertions.Expect(admin.Get("save")).ToBeDisabledAsync();
        await agent.AcceptByKey("小等");
        await student.IsIn("assigned");

        await ReadsTheTrail(admin, language, phone);
        await admin.Page.EvaluateAsync("place => { location.hash = place }", Queue);
        await admin.Page.Locator("[data-ring='0'] header button").ClickAsync();
        await admin.Get("save").ClickAsync();
        await Assertions.Expect(admin.Get("save")).ToBeDisabledAsync();
        admin.Complaints.ShouldBeEmpty();
    }

    private static async Task ReadsTheTrail(Side admin, string language, bool phone)
    {
        if (phone) await admin.Get("section").SelectOptionAsync("audit");
        else await admin.Get("to-audit").ClickAsync();
        await admin.Get("action").SelectOptionAsync("queueChanged");
        await admin.Get("look").ClickAsync();
        await Side.Sees(admin.Page.Locator("tr[data-action=queueChanged]").First);
        await Assertions.Expect(admin.Page.Locator("tr[data-action=signedIn]")).ToHaveCountAsync(0);
        (await admin.AccessibilityFaults()).ShouldBeEmpty();
        await admin.Keep($"admin-audit-{language}");
    }

    [SkippableFact]
    public async Task Two_administrators_at_one_queue_hear_of_each_other_and_nothing_unsaved_is_lost()
    {
        await using var campus = demo.Campus(SpecialCampuses.Choosy);
        var one = await campus.Admin("zh-CN", Screen.Tablet, Queue);
        var other = await campus.Admin("en", Screen.Desktop, Queue);
        await Field(one, "offerSeconds").FillAsync("25");
        await Field(other, "offerSeconds").FillAsync("35");
        await one.Get("save").ClickAsync();
        await Assertions.Expect(one.Get("save")).ToBeDisabledAsync();
        await other.Get("save").ClickAsync();
        await Side.Sees(other.Get("conflict"));
        (await other.AccessibilityFaults()).ShouldBeEmpty();
        await other.Get("take-theirs").ClickAsync();
        await Assertions.Expect(Field(other, "offerSeconds")).ToHaveValueAsync("25");

        await Field(one, "offerSeconds").FillAsync("40");
        await one.Get("to-campus").ClickAsync();
        await Side.Sees(one.Get("ask"));
        (await one.AccessibilityFaults()).ShouldBeEmpty();
        await one.Get("stay").ClickAsync();
        await Assertions.Expect(Field(one, "offerSeconds")).ToHaveValueAsync("40");
        await one.Get("to-campus").ClickAsync();
        await one.Get("go").ClickAsync();
        await Side.Sees(one.Get("bot"));
        one.Page.Url.ShouldEndWith("#/campus");
    }

    [SkippableTheory]
    [InlineData("zh-CN", false)]
    [InlineData("en", true)]
    public async Task A_key_is_made_used_and_taken_back(string language, bool phone)
    {
        await using var campus = demo.Campus(SpecialCampuses.Choosy);
        var admin = await campus.Admin(language, phone ? Screen.Phone with { Dark = true } : Screen.Desktop, "#/keys");
        var form = admin.Get("new-key");
        var name = $"server {language}";
        await form.Locator("[data-field=name] input").FillAsync(name);
        await form.Locator("input[value='agents:read']").CheckAsync();
        await form.Locator("[data-test=save]").ClickAsync();
        var key = await admin.Get("key-secret").Locator("code").InnerTextAsync();
        (await campus.AgentsBy(key)).ShouldBe(HttpStatusCode.OK);
        (await admin.AccessibilityFaults()).ShouldBeEmpty();
        (await admin.SidewaysScroll()).ShouldBe(0);
        await admin.Keep($"admin-keys-{language}");

        await admin.Page.Locator("[data-key]").Filter(new() { HasText = name }).Locator("[data-test=revoke]").ClickAsync();
        await admin.Page.Locator("dialog[open] [data-test=go]").ClickAsync();
        await Side.Sees(admin.Page.Locator("[data-key]").Filter(new() { HasText = name }).Locator(".bad"));
        await IsRefused(campus, key);
        admin.Complaints.ShouldBeEmpty();
    }

    // A gateway believes what it found out a moment ago for 15 seconds.
    private static async Task IsRefused(TestCampus campus, string key)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        for (var i = 0; i < 120; i++)
        {
            if (await campus.AgentsBy(key) == HttpStatusCode.Unauthorized) return;
            await pause.WaitForNextTickAsync();
        }
        throw new TimeoutException("The key is still believed.");
    }

    private static ILocator Field(Side side, string name) => side.Page.Locator($"[data-field='{name}'] input");
}
