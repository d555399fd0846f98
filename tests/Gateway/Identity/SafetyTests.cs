using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Pages;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CampusCare.Gateway.Tests.Identity;

/// <summary>What browsers are told, what the log must not have, and where a phone number must not show.</summary>
public sealed class SafetyTests : IAsyncLifetime
{
    private const string App = "https://app.example.edu";
    private const string Number = "13812345678";

    private readonly LogRecorder _log = new();
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync() => _gateway = await GatewayProcess.Start(
        new() { ["environment"] = "Test" }, services => services.AddSingleton<ILoggerProvider>(_log).AddLogging(static log => log.SetMinimumLevel(LogLevel.Trace)));

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Every_answer_has_safe_headers_whatever_it_is()
    {
        foreach (var path in new[] { "/", "/agent", "/supervisor", "/docs", "/docs/style.css", "/openapi/v1.json", "/demo/openid/jwks", "/nowhere", "/channels/sms/north", "/hubs/customer", "/api/v1/me", "/api/v1/sign-in", "/api/v1/campuses/north", "/health/live" })
        {
            var headers = (await _gateway.Get(path)).Headers;
            var policy = headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("script-src 'self';");
            policy.ShouldContain("object-src 'none'");
            policy.ShouldContain("connect-src 'self';");
            policy.ShouldContain(path == "/" ? "frame-ancestors 'self'" : "frame-ancestors 'none'");
            headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
            headers.GetValues("Permissions-Policy").Single().ShouldContain("camera=()");
            headers.Contains("Strict-Transport-Security").ShouldBeFalse("only a safe connection can promise that");
        }
    }

