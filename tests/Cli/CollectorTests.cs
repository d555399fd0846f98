using System.Collections.Concurrent;
using System.Text;
using CampusCare.ClientKit;
using CampusCare.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CampusCare.Cli.Tests;

/// <summary>What goes to a collector over OTLP: the whole way of a contact, and nothing about whose it is.</summary>
public sealed class CollectorTests : IAsyncLifetime
{
    private const string Phone = "13800138000";
    private const string Name = "欧阳小夏";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("campuscare-collector-");
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> _sent = new();
    private readonly Uri _address = new($"http://127.0.0.1:{Ports.Free()}");
    private readonly WebApplication _collector;

    public CollectorTests()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(_address.ToString());
        _collector = builder.Build();
        _collector.Run(Keep);
    }

    public Task InitializeAsync() => _collector.StartAsync();

    public async Task DisposeAsync()
    {
        await _collector.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_contact_is_traced_to_the_database_and_nothing_personal_leaves()
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        await using var demo = ServerProcess.Start(Program, ["demo", "--no-bot", "--data", _data.FullName, "--urls", url.ToString()], new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _address.ToString(),
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_TRACES_SAMPLER"] = "always_on",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "300",
        });
        using var gateway = new GatewayClient(url);
        await demo.Until(() => gateway.IsReady(), Patience);
        var student = (await gateway.SignIn(new("north", "Customer", "traced-1", Name, "Student"))).Yes.Value;
        (await gateway.Open(student, "north", "traced", $"外卖超时了，请打{Phone}")).Yes.Ticket.Phase.ShouldBe("waiting");

        string[] traced = ["api/v1/campuses/{campus}/tickets", .. GrainEngine.Name == "Orleans" ? new[] { "ITicketGrain" } : []];
        await demo.Until(() => Task.FromResult(traced.All(part => Sent("/v1/traces").Any(body => body.Contains(part, StringComparison.Ordinal)))
            && Sent("/v1/metrics").Any(static body => body.Contains("campuscare.queue.waiting", StringComparison.Ordinal))), Patience);
        (await demo.Stop()).ShouldBe(0, demo.LastWords);
        var everything = string.Concat(_sent.Values.SelectMany(static bodies => bodies));
        new[] { Phone, Name, "外卖超时了", student }.Where(secret => everything.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
        Sent("/v1/traces").Count(static body => body.Contains("/health/ready", StringComparison.Ordinal)).ShouldBe(0);
    }

    private IEnumerable<string> Sent(string path) => _sent.GetValueOrDefault(path, []);

    private async Task Keep(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        // Strings stand in a protobuf message as they are.
        _sent.GetOrAdd(http.Request.Path, static _ => []).Add(Encoding.UTF8.GetString(body.ToArray()));
    }
}
