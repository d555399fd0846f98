using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>A customer in a campus app's page, with the widget.</summary>
public sealed class WidgetSide(IBrowserContext context, Uri url) : CustomerSide(context, url)
{
    /// <summary>Everything of the widget is in here, and nothing else.</summary>
    public const string Element = "campuscare-widget";

    /// <summary>Opens the panel.</summary>
    public async Task Tap()
    {
        await Get("launcher").ClickAsync();
        await Sees(Page.Locator("#question").Or(Page.Locator(".ticket-top")));
    }

    /// <summary>What axe finds in the widget; the host page's own faults are its own.</summary>
    public Task<IReadOnlyList<string>> Faults() => AccessibilityFaults(Element);

    /// <summary>The names that the page's global object has and had not before the widget came, but for those that axe brings.</summary>
    public Task<string[]> NewGlobals() => Page.EvaluateAsync<string[]>(
        "() => Object.getOwnPropertyNames(window).filter((name) => !['app', 'axe', '__core-js_shared__', ...app.before].includes(name))");

    /// <summary>The keys that the page's shortcuts heard.</summary>
    public Task<string[]> KeysHeard() => Page.EvaluateAsync<string[]>("() => app.keys");

    /// <summary>The page's own body, as it stands.</summary>
    public Task<string> Body() => Page.EvaluateAsync<string>("() => document.body.outerHTML");
}
