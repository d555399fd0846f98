using System.Text.Json;
using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>One person's browser: a context of its own, one page, and what that page complained about.</summary>
public class Side : IAsyncDisposable
{
    /// <summary>A test fails when something takes longer. Generous: the machine may be busy.</summary>
    private const float GuardMilliseconds = 60_000;

    private readonly IBrowserContext _context;
    private readonly Uri _url;
    private readonly List<string> _complaints = [];

    public Side(IBrowserContext context, Uri url)
    {
        (_context, _url) = (context, url);
        context.SetDefaultTimeout(GuardMilliseconds);
        Assertions.SetDefaultExpectTimeout(GuardMilliseconds);
    }

    /// <summary>The page.</summary>
    public IPage Page { get; private set; } = null!;

    /// <summary>What the page logged as an error or threw: a blocked script, a failed command, a broken component.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Opens a page, with a sign-in link's token or without.</summary>
    public async Task Open(string address, string? token = null)
    {
        Page = await _context.NewPageAsync();
        Page.PageError += (_, error) => _complaints.Add(error);
        Page.Console += (_, message) =>
        {
            // That the network is away is no fault of the page.
            if (message.Type is "error" or "warning" && !message.Text.Contains("net::ERR_")) _complaints.Add(message.Text);
        };
        await Page.GotoAsync(new Uri(_url, address) + (token is null ? "" : $"#token={token}"));
    }

    /// <summary>The part of the page that carries this mark.</summary>
    public ILocator Get(string mark) => Page.Locator($"[data-test={mark}]");

    /// <summary>Cuts or restores the network.</summary>
    public Task Offline(bool away) => _context.SetOfflineAsync(away);

    /// <summary>Waits until this is on the screen.</summary>
    public static Task Sees(ILocator what) => Assertions.Expect(what).ToBeVisibleAsync();

    /// <summary>Waits until the words of the conversation are these, each once and in this order.</summary>
    public static Task SeesWords(ILocator thread, params string[] words) =>
        Assertions.Expect(thread.Locator("[data-test=bubble] .text")).ToHaveTextAsync(words);

    /// <summary>What axe-core finds serious or critical on the page, or in a part of it, as it stands.</summary>
    public async Task<IReadOnlyList<string>> AccessibilityFaults(string? part = null)
    {
        await Page.EvaluateAsync(await File.ReadAllTextAsync(Demo.AxeScript));
        var result = await Page.EvaluateAsync<JsonElement>("part => axe.run(part ?? document, { resultTypes: ['violations'] })", part);
        return
        [
            .. from violation in result.GetProperty("violations").EnumerateArray()
               where violation.GetProperty("impact").GetString() is "serious" or "critical"
               from node in violation.GetProperty("nodes").EnumerateArray()
               select $"{violation.GetProperty("id").GetString()}: {node.GetProperty("html").GetString()} {node.GetProperty("failureSummary").GetString()}",
        ];
    }

    /// <summary>A picture of the page for people to look at, where <c>CAMPUSCARE_SCREENSHOTS</c> names a folder.</summary>
    public async Task Keep(string name)
    {
        if (Environment.GetEnvironmentVariable("CAMPUSCARE_SCREENSHOTS") is not { } folder) return;
        var paper = await Page.EvaluateAsync<bool>("() => matchMedia('(prefers-color-scheme: dark)').matches") ? "dark" : "light";
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{Page.ViewportSize!.Width}-{paper}-{name}.png") });
    }

    /// <summary>A real picture, as the browser paints it.</summary>
    public async Task<byte[]> Png(int width, int height) => Convert.FromBase64String(await Page.EvaluateAsync<string>(
        """
        ([width, height]) => {
          const canvas = Object.assign(document.createElement('canvas'), { width, height })
          const paint = canvas.getContext('2d')
          paint.fillStyle = `rgb(200 ${width % 256} ${height % 256})`
          paint.fillRect(0, 0, width, height)
          return canvas.toDataURL('image/png').split(',')[1]
        }
        """, new[] { width, height }));

    /// <summary>How far the page can be scrolled sideways, in CSS pixels: 0 on a page that fits.</summary>
    public Task<int> SidewaysScroll() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _context.DisposeAsync();
    }
}
