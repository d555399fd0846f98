using System.Text.RegularExpressions;
using CampusCare.ClientKit;
using CampusCare.PeakHour;
using CampusCare.Silo.Hosting;

namespace CampusCare.Cli.Tests;

/// <summary>What a process tells of itself, and what dashboards, alerts and pages say about it.</summary>
public sealed partial class MetricsTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll");
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("campuscare-metrics-");
    private readonly Uri _url = new($"http://127.0.0.1:{Ports.Free()}");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Every_metric_of_dashboard_alerts_and_page_is_told_by_a_process_at_work()
    {
        var told = await ScrapeAtWork();
        // The embedded engine has no meter of its own.
        var named = Named(Read("deploy/grafana/campuscare.json")).Concat(Named(Read("deploy/prometheus/alerts.yaml"))).Concat(Named(Read("docs/metrics.md"))).Distinct()
            .Where(static name => GrainEngine.Name == "Orleans" || !name.StartsWith("orleans_", StringComparison.Ordinal)).ToList();
        named.Count.ShouldBeGreaterThan(20);
        named.Except(told).ShouldBeEmpty();
        told.Where(static name => name.StartsWith("campuscare_", StringComparison.Ordinal)).Select(Family).Distinct()
            .Except(Named(Read("docs/metrics.md")).Select(Family)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_alert_has_a_runbook_and_every_runbook_an_alert()
    {
        var alerts = Alert().Matches(Read("deploy/prometheus/alerts.yaml")).Select(static alert => alert.Groups[1].Value).ToList();
        alerts.Count.ShouldBeGreaterThan(5);
        var pages = Directory.GetFiles(Path.Combine(Home, "docs/runbooks")).Select(Path.GetFileNameWithoutExtension).Where(static page => page != "README");
        pages.ShouldBe(alerts, ignoreOrder: true);
        foreach (var alert in alerts)
        {
            Read("docs/runbooks/README.md").ShouldContain($"({alert}.md)");
            // The page shows the very expression that fires.
            var expression = Regex.Match(Read("deploy/prometheus/alerts.yaml"), $@"alert: {alert}\n\s+expr: '(.*)'").Groups[1].Value;
            Read($"docs/runbooks/{alert}.md").ShouldContain(expression);
        }
    }

    [Fact]
    public async Task An_address_that_is_none_is_named()
    {
        await using var process = Start("somewhere");
        (await process.Ended()).ShouldBe(1);
        process.LastWords.ShouldContain("Metrics:Listen is 'somewhere': it must be an IP address with a port");
    }

    [Fact]
    public async Task A_line_with_somebody_in_it_wakes_by_itself_after_a_restart()
    {
        await using (var demo = Start($"127.0.0.1:{Ports.Free()}", "--urls", _url.ToString()))
        {
            using var gateway = new GatewayClient(_url);
            await demo.Until(() => gateway.IsReady(), StartTimeout);
            var student = (await gateway.SignIn(new("north", "Customer", "waiting-1", "小夏", "Student"))).Yes.Value;
            (await gateway.Open(student, "north", "waits", "外卖超时了")).Yes.Ticket.Phase.ShouldBe("waiting");
            (await demo.Stop()).ShouldBe(0, demo.LastWords);
        }
        // Nobody calls: no page is open, no agent at work, no contact comes.
        var metrics = $"127.0.0.1:{Ports.Free()}";
        await using var again = Start(metrics, "--urls", _url.ToString());
        using var http = new HttpClient();
        await again.Until(async () => await Scrape(http, metrics) is { } text && Waiting().IsMatch(text), StartTimeout);
        (await again.Stop()).ShouldBe(0, again.LastWords);
    }

    private static async Task<string?> Scrape(HttpClient http, string metrics)
    {
        try
        {
            return await http.GetStringAsync($"http://{metrics}/metrics");
        }
        catch (HttpRequestException)
        {
            return null; // Not up yet.
        }
    }

    [GeneratedRegex("campuscare_queue_waiting\\{[^}]*campus=\"north\"[^}]*\\} 1\\b")]
    private static partial Regex Waiting();

    [Fact]
    public void A_metric_that_nobody_tells_would_be_seen() =>
        Named("sum(rate(campuscare_queue_offers_total[1m])) + histogram_quantile(0.9, campuscare_no_such_bucket) - up{job=\"x\"}")
            .ShouldBe(["campuscare_queue_offers_total", "campuscare_no_such_bucket"]);

    private async Task<IReadOnlySet<string>> ScrapeAtWork()
    {
        var (metrics, url) = ($"127.0.0.1:{Ports.Free()}", _url);
        await using var demo = Start(metrics, "--urls", url.ToString());
        using var gateway = new GatewayClient(url);
        await demo.Until(() => gateway.IsReady(), StartTimeout);
        var options = new PeakOptions(new("none"), url, "north", Agents: 2, Capacity: 3, Rate: 50, Think: TimeSpan.Zero, Seed: 1, Json: null);
        await new PeakRun(options, [new TextLine("1", "外卖超时了")], url, TimeProvider.System, TextWriter.Null).Go(CancellationToken.None);

        using var http = new HttpClient();
        var text = await http.GetStringAsync($"http://{metrics}/metrics");
        (await http.GetAsync($"http://{metrics}/health/live")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        // The customers' port doesn't tell.
        using (var page = await http.GetAsync(new Uri(url, "metrics"))) (await page.Content.ReadAsStringAsync()).ShouldNotContain("campuscare_queue");
        text.ShouldContain("campus=\"north\"");
        (await demo.Stop()).ShouldBe(0, demo.LastWords);
        return Sample().Matches(text).Select(static sample => sample.Groups[1].Value).ToHashSet();
    }

    private ServerProcess Start(string metrics, params string[] more) =>
        ServerProcess.Start(Program, ["demo", "--no-bot", "--data", _data.FullName, .. more], new Dictionary<string, string> { ["Metrics__Listen"] = metrics });

    private static IReadOnlyList<string> Named(string text) => [.. Metric().Matches(text).Select(static name => name.Value).Distinct()];

    private static string Family(string name) => Suffix().Replace(name, "");

    private static string Read(string path) => File.ReadAllText(Path.Combine(Home, path));

    private static string Home
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "CampusCare.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }

    [GeneratedRegex(@"\b(?:campuscare|orleans|dotnet|kestrel|http_server)_[a-z0-9_]+\b")]
    private static partial Regex Metric();

    [GeneratedRegex(@"(?m)^(?:# TYPE )?([a-z_][a-z0-9_]*)")]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();
}
