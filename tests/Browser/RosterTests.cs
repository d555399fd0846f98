using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>An administrator says who answers, while the campus works.</summary>
[Collection(nameof(Demo))]
public sealed class RosterTests(Demo demo)
{
    [SkippableTheory]
    [InlineData("zh-CN", false)]
    [InlineData("en", true)]
    public async Task An_agent_is_added_learns_a_skill_and_is_retired(string language, bool phone)
    {
        await using var campus = demo.Campus(SpecialCampuses.Choosy);
        var admin = await campus.Admin(language, phone ? Screen.Phone : Screen.Desktop, "#/agents");
        var id = phone ? "roster-phone" : "roster-desk";
        await admin.Get("new-agent").ClickAsync();
        await admin.Get("save").WaitForAsync();
        await Field(admin, "name").FillAsync("小周");
        await Field(admin, "agentId").FillAsync("with a space");
        await admin.Get("save").ClickAsync();
        await Assertions.Expect(Field(admin, "agentId")).ToBeFocusedAsync();
        await Assertions.Expect(Field(admin, "agentId")).ToHaveAttributeAsync("aria-invalid", "true");
        await admin.Page.Locator("[data-field=queues] input[value=general]").CheckAsync();
        await Side.Sees(admin.Get("lacking"));
        (await admin.AccessibilityFaults()).ShouldBeEmpty();
        (await admin.SidewaysScroll()).ShouldBe(0);
        await admin.Keep($"admin-agent-wrong-{language}");

        await Field(admin, "agentId").FillAsync(id);
        await admin.Get("add-skill").ClickAsync();
        await Assertions.Expect(Field(admin, "skills.0.skill")).ToHaveValueAsync("general");
        await admin.Get("save").ClickAsync();
        await Side.Sees(admin.Get("retire"));
        admin.Page.Url.ShouldEndWith("#/agents/" + id);

        await TeachesAndRetires(admin, language, id);
        admin.Complaints.ShouldBeEmpty();
    }

    private static async Task TeachesAndRetires(Side admin, string language, string id)
    {
        await admin.Page.Locator("[data-field='skills.0.level'] select").SelectOptionAsync("5");
        await Assertions.Expect(admin.Get("retire")).ToBeDisabledAsync();
        await admin.Page.EvaluateAsync("location.hash = '#/agents'");
        await Side.Sees(admin.Page.Locator("dialog[open]"));
        await admin.Page.Locator("dialog[open] [data-test=stay]").ClickAsync();
        await admin.Get("save").ClickAsync();
        await Assertions.Expect(admin.Get("save")).ToBeDisabledAsync();
        (await admin.AccessibilityFaults()).ShouldBeEmpty();
        await admin.Keep($"admin-agent-{language}");

        await admin.Get("retire").ClickAsync();
        await admin.Page.Locator("dialog[open] [data-test=go]").ClickAsync();
        await Side.Sees(admin.Get("is-retired"));
        await admin.Page.EvaluateAsync("location.hash = '#/agents'");
        var line = admin.Page.Locator("li").Filter(new() { Has = admin.Page.Locator($"[data-agent={id}]") });
        await Side.Sees(line.Locator(".bad"));
        await Assertions.Expect(line).ToContainTextAsync("5");
        (await admin.AccessibilityFaults()).ShouldBeEmpty();
        (await admin.SidewaysScroll()).ShouldBe(0);
        await admin.Keep($"admin-agents-{language}");
    }

    [SkippableFact]
    public async Task Who_gets_a_skill_while_at_work_is_offered_what_waited_for_it_and_is_not_retired_with_it_in_hand()
    {
        await using var campus = demo.Campus(SpecialCampuses.Choosy);
        var agent = await campus.Agent("zh-CN", Screen.Desktop);
        await agent.StartWork();
        var student = await campus.Customer("zh-CN", Screen.Phone, "小技");
        await student.Ask("我想问一件别的事");
        await student.IsIn("waiting");
        await Assertions.Expect(agent.Offers).ToHaveCountAsync(0);
        var admin = await campus.Admin("zh-CN", Screen.Desktop, "#/agents/" + campus.LastAgent);

        await admin.Page.Locator("[data-field=pods] input[value='pod:quick']").CheckAsync();
        await admin.Get("save").ClickAsync();
        await Assertions.Expect(admin.Get("save")).ToBeDisabledAsync();
        await agent.AcceptByKey("小技");
        await student.IsIn("assigned");

        await admin.Get("retire").ClickAsync();
        await admin.Page.Locator("dialog[open] [data-test=go]").ClickAsync();
        await Side.Sees(admin.Get("not-retired"));
        await admin.Keep("admin-agent-busy");
    }

    private static ILocator Field(Side side, string name) => side.Page.Locator($"[data-field='{name}'] input");
}
