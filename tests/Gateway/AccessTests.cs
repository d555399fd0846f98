using System.Net;
using System.Net.WebSockets;
using System.Reflection;
using System.Text.Json;
using CampusCare.Gateway.Hubs;
using CampusCare.Gateway.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Gateway.Tests;

/// <summary>Walks all routes and all hub methods that there are: a new one without a rule fails here.</summary>
[Collection(nameof(SharedProcess))]
public sealed class AccessTests(SharedProcess shared)
{
    private const string Tickets = "/api/v1/campuses/{campus}/tickets";
    private const string AnyMethod = "*";
    private const string OpenToAll = "open";

    /// <summary>Every route that there is, and who may use it.</summary>
    private static readonly Dictionary<string, string> Table = new()
    {
        ["GET /"] = OpenToAll,
        ["GET /agent"] = OpenToAll,
        ["GET /supervisor"] = OpenToAll,
        ["GET /knowledge"] = OpenToAll,
        ["GET /review"] = OpenToAll,
        ["GET /admin"] = OpenToAll,
        ["GET /openapi/v1.json"] = OpenToAll,
        ["GET /docs"] = OpenToAll,
        ["GET /docs/style.css"] = OpenToAll,
        ["* /health/live"] = OpenToAll,
        ["* /health/ready"] = OpenToAll,
        ["GET /channels/{channel}/{campus}"] = OpenToAll, // the provider's signature says who calls
        ["POST /channels/{channel}/{campus}"] = OpenToAll,
        ["GET /api/v1/sign-in"] = OpenToAll,
        ["GET /api/v1/me"] = Access.Anyone,
        ["GET /api/v1/campuses/{campus}"] = OpenToAll,
        ["GET /api/v1/campuses/{campus}/agents"] = Access.Colleagues,
        ["GET /api/v1/campuses/{campus}/roster"] = Access.Planners,
        ["GET /api/v1/campuses/{campus}/agents/{agent}"] = Access.Planners,
        ["PUT /api/v1/campuses/{campus}/agents/{agent}"] = Access.Planners,
        ["DELETE /api/v1/campuses/{campus}/agents/{agent}"] = Access.Planners,
        ["GET /api/v1/campuses/{campus}/settings"] = Access.Planners,
        ["GET /api/v1/campuses/{campus}/alerts"] = Access.Supervisors,
        ["PUT /api/v1/campuses/{campus}/queues/{queue}"] = Access.Planners,
        ["PUT /api/v1/campuses/{campus}/origins"] = Access.Operators,
        ["PUT /api/v1/campuses/{campus}/retention"] = Access.Operators,
        ["GET /api/v1/campuses/{campus}/customers/{customer}/tickets"] = Access.Staff,
        ["POST /api/v1/campuses/{campus}/customers/{customer}/export"] = Access.Admins,
        ["POST /api/v1/campuses/{campus}/customers/{customer}/erasure"] = Access.Admins,
        ["GET /api/v1/campuses/{campus}/keys"] = Access.Operators,
        ["POST /api/v1/campuses/{campus}/keys"] = Access.Operators,
        ["DELETE /api/v1/campuses/{campus}/keys/{key}"] = Access.Operators,
        ["GET /api/v1/campuses/{campus}/audit"] = Access.Auditors,
        ["GET /api/v1/campuses/{campus}/webhooks"] = Access.Integrators,
        ["POST /api/v1/campuses/{campus}/webhooks"] = Access.Integrators,
        ["DELETE /api/v1/campuses/{campus}/webhooks/{webhook}"] = Access.Integrators,
        ["POST /api/v1/campuses/{campus}/webhooks/{webhook}/test"] = Access.Integrators,
        ["POST /api/v1/campuses/{campus}/webhooks/{webhook}/secrets"] = Access.Integrators,
        ["DELETE /api/v1/campuses/{campus}/webhooks/{webhook}/secrets"] = Access.Integrators,
        ["GET /api/v1/campuses/{campus}/webhooks/{webhook}/dead-letters"] = Access.Integrators,
        ["POST /api/v1/campuses/{campus}/webhooks/{webhook}/dead-letters/send-again"] = Access.Integrators,
        ["POST /api/v1/campuses/{campus}/webhooks/{webhook}/dead-letters/{delivery}/send-again"] = Access.Integrators,
        ["PUT /api/v1/campuses/{campus}/bot"] = Access.Operators,
        ["GET /api/v1/campuses/{campus}/knowledge/search"] = Access.Anyone,
        ["GET /api/v1/campuses/{campus}/knowledge/articles"] = Access.Staff,
        ["GET /api/v1/campuses/{campus}/knowledge/articles/{article}"] = Access.Staff,
        ["PUT /api/v1/campuses/{campus}/knowledge/articles/{article}"] = Access.Admins,
        ["POST /api/v1/campuses/{campus}/knowledge/articles/{article}/versions/{version}/review"] = Access.Reviewers,
        ["POST /api/v1/campuses/{campus}/knowledge/articles/{article}/versions/{version}/publish"] = Access.Admins,
        ["POST /api/v1/campuses/{campus}/knowledge/articles/{article}/versions/{version}/retire"] = Access.Admins,
        ["GET /api/v1/campuses/{campus}/knowledge/report"] = Access.Staff,
        ["PUT /api/v1/campuses/{campus}/remedies"] = Access.Operators,
        ["GET /api/v1/campuses/{campus}/language-model"] = Access.Staff,
        [$"POST {Tickets}/{{id}}/suggested-reply"] = Access.Agents,
        ["PUT /api/v1/campuses/{campus}/reviews"] = Access.Operators,
        ["GET /api/v1/campuses/{campus}/reviews"] = Access.Inspectors,
        ["GET /api/v1/campuses/{campus}/reviews/figures"] = Access.Inspectors,
        ["GET /api/v1/campuses/{campus}/reviews/corrections"] = Access.Inspectors,
        ["GET /api/v1/campuses/{campus}/reviews/{review}"] = Access.Inspectors,
        ["POST /api/v1/campuses/{campus}/reviews/{review}/verdict"] = Access.Inspectors,
        [$"POST {Tickets}/{{id}}/remedies"] = Access.Granters,
        ["GET /api/v1/campuses/{campus}/remedies/doubts"] = Access.Supervisors,
        [$"POST {Tickets}/{{id}}/remedies/doubts/clear"] = Access.Supervisors,
        [$"POST {Tickets}/{{id}}/remedies/{{remedyId}}/approve"] = Access.Supervisors,
        [$"POST {Tickets}/{{id}}/remedies/{{remedyId}}/take-back"] = Access.Granters,
        [$"GET {Tickets}/{{id}}/suggestions"] = Access.Staff,
        [$"POST {Tickets}/{{id}}/suggestions/{{article}}"] = Access.Agents,
        [$"POST {Tickets}/{{id}}/verdict"] = Access.Contacts,
        [$"POST {Tickets}"] = Access.Contacts,
        [$"GET {Tickets}"] = Access.OwnTickets,
        [$"GET {Tickets}/{{id}}"] = Access.Anyone,
        [$"GET {Tickets}/{{id}}/events"] = Access.Anyone,
        [$"GET {Tickets}/{{id}}/decisions"] = Access.Staff,
        [$"GET {Tickets}/{{id}}/position"] = Access.Anyone,
        [$"POST {Tickets}/{{id}}/messages"] = Access.Talkers,
        [$"POST {Tickets}/{{id}}/evidence"] = Access.Talkers,
        [$"GET {Tickets}/{{id}}/evidence/{{hash}}"] = Access.Anyone,
        ["GET /api/v1/campuses/{campus}/voice"] = Access.Speakers,
        [$"POST {Tickets}/{{id}}/rating"] = Access.Contacts,
        [$"POST {Tickets}/{{id}}/hold"] = Access.Contacts,
        [$"POST {Tickets}/{{id}}/close"] = Access.Contacts,
        ["GET /api/v1/campuses/{campus}/conversations"] = Access.Supervisors,
        ["GET /api/v1/campuses/{campus}/forecast"] = Access.Supervisors,
        ["POST /api/v1/campuses/{campus}/orders/{order}/delay"] = Access.OrderTellers,
        ["POST /api/v1/campuses/{campus}/incidents"] = Access.Heralds,
        ["GET /api/v1/campuses/{campus}/incidents"] = Access.Heralds,
        ["GET /api/v1/campuses/{campus}/incidents/open"] = OpenToAll,
        ["PUT /api/v1/campuses/{campus}/incidents/{incident}"] = Access.Heralds,
        ["POST /api/v1/campuses/{campus}/incidents/{incident}/end"] = Access.Heralds,
        ["GET /api/v1/campuses/{campus}/history"] = Access.Supervisors,
        ["GET /api/v1/campuses/{campus}/history/export"] = Access.Supervisors,
        [$"POST {Tickets}/{{id}}/whispers"] = Access.Supervisors,
        [$"POST {Tickets}/{{id}}/supervisor"] = Access.Supervisors,
        [$"DELETE {Tickets}/{{id}}/supervisor"] = Access.Supervisors,
        [$"POST {Tickets}/{{id}}/takeover"] = Access.Supervisors,
        ["* /hubs/customer"] = Access.Customers,
        ["* /hubs/customer/negotiate"] = Access.Customers,
        ["* /hubs/agent"] = Access.Agents,
        ["* /hubs/agent/negotiate"] = Access.Agents,
        ["* /hubs/supervisor"] = Access.Supervisors,
        ["* /hubs/supervisor/negotiate"] = Access.Supervisors,
        ["POST /demo/tokens"] = OpenToAll,
        ["POST /demo/agents"] = OpenToAll,
        ["GET /demo/openid/.well-known/openid-configuration"] = OpenToAll,
        ["GET /demo/openid/jwks"] = OpenToAll,
        ["GET /demo/openid/authorize"] = OpenToAll,
        ["POST /demo/openid/token"] = OpenToAll,
    };

