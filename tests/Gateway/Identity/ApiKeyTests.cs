using System.Net;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Gateway.Identity;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests.Identity;

/// <summary>A campus's server calls with a key: it is made once, does what its scopes say, and ends when it is taken back.</summary>
public sealed class ApiKeyTests : IAsyncLifetime
{
    private const string Keys = "/api/v1/campuses/north/keys";
    private const string Tickets = "/api/v1/campuses/north/tickets";

    private readonly MovedClock _clock = new();
    private GatewayProcess _gateway = null!;
    private string _admin = null!;

    public async Task InitializeAsync()
    {
        _gateway = await GatewayProcess.Start(services: services => services.AddSingleton<TimeProvider>(_clock));
        _admin = _gateway.Token("boss", Role.CampusAdmin);
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        var made = await _gateway.Post(Keys, _admin, new { name = "the app's server", scopes = new[] { "contacts:write", "contacts:write", "tickets:read" } });
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body);
        made.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var key = made.Json.GetProperty("key").GetString()!;
        var id = made.Json.GetProperty("about").GetProperty("keyId").GetString()!;
        key.ShouldStartWith($"cck_north_{id}_");
        key.Length.ShouldBeGreaterThan(60);
        made.Json.GetProperty("about").GetProperty("scopes").GetArrayLength().ShouldBe(2);
        made.Json.GetProperty("about").GetProperty("createdBy").GetString().ShouldBe("boss");

