using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>An inspector looks at what was decided without a person, with the keyboard alone.</summary>
[Collection(nameof(Demo))]
public sealed class ReviewTests(Demo demo)
{
    [SkippableTheory]
    [InlineData("zh-CN", false)]
    [InlineData("en", true)]
    public async Task Decisions_are_judged_one_after_the_other_and_counted(string language, bool dark)
    {
        await using var campus = demo.Campus(SpecialCampuses.Reviewed);
        var student = await campus.Customer(language, Screen.Phone);
        await student.Ask("我的退款几天能到账呀");
        await Side.Sees(student.Get("bot-helped"));
        var screen = Screen.Desktop with { Dark = dark };
        var inspector = await campus.Inspector(language, screen);
        await WithLines(inspector, 2);
        await Side.Sees(inspector.Get("sheet"));
        await Assertions.Expect(inspector.Get("sheet")).ToContainTextAsync("我的退款几天能到账呀");
        (await inspector.AccessibilityFaults()).ShouldBeEmpty();
        await inspector.Keep($"review-{language}");

        // The triage was right.
        await inspector.Page.Keyboard.PressAsync("r");
        await Assertions.Expect(inspector.Page.Locator("[data-review]")).ToHaveCountAsync(1);
        await Assertions.Expect(inspector.Get("sheet")).ToContainTextAsync("@");
        // The answer was not: said with a reason, typed at once.
        await inspector.Page.Keyboard.PressAsync("w");
        await Assertions.Expect(inspector.Get("reason")).ToBeFocusedAsync();
        await inspector.Page.Keyboard.TypeAsync("r and w are letters here");
        await Assertions.Expect(inspector.Get("reason")).ToHaveValueAsync("r and w are letters here");
        (await inspector.AccessibilityFaults()).ShouldBeEmpty();
        await inspector.Keep($"review-wrong-{language}");
        await inspector.Page.Keyboard.PressAsync("Enter");
        await Side.Sees(inspector.Get("done"));
        (await inspector.AccessibilityFaults()).ShouldBeEmpty();

        await inspector.Page.Keyboard.PressAsync("f");
        await Side.Sees(inspector.Get("figures").Locator("table").First);
        await Assertions.Expect(inspector.Get("figures")).ToContainTextAsync("100%");
        (await inspector.AccessibilityFaults()).ShouldBeEmpty();
        await inspector.Keep($"review-figures-{language}");
        inspector.Complaints.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_wrong_triage_is_corrected_and_the_page_fits_a_phone()
    {
        await using var campus = demo.Campus(SpecialCampuses.Reviewed);
        var student = await campus.Customer("zh-CN", Screen.Phone, "林小雨");
        await student.Ask("林小雨的奶茶被骑手喝了，电话13912345678");
        await student.IsIn("waiting");
        var inspector = await campus.Inspector("zh-CN", Screen.Phone);
        await WithLines(inspector, 1);
        await inspector.Page.Locator("[data-review]").Last.ClickAsync();
        await Assertions.Expect(inspector.Get("sheet")).ToContainTextAsync("奶茶被骑手喝了");
        await inspector.Get("wrong").ClickAsync();
        await Assertions.Expect(inspector.Get("send")).ToBeDisabledAsync();
        await inspector.Get("category").SelectOptionAsync("praise");
        await inspector.Get("sentiment").SelectOptionAsync("positive");
        (await inspector.AccessibilityFaults()).ShouldBeEmpty();
        (await inspector.SidewaysScroll()).ShouldBe(0);
        await inspector.Keep("review-phone");
        await inspector.Get("send").ClickAsync();
        await inspector.Get("to-figures").ClickAsync();
        await Side.Sees(inspector.Get("corrections"));
        var file = await inspector.Page.RunAndWaitForDownloadAsync(() => inspector.Get("corrections").ClickAsync());
        var saved = await File.ReadAllTextAsync(await file.PathAsync());
        saved.ShouldContain("某某某的奶茶被骑手喝了，电话00000000000\tPraise\tPositive");
        inspector.Complaints.ShouldBeEmpty();
    }

    // A sample is a hint: it may come a moment after the contact.
    private static async Task WithLines(Side inspector, int count)
    {
        for (var i = 0; i < 100; i++)
        {
            await Assertions.Expect(inspector.Get("look-again")).ToBeEnabledAsync();
            if (await inspector.Page.Locator("[data-review]").CountAsync() >= count) return;
            await inspector.Get("look-again").ClickAsync();
        }
        throw new TimeoutException($"There are no {count} reviews.");
    }
}
