using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>An agent in the workspace.</summary>
public sealed class AgentSide(IBrowserContext context, Uri url) : Side(context, url)
{
    /// <summary>The offers on the desk.</summary>
    public ILocator Offers => Get("offer");

    /// <summary>The open conversations.</summary>
    public ILocator Panes => Get("pane");

    /// <summary>The pane of a customer.</summary>
    public ILocator PaneOf(string customer) => Page.Locator($"[data-test=pane][aria-label='{customer}']");

    /// <summary>Says that offers may come.</summary>
    public async Task StartWork()
    {
        await Get("start").ClickAsync();
        await Assertions.Expect(Get("status")).ToHaveValueAsync("available");
    }

    /// <summary>Takes the first offer with the keyboard.</summary>
    public async Task AcceptByKey(string customer)
    {
        await Sees(Offers.Filter(new() { HasText = customer }));
        await Page.Keyboard.PressAsync("Alt+KeyA");
        await Sees(PaneOf(customer));
    }

    /// <summary>Writes to a customer.</summary>
    public async Task Say(string customer, string text)
    {
        var message = PaneOf(customer).Locator("[data-test=message]");
        await message.FillAsync(text);
        await message.PressAsync("Enter");
    }

    /// <summary>Declares the conversation in focus solved, wrap-up and all.</summary>
    public async Task Resolve(string customer, string disposition, string note)
    {
        await PaneOf(customer).Locator("[data-test=resolve]").ClickAsync();
        await Choose(Get("resolve-dialog"), disposition);
        await Get("resolve-dialog").Locator("textarea").FillAsync(note);
        await Get("resolve-now").ClickAsync();
        await Assertions.Expect(PaneOf(customer)).ToHaveCountAsync(0);
    }

    /// <summary>Picks a disposition in a dialog or a pane.</summary>
    public static Task Choose(ILocator form, string disposition) => form.Locator($"label:has([data-choice={disposition}])").ClickAsync();

    /// <summary>Picks a colleague, by name, whom to hand a ticket to or to ask. One who is at work: those of other tests have left.</summary>
    public static Task ChooseColleague(ILocator dialog, string name) =>
        dialog.Locator("label.person.available").Filter(new() { HasText = name }).ClickAsync();

    public override async ValueTask DisposeAsync()
    {
        if (await Get("status").IsVisibleAsync() && await Get("status").InputValueAsync() == "available")
        {
            await Get("status").SelectOptionAsync("offline/offDuty");
            await Sees(Get("start"));
        }
        await base.DisposeAsync();
    }
}