    /// <summary>Who each rule lets in: said here once more, by hand, so that a rule can't widen unseen.</summary>
    private static readonly Dictionary<string, string> LetsIn = new()
    {
        [Access.Customers] = "Customer",
        [Access.Contacts] = "Customer contacts:write",
        [Access.OwnTickets] = "Customer tickets:read",
        [Access.Agents] = "Agent Expert",
        [Access.Granters] = "Agent Expert Supervisor CampusAdmin",
        [Access.Talkers] = "Customer Agent Expert contacts:write",
        [Access.Staff] = "Agent Expert QualityInspector Supervisor CampusAdmin",
        [Access.Colleagues] = "Agent Expert QualityInspector Supervisor CampusAdmin agents:read",
        [Access.Supervisors] = "Supervisor CampusAdmin",
        [Access.Heralds] = "Supervisor CampusAdmin incidents:write",
        [Access.OrderTellers] = "CampusAdmin orders:write",
        [Access.Planners] = "Supervisor CampusAdmin PlatformAdmin",
        [Access.Operators] = "CampusAdmin PlatformAdmin",
        [Access.Admins] = "CampusAdmin",
        [Access.Reviewers] = "Expert QualityInspector",
        [Access.Inspectors] = "QualityInspector Supervisor CampusAdmin",
        [Access.Integrators] = "CampusAdmin PlatformAdmin webhooks:manage",
        [Access.Auditors] = "CampusAdmin PlatformAdmin audit:read",
        [Access.Speakers] = "Customer Agent Expert Supervisor CampusAdmin",
        [Access.Anyone] = "Customer Agent Expert QualityInspector Supervisor CampusAdmin PlatformAdmin tickets:read",
    };

