using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>A customer on the student page.</summary>
public class CustomerSide(IBrowserContext context, Uri url) : Side(context, url)
{
    /// <summary>The conversation in view.</summary>
    public ILocator Thread => Page.Locator("[role=log]");

    /// <summary>The position in the line, in words.</summary>
    public ILocator Position => Get("position");

    /// <summary>Types a question and sends it.</summary>
    public async Task Ask(string question)
    {
        await Page.FillAsync("#question", question);
        await Get("ask").ClickAsync();
    }

    /// <summary>Taps a frequent reason and sends it; tells what it says.</summary>
    public async Task<string> AskByTapping(string reason, string orderNumber)
    {
        await Page.Locator($"[data-reason={reason}]").ClickAsync();
        var question = await Page.InputValueAsync("#question");
        await Get("order").FillAsync(orderNumber);
        await Get("ask").ClickAsync();
        return question;
    }

    /// <summary>Writes into the conversation.</summary>
    public async Task Say(string text)
    {
        await Get("message").FillAsync(text);
        await Get("send").ClickAsync();
    }

    /// <summary>Waits until the ticket is in this phase.</summary>
    public Task IsIn(string phase) => Assertions.Expect(Page.Locator(".ticket-top .progress")).ToHaveAttributeAsync("data-phase", phase);

    /// <summary>Gives stars and a comment.</summary>
    public async Task Rate(int stars, string comment)
    {
        await Page.Locator(".star-picker label").Nth(stars - 1).ClickAsync();
        await Get("comment").FillAsync(comment);
        await Get("rate").ClickAsync();
    }
}
