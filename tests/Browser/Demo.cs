using CampusCare.ClientKit;
using CampusCare.PeakHour;
using Microsoft.Playwright;

namespace CampusCare.Browser.Tests;

/// <summary>All browser tests share one running demo and one Chromium; each test brings people of its own.</summary>
[CollectionDefinition(nameof(Demo))]
public sealed class DemoCollection : ICollectionFixture<Demo>;

/// <summary>The one-process host as <c>./campuscare demo</c> runs it, with the built pages, and a Chromium to look at them.</summary>
public sealed class Demo : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private static readonly string[] Campuses = ["north", "south", "lake"];

    private string? _missing;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("campuscare-browser-");
    private TalkingModel? _model;
    private DemoProcess? _host;
    private GatewayClient? _gateway;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private HostPage? _hostPage;
    private int _tests;

    /// <summary>Where the working copy is.</summary>
    public static string Home { get; } = FindHome();

    /// <summary>axe-core, which src/Web installs.</summary>
    public static string AxeScript { get; } = Path.Combine(Home, "src/Web/node_modules/axe-core/axe.min.js");

    /// <summary>Where the host listens.</summary>
    public Uri Url => _host!.Url;

    /// <summary>A campus app's page that embeds the widget; every campus trusts its origin.</summary>
    public HostPage HostPage => _hostPage!;

    public async Task InitializeAsync()
    {
        var pages = Path.Combine(Home, "src/Gateway/wwwroot");
        _missing =
            !File.Exists(Chromium) ? $"{Chromium} is missing: install Debian's chromium and fonts-noto-cjk."
            : !File.Exists(Path.Combine(pages, "index.html")) ? "The pages are not built: cd src/Web && npm ci && npm run build."
            : !File.Exists(AxeScript) ? "axe-core is missing: cd src/Web && npm ci."
            : null;
        if (_missing is not null) return;

        Environment.SetEnvironmentVariable("Gateway__WebRoot", pages);
        SpecialCampuses.AddTo(_data);
        _model = await TalkingModel.Start();
        _host = await DemoProcess.Start(Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll"), _data);
        _gateway = new GatewayClient(_host.Url);
        _hostPage = await HostPage.Start(_host.Url);
        foreach (var campus in Campuses.Concat(SpecialCampuses.All)) await Trust(campus, _hostPage.Origin);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_hostPage is not null) await _hostPage.DisposeAsync();
        _gateway?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
        if (_model is not null) await _model.DisposeAsync();
        _data.Delete(recursive: true);
    }

    /// <summary>A campus of the demo, or a special one, with people of its own for one test. Skips the test, saying why, when the browser or the pages are missing.</summary>
    public TestCampus Campus(string? special = null)
    {
        Skip.If(_missing is not null, _missing);
        var number = _tests++;
        return new TestCampus(this, special ?? Campuses[number % Campuses.Length], number);
    }

    internal async Task<string> Token(Person person) => (await _gateway!.SignIn(person)).Yes.Value;

    internal async Task Enroll(Person agent, int capacity)
    {
        var answer = await _gateway!.Enroll(agent, capacity);
        answer.Problem.ShouldBeNull();
    }

    internal async Task CloseTickets(string campus, string customer)
    {
        var tickets = $"api/v1/campuses/{campus}/tickets";
        var own = await _gateway!.Send<Summary[]>(HttpMethod.Get, tickets, customer, null, null, default);
        foreach (var ticket in own.Yes) await _gateway.Send<Summary>(HttpMethod.Post, $"{tickets}/{ticket.TicketId}/close", customer, null, null, default);
    }

    private async Task Trust(string campus, string origin)
    {
        var admin = await Token(new(campus, "CampusAdmin", "browser-admin", "管理员"));
        var answer = await _gateway!.Send<Settings>(HttpMethod.Put, $"api/v1/campuses/{campus}/origins", admin, new { origins = new[] { origin } }, null, default);
        answer.Problem.ShouldBeNull();
    }

    internal sealed record Settings(string Campus);

    internal sealed record Summary(string TicketId);

    // So that tests can ask a page's connections what arrived.
    private const string Connections =
        "window.connections = []; window.RTCPeerConnection = class extends RTCPeerConnection { constructor(...args) { super(...args); connections.push(this) } }";

    internal async Task<IBrowserContext> NewContext(Screen screen)
    {
        var context = await _browser!.NewContextAsync(OptionsOf(screen));
        await context.AddInitScriptAsync(Connections);
        return context;
    }

    private static BrowserNewContextOptions OptionsOf(Screen screen) => new()
    {
        ViewportSize = new() { Width = screen.Width, Height = screen.Height },
        IsMobile = screen.Touch,
        HasTouch = screen.Touch,
        DeviceScaleFactor = screen.Scale,
        ColorScheme = screen.Dark ? ColorScheme.Dark : ColorScheme.Light,
        ReducedMotion = ReducedMotion.Reduce,
        Locale = "en-US",
    };

    private static string FindHome()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CampusCare.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside a working copy.");
    }
}

/// <summary>What a person looks at.</summary>
public sealed record Screen(int Width, int Height, bool Touch = false, bool Dark = false, float Scale = 1)
{
    public static readonly Screen Phone = new(360, 740, Touch: true);
    public static readonly Screen Tablet = new(768, 1024);
    public static readonly Screen Desktop = new(1440, 900);
}