    [Fact]
    public async Task Another_site_may_call_and_embed_when_the_campus_says_so_and_only_for_that_campus()
    {
        (await Preflight("north", App)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse("nothing by default");
        var admin = _gateway.Token("boss", Role.CampusAdmin);
        foreach (var bad in new[] { "https://app.example.edu/", "app.example.edu", "*", "https://*.example.edu", "javascript:alert(1)", "https://a.example;script-src *", "null" })
            (await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/south/origins", _gateway.Token("b", Role.CampusAdmin, "south"), new { origins = new[] { bad } })).ShouldBeProblem(400, "invalid", "origins");
        (await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/lake/origins", admin, new { origins = new[] { App } })).ShouldBeProblem(404, "notFound");
        (await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/north/origins", admin, new { origins = new[] { App } })).Status.ShouldBe(HttpStatusCode.OK);
        var origins = new CampusOrigins(_gateway.Services.GetRequiredService<Gateway.UseCases.Cluster>(), TimeProvider.System);
        (await origins.Of("north")).ShouldBe([App]);
        (await origins.Of("south")).ShouldBeEmpty();
        (await origins.Of(null)).ShouldBeEmpty();
        (await origins.Of("No/rth")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_campus_says_reaches_the_browser()
    {
        await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/north/origins", _gateway.Token("boss", Role.CampusAdmin), new { origins = new[] { App } });
        var preflight = await Preflight("north", App);
        preflight.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([App]);
        preflight.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Idempotency-Key");
        preflight.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse();
        (await Preflight("north", "https://evil.example")).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        (await Preflight("south", App)).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        (await _gateway.Get("/?campus=north")).Headers.GetValues("Content-Security-Policy").Single().ShouldContain($"frame-ancestors 'self' {App}");
        (await _gateway.Get("/?campus=south")).Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("frame-ancestors 'self'");
        (await _gateway.Get("/agent?campus=north")).Headers.GetValues("Content-Security-Policy").Single().ShouldEndWith("frame-ancestors 'none'");
    }

    [Fact]
    public async Task No_secret_reaches_the_log()
    {
        var secrets = new Dictionary<string, string>
        {
            ["a customer's token"] = _gateway.Token("s1", phone: Number),
            ["an agent's token"] = _gateway.Token("li", Role.Agent),
            ["a token that is over"] = _gateway.Token("s2", lifetime: TimeSpan.FromMinutes(-9)),
            ["a key"] = await _gateway.Key(Scopes.WriteContacts),
            ["an unknown key"] = "cck_north_bbbbbbbbbb_" + new string('z', 52),
        };
        foreach (var token in secrets.Values)
        {
            foreach (var path in new[] { "/api/v1/me", "/api/v1/campuses/north/tickets", "/api/v1/campuses/south/tickets", "/hubs/customer", "/nowhere" })
            {
                await _gateway.Get(path, token);
                await _gateway.Get($"{path}?access_token={token}");
                await _gateway.Post(path, token, new { text = token, messageId = token });
                await _gateway.Post(path, null, "{\"broken\": \"" + token);
            }
            try
            {
                await using var hub = await _gateway.Connect(ClientKit.Hubs.Customer, token);
                await hub.InvokeAsync<object>("NoSuchMethod", token);
            }
            catch (Exception e) when (e is System.Net.WebSockets.WebSocketException or HubException or Client.RefusedException)
            {
                // Refused, as it should be.
            }
        }
        _log.Lines.ShouldNotBeEmpty();
        foreach (var (what, secret) in secrets)
        {
            var part = secret[^40..^5];
            _log.Lines.Where(line => line.Contains(part, StringComparison.Ordinal)).ShouldBeEmpty(what);
        }
        foreach (var key in new[] { "the north campus's key, long enough", Tokens.StaffKey })
            _log.Lines.Where(line => line.Contains(key, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_phone_number_shows_in_full_to_its_owner_and_to_the_agent_who_asked_for_it_on_record()
    {
        var owner = _gateway.Token("s1", phone: Number);
        await _gateway.Enroll("li");
        await using var agent = await _gateway.Connect(ClientKit.Hubs.Agent, _gateway.Token("li", Role.Agent));
        var pushed = new ConcurrentQueue<string>();
        var offered = new TaskCompletionSource<JsonElement>();
        foreach (var push in new[] { "DeskChanged", "TicketChanged", "OfferWithdrawn" }) agent.On<JsonElement>(push, news => pushed.Enqueue(news.ToString()));
        agent.On<JsonElement>("Offered", offer =>
        {
            pushed.Enqueue(offer.ToString());
            offered.TrySetResult(offer);
        });
        await agent.InvokeAsync<JsonElement>("Desk");
        await agent.InvokeAsync<JsonElement>("SetStatus", "available", null);
        var opened = await _gateway.Post("/api/v1/campuses/north/tickets", owner, new { text = "没送到" });
        opened.Body.ShouldContain(Number);
        var id = opened.Json.GetProperty("ticket").GetProperty("ticketId").GetString()!;
        var reservation = (await offered.Task.WaitAsync(GatewayProcess.Patience)).GetProperty("reservation").GetProperty("reservationId").GetString();

        var answers = new List<string>();
        foreach (var (method, args) in new (string, object?[])[]
        {
            ("Watch", [id, 0L]), ("Accept", [id, reservation]), ("Post", [id, "m1", "您好"]), ("Note", [id, "n1", "看过"]), ("Promise", [id, DateTimeOffset.UtcNow.AddHours(1), null]),
            ("Desk", []), ("CustomerTickets", [id]), ("Consult", [id, "q1", "要赔吗", "general", null]),
        }) answers.Add((await agent.InvokeCoreAsync<JsonElement>(method, args)).ToString());
        var path = $"/api/v1/campuses/north/tickets/{id}";
        var callers = StaffClaims.StaffRoles.Select(role => _gateway.Token("staff", role)).ToList();
        foreach (var scope in Scopes.All) callers.Add(await _gateway.Key(scope));
        foreach (var token in callers)
            foreach (var view in new[] { path, path + "/events", path + "/decisions", path + "/position", "/api/v1/campuses/north/agents", "/api/v1/campuses/north/settings", "/api/v1/campuses/north/audit", "/api/v1/campuses/north/keys", "/api/v1/me" })
                answers.Add((await _gateway.Get(view, token)).Body);
        answers.Count(static answer => answer.Contains("138****5678", StringComparison.Ordinal)).ShouldBeGreaterThan(10);
        answers.Concat(pushed).Where(static answer => answer.Contains(Number, StringComparison.Ordinal)).ShouldBeEmpty();

        var shown = await agent.InvokeAsync<JsonElement>("ShowPhone", id);
        shown.GetProperty("value").GetProperty("number").GetString().ShouldBe(Number);
        var log = await _gateway.Get($"/api/v1/campuses/north/audit?action=phoneShown&target={id}", _gateway.Token("boss", Role.CampusAdmin));
        log.Json.GetProperty("entries").EnumerateArray().Single().GetProperty("actor").GetString().ShouldBe("li");
        var history = (await _gateway.Get(path + "/events", _gateway.Token("boss", Role.CampusAdmin))).Json.GetProperty("events");
        history.EnumerateArray().Count(static happened => happened.GetProperty("type").GetString() == "phoneShown").ShouldBe(1);
    }

    private async Task<Heard> Preflight(string campus, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, $"/api/v1/campuses/{campus}/tickets");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,idempotency-key");
        using var response = await _gateway.Http.SendAsync(request);
        return await Heard.Of(response);
    }
}

/// <summary>Everything that anybody logs, at every level.</summary>
internal sealed class LogRecorder : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose()
    {
    }
}