        (await _gateway.Get(Tickets + "/0123456789abcdef", key)).ShouldBeProblem(404, "notFound");
        var listed = await _gateway.Get(Keys, _admin);
        listed.Body.ShouldNotContain(key[^20..]);
        listed.Json[0].GetProperty("lastUsedAt").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1));
        var stored = string.Concat(Directory.GetFiles(_gateway.Folder, "*.db*").Select(static file => File.ReadAllText(file, System.Text.Encoding.Latin1)));
        stored.ShouldContain(ApiKeys.Hash(key));
        stored.ShouldNotContain(key[^20..]);
    }

    [Fact]
    public async Task The_same_request_makes_one_key_however_often_it_is_sent()
    {
        object wanted = new { name = "the app's server", scopes = new[] { "agents:read" } };
        var lost = await _gateway.Post(Keys, _admin, wanted, key: "req-1");
        var heard = await _gateway.Post(Keys, _admin, wanted, key: "req-1");
        heard.Status.ShouldBe(HttpStatusCode.Created, heard.Body);
        (await _gateway.Get(Keys, _admin)).Json.GetArrayLength().ShouldBe(1);
        (await _gateway.Get("/api/v1/campuses/north/agents", KeyOf(lost))).ShouldBeProblem(401, "unauthorized");
        (await _gateway.Get("/api/v1/campuses/north/agents", KeyOf(heard))).Status.ShouldBe(HttpStatusCode.OK);

        (await _gateway.Post(Keys, _admin, wanted, key: "req-1")).ShouldBeProblem(400, "invalid", "Idempotency-Key"); // it is in use
        (await _gateway.Post(Keys, _admin, new { name = "another", scopes = new[] { "agents:read" } }, key: "req-1")).ShouldBeProblem(400, "invalid", "Idempotency-Key");
        (await _gateway.Post(Keys, _admin, wanted, key: "a b")).ShouldBeProblem(400, "invalid", "Idempotency-Key");
        (await _gateway.Get("/api/v1/campuses/north/agents", KeyOf(heard))).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Post(Keys, _admin, wanted, key: "req-2")).Status.ShouldBe(HttpStatusCode.Created);
        (await _gateway.Get(Keys, _admin)).Json.GetArrayLength().ShouldBe(2);
    }

    private static string KeyOf(Heard made) => made.Json.GetProperty("key").GetString()!;

    [Theory]
    [InlineData("name", """{"scopes":["tickets:read"]}""")]
    [InlineData("scopes", """{"name":"x","scopes":[]}""")]
    [InlineData("scopes", """{"name":"x","scopes":["everything"]}""")]
    [InlineData("expiresAt", """{"name":"x","scopes":["tickets:read"],"expiresAt":"2020-01-01T00:00:00Z"}""")]
    public async Task What_can_not_be_made_is_refused_with_its_field(string field, string body) =>
        (await _gateway.Post(Keys, _admin, body)).ShouldBeProblem(400, "invalid", field);

    [Fact]
    public async Task A_key_that_was_taken_back_opens_nothing_within_the_stated_time()
    {
        var key = await _gateway.Key(Scopes.ReadAgents);
        var id = ApiKeys.Read(key)!.Value.Id;
        (await _gateway.Get("/api/v1/campuses/north/agents", key)).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Send(HttpMethod.Delete, $"{Keys}/{id}", _admin)).Json.GetProperty("revokedBy").GetString().ShouldBe("boss");
        _clock.Move(ApiKeyHandler.BelievedFor);
        (await _gateway.Get("/api/v1/campuses/north/agents", key)).ShouldBeProblem(401, "unauthorized");
        (await _gateway.Send(HttpMethod.Delete, $"{Keys}/{id}", _admin)).Status.ShouldBe(HttpStatusCode.OK, "repeating is harmless");
        (await _gateway.Send(HttpMethod.Delete, $"{Keys}/none", _admin)).ShouldBeProblem(404, "notFound");
    }

    [Fact]
    public async Task A_key_ends_in_its_time_and_a_near_miss_is_a_miss()
    {
        var key = await _gateway.Key(Scopes.ReadAgents, expires: _clock.GetUtcNow().AddSeconds(5));
        (await _gateway.Get("/api/v1/campuses/north/agents", key)).Status.ShouldBe(HttpStatusCode.OK);
        _clock.Move(TimeSpan.FromSeconds(6));
        (await _gateway.Get("/api/v1/campuses/north/agents", key)).ShouldBeProblem(401, "unauthorized");
        var other = await _gateway.Key(Scopes.ReadAgents);
        (await _gateway.Get("/api/v1/campuses/north/agents", other[..^1] + (other[^1] == 'a' ? 'b' : 'a'))).ShouldBeProblem(401, "unauthorized");
        (await _gateway.Get("/api/v1/campuses/south/agents", other.Replace("cck_north", "cck_south"))).ShouldBeProblem(401, "unauthorized");
    }

    [Fact]
    public async Task A_server_acts_for_the_customer_whom_it_names()
    {
        var key = await _gateway.Key(Scopes.WriteContacts);
        object contact = new { text = "外卖一个小时没到", customer = new { name = "小林", kind = "rider", phone = "13812345678", tier = "vip" } };
        (await _gateway.Post(Tickets, key, contact)).ShouldBeProblem(400, "invalid", OnBehalf.Header);
        foreach (var reserved in new[] { "a b", "south/li", "agent:li", "" })
            (await _gateway.Send(HttpMethod.Post, Tickets, key, contact, customer: reserved)).ShouldBeProblem(400, "invalid", OnBehalf.Header);
        var opened = await _gateway.Send(HttpMethod.Post, Tickets, key, contact, customer: "s7");
        opened.Status.ShouldBe(HttpStatusCode.Created, opened.Body);
        var ticket = opened.Json.GetProperty("ticket");
        ticket.GetProperty("customer").GetProperty("role").GetString().ShouldBe("rider");
        ticket.GetProperty("customer").GetProperty("phone").GetString().ShouldBe("138****5678");
        var path = $"{Tickets}/{ticket.GetProperty("ticketId").GetString()}";
        (await _gateway.Send(HttpMethod.Post, path + "/messages", key, new { messageId = "m1", text = "还没到" }, customer: "s7")).Status.ShouldBe(HttpStatusCode.Created);
        (await _gateway.Send(HttpMethod.Post, path + "/messages", key, new { messageId = "m2", text = "还没到" }, customer: "s8")).ShouldBeProblem(404, "notFound");
        (await _gateway.Send(HttpMethod.Get, path, key, customer: "s7")).ShouldBeProblem(403, "forbidden");

        var reader = await _gateway.Key(Scopes.ReadTickets);
        var read = await _gateway.Get(path + "/events", reader);
        read.Json.GetProperty("ticket").GetProperty("customer").GetProperty("phone").GetString().ShouldBe("138****5678");
        (await _gateway.Send(HttpMethod.Get, Tickets, reader, customer: "s7")).Json.GetArrayLength().ShouldBe(1);
        (await _gateway.Send(HttpMethod.Get, path, reader, customer: "s8")).ShouldBeProblem(404, "notFound");
        // The customer's own token finds the same ticket; and can't name somebody else.
        (await _gateway.Get(path, _gateway.Token("s7"))).Status.ShouldBe(HttpStatusCode.OK);
        (await _gateway.Post(Tickets, _gateway.Token("s7"), contact)).ShouldBeProblem(400, "invalid", "customer");
        (await _gateway.Send(HttpMethod.Get, path, _gateway.Token("s8"), customer: "s7")).ShouldBeProblem(404, "notFound");
    }

    [Fact]
    public async Task What_staff_do_is_on_record_and_only_for_those_who_run_the_campus()
    {
        await _gateway.Enroll("audited");
        var agent = _gateway.Token("audited", Role.Agent);
        await using (var hub = await _gateway.Connect(ClientKit.Hubs.Agent, agent))
        {
            await hub.InvokeCoreAsync<object>("SetStatus", ["break", "我去医院"]);
            await hub.InvokeCoreAsync<object>("ShowPhone", ["0123456789abcdef"]);
            await hub.InvokeCoreAsync<object>("Transfer", ["0123456789abcdef", "general", null, "客户电话 13812345678"]);
        }
        await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/north/queues/general", _gateway.Token("lead", Role.Supervisor), new { nameZh = "综合", nameEn = "General", categories = new[] { "other" } });
        var made = await _gateway.Post(Keys, _admin, new { name = "x", scopes = new[] { "audit:read" } });
        await _gateway.Send(HttpMethod.Put, "/api/v1/campuses/north/origins", _admin, new { origins = Array.Empty<string>() });
        await _gateway.Send(HttpMethod.Delete, $"{Keys}/{made.Json.GetProperty("about").GetProperty("keyId").GetString()}", _admin);

        var log = await _gateway.Get("/api/v1/campuses/north/audit?limit=200", _admin);
        var entries = log.Json.GetProperty("entries").EnumerateArray()
            .Select(static entry => string.Join(' ', new[] { "actor", "role", "action", "detail", "outcome" }.Select(field => entry.GetProperty(field).GetString())))
            .Reverse().ToList();
        entries.Where(static entry => !entry.StartsWith("boss", StringComparison.Ordinal)).ShouldBe(
        [
            "audited Agent signedIn  done", "audited Agent statusSet Break done", "audited Agent phoneShown  notFound", "audited Agent ticketTransferred general notFound",
            "lead Supervisor signedIn  done", "lead Supervisor queueChanged  done",
        ]);
        entries.Where(static entry => entry.StartsWith("boss", StringComparison.Ordinal)).ShouldBe(
        [
            "boss CampusAdmin signedIn  done", "boss CampusAdmin keyCreated audit:read done", "boss CampusAdmin originsChanged  done", "boss CampusAdmin keyRevoked  done",
        ]);
        log.Body.ShouldNotContain("医院");
        log.Body.ShouldNotContain("13812345678");
        log.Json.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("seq").GetInt64()).Reverse().ShouldBe(Enumerable.Range(1, entries.Count).Select(static seq => (long)seq));
        (await _gateway.Services.GetRequiredService<Storage.IAuditLog>().FirstBroken()).ShouldBeNull();
        (await _gateway.Get("/api/v1/campuses/south/audit", _gateway.Token("boss", Role.CampusAdmin, "south"))).Json.GetProperty("entries").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task The_log_is_read_in_pages_and_by_what_is_asked_for()
    {
        for (var i = 0; i < 7; i++) await _gateway.Grains.Audit("north").Record(new AuditRecord(i % 2 == 0 ? "li" : "wang", "Agent", AuditActions.StatusSet, "", "Busy", "done"));
        var seen = new List<long>();
        for (long? next = 0; next is not null;)
        {
            var page = (await _gateway.Get($"/api/v1/campuses/north/audit?limit=3&before={next}&action=statusSet", _admin)).Json;
            seen.AddRange(page.GetProperty("entries").EnumerateArray().Select(static entry => entry.GetProperty("seq").GetInt64()));
            next = page.GetProperty("next").Deserialize();
        }
        seen.ShouldBe([.. seen.OrderDescending()]);
        seen.Count.ShouldBe(7);
        (await _gateway.Get("/api/v1/campuses/north/audit?actor=wang", _admin)).Json.GetProperty("entries").GetArrayLength().ShouldBe(3);
        (await _gateway.Get("/api/v1/campuses/north/audit?before=x", _admin)).ShouldBeProblem(400, "invalid", "before");
        (await _gateway.Get("/api/v1/campuses/north/audit?limit=0", _admin)).ShouldBeProblem(400, "invalid", "limit");
    }
}

/// <summary>A clock that goes as the machine's does, and can be moved on.</summary>
internal sealed class MovedClock : TimeProvider
{
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;

    public void Move(TimeSpan by) => _ahead += by;
}

internal static class Numbers
{
    public static long? Deserialize(this System.Text.Json.JsonElement number) => number.ValueKind == System.Text.Json.JsonValueKind.Null ? null : number.GetInt64();
}
