using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>Something breaks: a supervisor says so, and a student on the page and one in a campus app know it without asking.</summary>
[Collection(nameof(Demo))]
public sealed class IncidentTests(Demo demo)
{
    [SkippableTheory]
    [InlineData("zh-CN", true, "支付暂时无法使用", "我们已经知道：支付暂时无法使用。", "已经恢复：支付暂时无法使用。")]
    [InlineData("en", false, "Payments are down", "We know: Payments are down.", "It is over: Payments are down.")]
    public async Task What_breaks_is_declared_seen_told_and_told_over(string language, bool dark, string title, string told, string over)
    {
        await using var campus = demo.Campus();
        var student = await campus.Customer(language, Screen.Phone with { Dark = dark });
        var app = await campus.Widget(language, Screen.Desktop);
        var boss = await campus.Supervisor(language, Screen.Desktop with { Dark = dark });
        await app.Get("launcher").ClickAsync();
        await Side.Sees(student.Get("ask"));

        await boss.Get("incident-declare").ClickAsync();
        await boss.Get("incident-category").SelectOptionAsync("refundAndPayment");
        await boss.Get("incident-titleZh").FillAsync("支付暂时无法使用");
        await boss.Get("incident-titleEn").FillAsync("Payments are down");
        (await boss.AccessibilityFaults()).ShouldBeEmpty();
        await boss.Get("incident-save").ClickAsync();
        await Assertions.Expect(student.Get("incidents")).ToContainTextAsync(title);
        await Assertions.Expect(app.Get("incident")).ToContainTextAsync(title);
        await student.Keep($"incident-{language}");
        await boss.Keep($"incident-{language}");
        (await student.AccessibilityFaults()).ShouldBeEmpty();
        (await student.SidewaysScroll()).ShouldBe(0);

        await student.Ask(language == "en" ? "My payment failed but the money was taken" : "付款失败了，扣了钱但是订单没有支付成功");
        await Assertions.Expect(student.Thread).ToContainTextAsync(told);
        await boss.Page.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
        (await boss.SidewaysScroll()).ShouldBe(0);
        await boss.Get("incident-end").ClickAsync();
        await Assertions.Expect(student.Thread).ToContainTextAsync(over);
        await Assertions.Expect(student.Get("incidents")).ToHaveCountAsync(0);
        await Assertions.Expect(app.Get("incident")).ToHaveCountAsync(0);
        foreach (var side in (Side[])[student, app, boss]) side.Complaints.ShouldBeEmpty();
    }
}
