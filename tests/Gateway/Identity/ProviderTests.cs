using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Tests.Identity;

/// <summary>Staff sign in at somebody else's OpenID provider, whose claims and roles have names of their own.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private TestProvider _provider = null!;
    private GatewayProcess _gateway = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.Start();
        _gateway = await GatewayProcess.Start(new()
        {
            ["environment"] = "Production",
            ["Identity:DemoIssuer"] = "false",
            ["Identity:Staff:Authority"] = _provider.Issuer,
            ["Identity:Staff:Audience"] = "care-api",
            ["Identity:Staff:RoleClaim"] = "realm_access.roles",
            ["Identity:Staff:CampusClaim"] = "https://campus.example/site",
            ["Identity:Staff:IdClaim"] = "preferred_username",
            ["Identity:Staff:Roles:care-agents"] = "Agent",
            ["Identity:Staff:Roles:care-leads"] = "Supervisor",
        });
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Its_tokens_are_understood_by_the_names_of_the_configuration()
    {
        var me = await Me(_provider.Token(Claims("care-leads", "offline_access", "care-agents")));
        me.Status.ShouldBe(HttpStatusCode.OK, me.Body);
        me.Json.GetProperty("id").GetString().ShouldBe("li");
        me.Json.GetProperty("campus").GetString().ShouldBe("north");
        me.Json.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["supervisor", "agent"]);
        // Both roles hold: the settings are for supervisors, the desk is for agents.
        var token = _provider.Token(Claims("care-leads", "care-agents"));
        (await _gateway.Get("/api/v1/campuses/north/settings", token)).Status.ShouldBe(HttpStatusCode.OK);
        await using var hub = await _gateway.Connect(ClientKit.Hubs.Agent, token);
        (await _gateway.Get("/api/v1/campuses/north/settings", _provider.Token(Claims("care-agents")))).ShouldBeProblem(403, "forbidden");
    }

    [Theory]
    [InlineData("audience", "aud")]
    [InlineData("issuer", "iss")]
    [InlineData("key", "signature")]
    [InlineData("role", "realm_access.roles")]
    [InlineData("no role", "realm_access.roles")]
    [InlineData("campus", "campus")]
    [InlineData("id", "sub")]
    [InlineData("a campus's algorithm", "signature")]
    public async Task What_is_missing_or_wrong_is_said(string fault, string says)
    {
        var claims = Claims("care-agents");
        var token = fault switch
        {
            "audience" => _provider.Token(claims, audience: "somebody-else"),
            "issuer" => _provider.Token(claims, issuer: "https://elsewhere.example"),
            "key" => _provider.Token(claims, key: TestProvider.Strange()),
            "role" => _provider.Token(Claims("Agent")), // our name, which this provider doesn't use
            "no role" => _provider.Token(Without(claims, "realm_access")),
            "campus" => _provider.Token(Without(claims, "https://campus.example/site")),
            "id" => _provider.Token(Without(claims, "preferred_username")),
            _ => Tokens.Sign(new SigningCredentials(new SymmetricSecurityKey("the north campus's key, long enough"u8.ToArray()), SecurityAlgorithms.HmacSha256), claims, _provider.Issuer, "care-api"),
        };
        var heard = await Me(token);
        heard.ShouldBeProblem(401, "unauthorized");
        heard.Json.GetProperty("detail").GetString()!.ShouldContain(says);
    }

    [Fact]
    public async Task A_new_key_of_the_provider_is_fetched_when_a_token_names_it_and_strange_keys_don_t_make_us_ask_for_ever()
    {
        (await Me(_provider.Token(Claims("care-agents")))).Status.ShouldBe(HttpStatusCode.OK);
        var (asked, watch) = (_provider.Asked, Stopwatch.StartNew());
        for (var i = 0; i < 50; i++) (await Me(_provider.Token(Claims("care-agents"), key: TestProvider.Strange()))).ShouldBeProblem(401, "unauthorized");
        (_provider.Asked - asked).ShouldBeLessThanOrEqualTo((int)watch.Elapsed.TotalSeconds + 2);
        _provider.Roll();
        (await Until(() => _provider.Token(Claims("care-agents")))).Status.ShouldBe(HttpStatusCode.OK);
        var first = _provider.Token(new(Claims("care-agents")) { ["jti"] = "seen by nobody yet" });
        _provider.Roll(alone: true);
        (await Until(() => _provider.Token(Claims("care-agents")))).Status.ShouldBe(HttpStatusCode.OK);
        (await Me(first)).Status.ShouldBe(HttpStatusCode.Unauthorized, "the provider took its key back");
    }

    [Fact]
    public async Task While_the_provider_is_away_before_its_keys_were_seen_nobody_is_refused_for_good()
    {
        _provider.IsDown = true;
        var heard = await Me(_provider.Token(Claims("care-agents")));
        heard.ShouldBeProblem(503, "signInUnavailable");
        heard.Headers.RetryAfter.ShouldNotBeNull();
        // Customers have their campus's key, and need no provider.
        (await _gateway.Get("/api/v1/campuses/north/tickets", _gateway.Token("s1"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pages_hear_where_to_sign_in_and_there_is_no_built_in_issuer()
    {
        var heard = await _gateway.Get("/api/v1/sign-in");
        heard.Json.GetProperty("authority").GetString().ShouldBe(_provider.Issuer);
        heard.Json.GetProperty("asAnybody").GetBoolean().ShouldBeFalse();
        foreach (var path in new[] { "/demo/openid/jwks", "/demo/openid/.well-known/openid-configuration", "/demo/openid/authorize" }) (await _gateway.Get(path)).ShouldBeProblem(404, "notFound");
        (await _gateway.Post("/demo/tokens", null, new { campus = "north", role = "Customer", sub = "x" })).ShouldBeProblem(404, "notFound");
    }

    // The keys come in the background when the library chooses so: the page's next attempt has them.
    private async Task<Heard> Until(Func<string> token)
    {
        using var patience = new CancellationTokenSource(GatewayProcess.Patience);
        while (true)
        {
            var heard = await Me(token());
            if (heard.Status == HttpStatusCode.OK) return heard;
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private Task<Heard> Me(string token) => _gateway.Get("/api/v1/me", token);

    private static Dictionary<string, object> Claims(params string[] roles) => new()
    {
        ["sub"] = "0f4c",
        ["preferred_username"] = "li",
        ["name"] = "李",
        ["https://campus.example/site"] = "north",
        ["realm_access"] = JsonSerializer.SerializeToElement(new { roles }),
    };

    private static Dictionary<string, object> Without(Dictionary<string, object> claims, string claim)
    {
        claims.Remove(claim);
        return claims;
    }
}