    private readonly GatewayProcess _gateway = shared.Process;

    private IEnumerable<RouteEndpoint> Routes => _gateway.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct();

    private IEnumerable<(string Name, RouteEndpoint Route)> Named =>
        from route in Routes
        from method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [AnyMethod]
        select ($"{method} /{route.RoutePattern.RawText!.Trim('/')}", route);

    [Fact]
    public void Every_route_stands_in_the_table_with_its_rule()
    {
        foreach (var (name, route) in Named)
        {
            Table.ShouldContainKey(name, "This route is new: say in the table who may use it.");
            if (Table[name] == OpenToAll) route.Metadata.GetMetadata<IAllowAnonymous>().ShouldNotBeNull(name);
            else (route.Metadata.GetMetadata<IAllowAnonymous>(), route.Metadata.GetMetadata<IAuthorizeData>()?.Policy).ShouldBe((null, Table[name]), name);
        }
        Table.Keys.Except(Named.Select(static route => route.Name)).ShouldBeEmpty("These routes are gone.");
        LetsIn.Keys.ShouldBe(Access.Rules.Keys, ignoreOrder: true);
    }

    [Fact]
    public async Task Every_guarded_route_lets_in_whom_its_rule_names_and_nobody_else()
    {
        var callers = new Dictionary<string, string>();
        foreach (var role in People) callers[role.ToString()] = _gateway.Token("table", role);
        foreach (var scope in Scopes.All) callers[scope] = await _gateway.Key(scope);
        foreach (var (name, rule) in Table.Where(static route => route.Value != OpenToAll))
        {
            var allowed = LetsIn[rule].Split(' ');
            allowed.Except(callers.Keys).ShouldBeEmpty();
            (await Ask(name, null)).ShouldBeProblem(401, "unauthorized");
            foreach (var (who, token) in callers)
            {
                var heard = await Ask(name, token);
                if (allowed.Contains(who)) ((int)heard.Status).ShouldNotBeOneOf([401, 403, 405, 500], $"{name} by {who}: {heard.Body}");
                else heard.ShouldBeProblem(403, "forbidden");
            }
        }
    }

