using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CampusCare.ClientKit;
using CampusCare.Contracts;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Domain;
using CampusCare.Domain.Triage;
using CampusCare.Gateway.Identity;
using CampusCare.OrderService;
using CampusCare.Silo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Gateway.Tests;

/// <summary>The whole thing in one process: real grains, SQLite in a folder of its own, Kestrel on a free port, two campuses.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    public const string Campus = "north";
    public const string OtherCampus = "south";

    /// <summary>A guard against waiting for ever; no test is meant to come near it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("campuscare-gateway-");

    /// <summary>Where its database is.</summary>
    public string Folder => _folder.FullName;

    private WebApplication _app = null!;

    public Uri Url { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public DirectoryInfo Evidence => new(Path.Combine(_folder.FullName, "evidence"));

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public static async Task<GatewayProcess> Start(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null)
    {
        var process = new GatewayProcess();
        await process.Run(settings ?? [], services);
        return process;
    }

    /// <summary>With orders, and somebody who pays remedies.</summary>
    public static Task<GatewayProcess> StartWithOrders(OrderServiceHost orders) => Start(new Dictionary<string, string?>
    {
        ["Orders:Endpoint"] = orders.Address.ToString(),
        ["Orders:Key"] = orders.Key,
        ["Remedies:Endpoint"] = orders.Address.ToString(),
        ["Remedies:Key"] = orders.Key,
    });

    /// <summary>A token as the campus app or the sign-in service would make it.</summary>
    public string Token(string sub, Role role = Role.Customer, string campus = Campus, TimeSpan? lifetime = null, string? phone = null, CustomerTier tier = CustomerTier.Standard) =>
        Services.GetRequiredService<TokenIssuer>().Issue(new Caller(campus, sub, $"{sub}的名字", role, CustomerRole.Student, phone, tier), lifetime)!.Token;

    /// <summary>An API key of a campus with one scope.</summary>
    public async Task<string> Key(string scope, string campus = Campus, DateTimeOffset? expires = null)
    {
        var (id, key) = ApiKeys.Make(campus);
        (await Grains.ApiKeys(campus).Create(new(id, "a test's server", ApiKeys.Hash(key), [scope], expires, "boss"))).Refusal.ShouldBeNull();
        return key;
    }

    /// <summary>A page's connection to a hub, started.</summary>
    public async Task<HubConnection> Connect(string hub, string token)
    {
        var connection = ClientKit.Hubs.Connection(Url, hub, token);
        await connection.StartAsync();
        return connection;
    }

    /// <summary>Sends a request; a string body goes as it is, anything else as JSON.</summary>
    public async Task<Heard> Send(HttpMethod method, string path, string? token = null, object? body = null, string? key = null, string? customer = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        if (customer is not null) request.Headers.TryAddWithoutValidation(OnBehalf.Header, customer);
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (body is not null) request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await Http.SendAsync(request);
        return await Heard.Of(response);
    }

    public Task<Heard> Get(string path, string? token = null) => Send(HttpMethod.Get, path, token);

    public Task<Heard> Post(string path, string? token = null, object? body = null, string? key = null) => Send(HttpMethod.Post, path, token, body, key);

    /// <summary>A customer's new ticket, waiting.</summary>
    public async Task<string> Open(string customer, string text = "我的外卖一个小时了还没到", string campus = Campus)
    {
        var opened = await Post($"/api/v1/campuses/{campus}/tickets", Token(customer, campus: campus), new { text });
        opened.Status.ShouldBe(HttpStatusCode.Created, opened.Body);
        return opened.Json.GetProperty("ticket").GetProperty("ticketId").GetString()!;
    }

    /// <summary>An agent who may sign in, and serves all queues.</summary>
    public Task Enroll(string agent, int capacity = 3, string campus = Campus)
    {
        ImmutableArray<string> queues = ["delivery", "general"];
        return Grains.Campus(campus).Enroll(new AgentProfile(agent, $"坐席{agent}", queues, [.. queues.Select(queue => new SkillNeed(queue, 5))], capacity));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private async Task Run(Dictionary<string, string?> settings, Action<IServiceCollection>? services)
    {
        Url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = settings.GetValueOrDefault("environment") ?? Environments.Development });
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        var all = new Dictionary<string, string?>
        {
            ["urls"] = Url.ToString(),
            ["Storage:Provider"] = "Sqlite",
            ["Storage:Path"] = Path.Combine(_folder.FullName, "campuscare.db"),
            ["Evidence:Path"] = Path.Combine(_folder.FullName, "evidence"),
            ["Cluster:SiloPort"] = Ports.Free().ToString(),
            ["Cluster:GatewayPort"] = Ports.Free().ToString(),
            ["Identity:DemoIssuer"] = "true",
            ["Identity:DemoKey"] = Tokens.StaffKey,
            [$"Identity:CampusKeys:{Campus}"] = "the north campus's key, long enough",
            [$"Identity:CampusKeys:{OtherCampus}"] = "the south campus's key, long enough",
            ["Gateway:RateLimit:PerCustomerPerMinute"] = "0",
            ["Gateway:WebRoot"] = Path.Combine(_folder.FullName, "no-pages"),
        };
        foreach (var (key, value) in settings)
        {
            if (value is null) all.Remove(key);
            else all[key] = value;
        }
        builder.Configuration.AddInMemoryCollection(all);
        builder.AddCampusCareSilo();
        builder.Services.AddCampusCareGateway(builder.Configuration);
        services?.Invoke(builder.Services);
        _app = builder.Build();
        _app.MapCampusCareGateway();
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = Url };
        await Grains.Campus(Campus).Configure(Settings(Campus, "北苑校区"));
        await Grains.Campus(OtherCampus).Configure(Settings(OtherCampus, "南苑校区"));
    }

    private static CampusSettings Settings(string campus, string name) => new(campus, name, campus, "east",
    [
        new QueueSettings("delivery", "配送", "Delivery", [Category.LateDelivery, Category.RiderConduct]),
        new QueueSettings("general", "综合", "General", [Category.Other]),
    ]);
}

/// <summary>A response, read to its end.</summary>
public sealed record Heard(HttpStatusCode Status, HttpResponseHeaders Headers, string? MediaType, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static async Task<Heard> Of(HttpResponseMessage response) =>
        new(response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());

    /// <summary>Asserts a whole problem: the status, the code, the field, and words for a person.</summary>
    public void ShouldBeProblem(int status, string code, string? field = null)
    {
        ((int)Status).ShouldBe(status, Body);
        MediaType.ShouldBe("application/problem+json");
        Json.GetProperty("status").GetInt32().ShouldBe(status);
        Json.GetProperty("code").GetString().ShouldBe(code);
        Json.GetProperty("type").GetString().ShouldEndWith("/problems/" + code);
        Json.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        Json.GetProperty("detail").GetString()!.Length.ShouldBeGreaterThan(15);
        (Json.TryGetProperty("field", out var named) ? named.GetString() : null).ShouldBe(field);
    }
}

/// <summary>One process for all tests that don't change what others rely on.</summary>
public sealed class SharedProcess : IAsyncLifetime
{
    public GatewayProcess Process { get; private set; } = null!;

    public async Task InitializeAsync() => Process = await GatewayProcess.Start();

    public async Task DisposeAsync() => await Process.DisposeAsync();
}

[CollectionDefinition(nameof(SharedProcess))]
public sealed class SharedProcessTests : ICollectionFixture<SharedProcess>;