    [Fact]
    public async Task A_campus_does_not_exist_for_anybody_of_another_one()
    {
        var strangers = People.Select(role => _gateway.Token("table", role, GatewayProcess.OtherCampus)).ToList();
        foreach (var scope in Scopes.All) strangers.Add(await _gateway.Key(scope, GatewayProcess.OtherCampus));
        foreach (var name in Table.Where(static route => route.Value != OpenToAll && route.Key.Contains("{campus}")).Select(static route => route.Key))
            foreach (var token in strangers) (await Ask(name, token)).ShouldBeProblem(404, "notFound");
    }

    [Fact]
    public async Task Every_guarded_route_refuses_what_is_no_good_token()
    {
        foreach (var (name, rule) in Table.Where(static route => route.Value != OpenToAll))
        {
            foreach (var (token, why) in BadTokens(Access.Rules[rule].Roles[0]))
            {
                var heard = await Ask(name, token);
                heard.ShouldBeProblem(401, "unauthorized");
                heard.Json.GetProperty("detail").GetString()!.ShouldContain(why, Case.Insensitive, name);
                heard.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
            }
        }
    }

    [Fact]
    public async Task A_key_makes_only_the_tokens_that_it_is_for()
    {
        // A campus app that signs a staff role, or a customer of another campus, with its own key.
        var north = "the north campus's key, long enough";
        foreach (var (role, campus) in new[] { ("Agent", "north"), ("Customer", "south"), ("CampusAdmin", "north") })
        {
            var heard = await _gateway.Get($"/api/v1/campuses/{campus}/tickets/0123456789abcdef", Tokens.Sign(north, campus, role, "x"));
            heard.ShouldBeProblem(401, "unauthorized");
            heard.Json.GetProperty("detail").GetString()!.ShouldContain("signature");
        }
        (await _gateway.Get("/api/v1/campuses/north/tickets", Tokens.Sign(north, "north", "Customer", "x"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_connection_ends_with_its_token()
    {
        // Over by a few seconds, which the allowance for clocks forgives at the door: the connection is made, and then ended.
        // A bare socket, as the end may come in the middle of SignalR's handshake. Less patience than SignalR has with a silent client.
        var token = _gateway.Token("late", lifetime: TimeSpan.FromSeconds(-5));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(_gateway.Url) { Scheme = "ws", Path = ClientKit.Hubs.Customer, Query = "access_token=" + token };
        await socket.ConnectAsync(address.Uri, patience.Token);
        (await Ended(socket, patience.Token)).ShouldBeTrue();
    }

    private static async Task<bool> Ended(ClientWebSocket socket, CancellationToken patience)
    {
        try
        {
            await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, patience);
            while ((await socket.ReceiveAsync(new byte[1024], patience)).MessageType != WebSocketMessageType.Close)
            {
                // The handshake's answer, or a ping.
            }
            return true;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    [Fact]
    public void Every_hub_names_its_rule_and_no_method_opens_it()
    {
        foreach (var hub in HubTypes)
        {
            Access.Rules.Keys.ShouldContain(hub.GetCustomAttribute<AuthorizeAttribute>()!.Policy!);
            foreach (var method in MethodsOf(hub)) method.GetCustomAttribute<AllowAnonymousAttribute>().ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(GatewayProcess.Campus, "a stranger of the same campus")]
    [InlineData(GatewayProcess.OtherCampus, "somebody of another campus")]
    public async Task Every_customer_method_refuses_a_ticket_of_somebody_else(string campus, string who)
    {
        var id = await _gateway.Open("access-1");
        var calls = new Dictionary<string, (object?[] Args, string? Code)>
        {
            [nameof(CustomerHub.Watch)] = ([id, 0L], "notFound"),
            [nameof(CustomerHub.Unwatch)] = ([id], null),
            [nameof(CustomerHub.Post)] = ([id, "m1", "嗨"], "notFound"),
            [nameof(CustomerHub.Open)] = ([new { text = "我自己的事" }], null),
            [nameof(CustomerHub.Rate)] = ([id, 5, null], "notFound"),
            [nameof(CustomerHub.Close)] = ([id], "notFound"),
            [nameof(CustomerHub.KeepPlace)] = ([id, true, "13800000000"], "notFound"),
            [nameof(CustomerHub.Judge)] = ([id, "helped"], "notFound"),
            [nameof(CustomerHub.MyTickets)] = ([], null),
            [nameof(CustomerHub.Place)] = ([id], "notFound"),
            [nameof(CustomerHub.Signal)] = ([id, new { kind = "ready", page = "p1", generation = 0 }], "notFound"),
            [nameof(CustomerHub.MoveCall)] = ([id, "ended"], "notFound"),
        };
        await CallAll(typeof(CustomerHub), ClientKit.Hubs.Customer, _gateway.Token("access-2", campus: campus), calls, who);
        (await _gateway.Get($"/api/v1/campuses/north/tickets/{id}", _gateway.Token("access-1"))).Json.GetProperty("seq").GetInt64().ShouldBe(2);
        var own = await _gateway.Get($"/api/v1/campuses/{campus}/tickets", _gateway.Token("access-2", campus: campus));
        own.Json.EnumerateArray().ShouldAllBe(ticket => ticket.GetProperty("ticketId").GetString() != id);
    }

    [Fact]
    public async Task Every_agent_method_refuses_a_ticket_of_another_campus()
    {
        var id = await _gateway.Open("access-3");
        await _gateway.Enroll("agent-s", campus: GatewayProcess.OtherCampus);
        await CallAll(typeof(AgentHub), ClientKit.Hubs.Agent, _gateway.Token("agent-s", Role.Agent, GatewayProcess.OtherCampus), AgentCalls(id, "notFound"), "an agent of another campus");
        await CallAll(typeof(AgentHub), ClientKit.Hubs.Agent, _gateway.Token("agent-s", Role.Agent, GatewayProcess.OtherCampus), AgentCalls("north/" + id, "notFound"), "an agent who isn't lent");
        (await _gateway.Get($"/api/v1/campuses/north/tickets/{id}", _gateway.Token("access-3"))).Json.GetProperty("seq").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task An_agent_who_was_never_enrolled_can_do_nothing()
    {
        var calls = AgentCalls("0123456789abcdef", "notFound");
        calls[nameof(AgentHub.Desk)] = ([], "notFound");
        calls[nameof(AgentHub.SetStatus)] = (["available", null], "notFound");
        await CallAll(typeof(AgentHub), ClientKit.Hubs.Agent, _gateway.Token("nobody", Role.Agent), calls, "an unknown agent");
    }

    [Fact]
    public async Task A_supervisor_sees_the_own_campus_only()
    {
        var id = await _gateway.Open("access-4");
        foreach (var name in new[] { id, "north/" + id })
        {
            var calls = new Dictionary<string, (object?[] Args, string? Code)>
            {
                [nameof(SupervisorHub.Watch)] = ([], null),
                [nameof(SupervisorHub.Room)] = ([], null),
                [nameof(SupervisorHub.Listen)] = ([name, 0L], "notFound"),
                [nameof(SupervisorHub.StopListening)] = ([name], null),
                [nameof(SupervisorHub.Whisper)] = ([name, "w1", "快点"], "notFound"),
                [nameof(SupervisorHub.Join)] = ([name], "notFound"),
                [nameof(SupervisorHub.Leave)] = ([name], "notFound"),
                [nameof(SupervisorHub.TakeOver)] = ([name, null, null, null], "notFound"),
                [nameof(SupervisorHub.Post)] = ([name, "m1", "嗨"], "notFound"),
                [nameof(SupervisorHub.Resolve)] = ([name, "solved", null], "notFound"),
                [nameof(SupervisorHub.Signal)] = ([name, new { kind = "ready", page = "p1", generation = 0 }], "notFound"),
                [nameof(SupervisorHub.MoveCall)] = ([name, "whispered"], "notFound"),
                [nameof(SupervisorHub.ApproveRemedy)] = ([name, "none-1"], "notFound"),
                [nameof(SupervisorHub.TakeRemedyBack)] = ([name, "none-1"], "notFound"),
            };
            await CallAll(typeof(SupervisorHub), ClientKit.Hubs.Supervisor, _gateway.Token("boss", Role.Supervisor, GatewayProcess.OtherCampus), calls, "a supervisor of another campus");
        }
        (await _gateway.Get($"/api/v1/campuses/north/tickets/{id}", _gateway.Token("access-4"))).Json.GetProperty("seq").GetInt64().ShouldBe(2);
        await using var hub = await _gateway.Connect(ClientKit.Hubs.Supervisor, _gateway.Token("boss", Role.Supervisor, GatewayProcess.OtherCampus));
        var reply = await hub.InvokeAsync<JsonElement>("Watch");
        reply.GetProperty("value").GetProperty("campus").GetString().ShouldBe(GatewayProcess.OtherCampus);
    }

    private static Dictionary<string, (object?[] Args, string? Code)> AgentCalls(string id, string code) => new()
    {
        [nameof(AgentHub.Watch)] = ([id, 0L], code),
        [nameof(AgentHub.Unwatch)] = ([id], null),
        [nameof(AgentHub.Post)] = ([id, "m1", "嗨"], code),
        [nameof(AgentHub.Signal)] = ([id, new { kind = "ready", page = "p1", generation = 0 }], code),
        [nameof(AgentHub.MoveCall)] = ([id, "connected"], code),
        [nameof(AgentHub.Desk)] = ([], null),
        [nameof(AgentHub.SetStatus)] = (["break", "吃饭"], null),
        [nameof(AgentHub.Accept)] = ([id, "r1"], code),
        [nameof(AgentHub.Reject)] = ([id, "r1", null], code),
        [nameof(AgentHub.Resolve)] = ([id, "solved", null], code),
        [nameof(AgentHub.WrapUp)] = ([id, "solved", null], code),
        [nameof(AgentHub.Transfer)] = ([id, "general", null, null], code),
        [nameof(AgentHub.Consult)] = ([id, "q1", "要赔吗", "general", null], code),
        [nameof(AgentHub.Promise)] = ([id, DateTimeOffset.UtcNow.AddHours(1), null], code),
        [nameof(AgentHub.ShowPhone)] = ([id], code),
        [nameof(AgentHub.Note)] = ([id, "n1", "老问题"], code),
        [nameof(AgentHub.CustomerTickets)] = ([id], code),
        [nameof(AgentHub.GrantRemedy)] = ([id, "late"], code),
        [nameof(AgentHub.TakeRemedyBack)] = ([id, "none-1"], code),
    };

    private async Task CallAll(Type hub, string address, string token, Dictionary<string, (object?[] Args, string? Code)> calls, string who)
    {
        await using var connection = await _gateway.Connect(address, token);
        foreach (var method in MethodsOf(hub))
        {
            calls.ShouldContainKey(method.Name, $"{hub.Name}.{method.Name} is new: say here what {who} hears.");
            var (args, code) = calls[method.Name];
            var reply = await connection.InvokeCoreAsync<JsonElement>(method.Name, args);
            var problem = reply.GetProperty("problem");
            if (code is null) problem.ValueKind.ShouldBe(JsonValueKind.Null, $"{method.Name}: {problem}");
            else problem.GetProperty("code").GetString().ShouldBe(code, method.Name);
        }
    }

    private IEnumerable<(string? Token, string Why)> BadTokens(Role role)
    {
        var good = _gateway.Token("x", role);
        yield return (null, "bearer token");
        yield return ("nonsense", "Token");
        yield return (_gateway.Token("x", role, lifetime: TimeSpan.FromMinutes(-5)), "expired");
        yield return (good[..^10] + (good[^10] == 'A' ? 'B' : 'A') + good[^9..], "signature");
        yield return (Tokens.Sign("a key that nobody here knows, long enough", "north", role.ToString(), "x"), "signature");
        yield return (Tokens.Unsigned("north", role.ToString(), "x"), "token");
        yield return (Signed(role, "x", withEnd: false), "no end");
        yield return (Signed(role, "a b"), "sub");
        yield return (Signed(role, "south/li"), "sub");
        yield return (Signed(role, "agent:li"), "sub");
        yield return (Tokens.Sign(NorthKey, "north", "King", "x"), "signature");
        yield return ("cck_north_aaaaaaaaaa_" + new string('a', 52), "API key");
        yield return ("cck_north", "API key");
    }

    private static string Signed(Role role, string sub, bool withEnd = true) => role == Role.Customer
        ? Tokens.Sign(NorthKey, "north", role.ToString(), sub, withEnd)
        : Tokens.SignStaff("north", role.ToString(), sub, withEnd);

    private static readonly Role[] People = [Role.Customer, .. StaffClaims.StaffRoles];

    private const string NorthKey = "the north campus's key, long enough";

    private Task<Heard> Ask(string name, string? token)
    {
        var (method, pattern) = (name.Split(' ')[0], name.Split(' ')[1]);
        var path = pattern.Replace("{campus}", "north").Replace("{id}", "0123456789abcdef").Replace("{queue}", "nowhere").Replace("{agent}", "table").Replace("{article}", "none").Replace("{version}", "1").Replace("{key}", "none").Replace("{webhook}", "none").Replace("{delivery}", "0123456789abcdef-1").Replace("{customer}", "nobody").Replace("{remedyId}", "none-1").Replace("{incident}", "none").Replace("{order}", "none");
        object? body = method is "POST" or "PUT" && path.StartsWith("/api", StringComparison.Ordinal)
            ? new { text = "你好", messageId = "m", stars = 5, byPhone = false, whisperId = "w", name = "k", scopes = new[] { "tickets:read" }, origins = Array.Empty<string>(), rule = "late" }
            : null;
        return _gateway.Send(new HttpMethod(method != AnyMethod ? method : path.EndsWith("/negotiate", StringComparison.Ordinal) ? "POST" : "GET"), path, token, body);
    }

    private static IEnumerable<Type> HubTypes => typeof(GatewayHost).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Hub)));

    private static IEnumerable<MethodInfo> MethodsOf(Type hub) =>
        hub.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(method => method.DeclaringType != typeof(object) && !method.IsSpecialName && method.GetBaseDefinition().DeclaringType != typeof(Hub) && method.Name != nameof(IDisposable.Dispose));
}
