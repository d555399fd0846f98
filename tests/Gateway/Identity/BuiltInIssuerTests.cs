using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Tests.Identity;

/// <summary>The built-in issuer, seen by a client that knows OpenID Connect and nothing of CampusCare.</summary>
[Collection(nameof(SharedProcess))]
public sealed class BuiltInIssuerTests(SharedProcess shared)
{
    private const string Verifier = "a-verifier-that-is-long-enough-for-the-standard-0123456789";
    private readonly GatewayProcess _gateway = shared.Process;

    [Fact]
    public async Task Its_documents_let_a_stranger_check_its_tokens()
    {
        var authority = new Uri(_gateway.Url, "demo/openid").ToString();
        var manager = new ConfigurationManager<OpenIdConnectConfiguration>(
            authority + "/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = false });
        var provider = await manager.GetConfigurationAsync(default);
        provider.Issuer.ShouldBe(authority);
        var tokens = await Exchange(await Code(), Verifier);
        foreach (var (name, audience) in new[] { ("access_token", "campuscare") })
        {
            var result = await new JsonWebTokenHandler().ValidateTokenAsync(tokens.Json.GetProperty(name).GetString(), new TokenValidationParameters
            {
                ValidIssuer = provider.Issuer,
                ValidAudience = audience,
                IssuerSigningKeys = provider.SigningKeys,
                ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            });
            result.IsValid.ShouldBeTrue(result.Exception?.Message);
            result.Claims["sub"].ShouldBe("li");
        }
    }

    [Fact]
    public async Task The_code_flow_gives_a_token_once_and_only_to_whoever_began_it()
    {
        var code = await Code();
        (await Exchange(code, "another verifier that somebody who saw the code would have to guess")).ShouldBeError("invalid_grant");
        (await Exchange(code, Verifier)).ShouldBeError("invalid_grant"); // used up by the attempt
        var tokens = await Exchange(code = await Code(), Verifier);
        tokens.Status.ShouldBe(HttpStatusCode.OK);
        tokens.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await Exchange(code, Verifier)).ShouldBeError("invalid_grant");
        (await Exchange(await Code(), Verifier, redirect: "/supervisor")).ShouldBeError("invalid_grant");
        (await Exchange(await Code(), Verifier, grant: "password")).ShouldBeError("unsupported_grant_type");
        var me = await _gateway.Get("/api/v1/me", tokens.Json.GetProperty("access_token").GetString());
        me.Json.GetProperty("roles")[0].GetString().ShouldBe("agent");
        me.Json.GetProperty("name").GetString().ShouldBe("李");
    }

    [Theory]
    [InlineData("client_id", "somebody-else")]
    [InlineData("redirect_uri", "https://evil.example/agent")]
    [InlineData("redirect_uri", "/agent@evil.example")]
    [InlineData("response_type", "token")]
    [InlineData("code_challenge", "short")]
    [InlineData("login_hint", "")]
    [InlineData("login_hint", "[1]")]
    public async Task A_request_to_sign_in_that_isn_t_ours_leads_nowhere(string parameter, string value)
    {
        var heard = await Authorize(parameter, value);
        heard.ShouldBeProblem(400, "invalid", parameter);
        heard.Headers.Location.ShouldBeNull();
    }

    [Theory]
    [InlineData("Customer")]
    [InlineData("Backend")]
    [InlineData("King")]
    public async Task It_lets_in_staff_only(string role) =>
        (await Authorize("login_hint", JsonSerializer.Serialize(new { campus = "north", role, sub = "li" }))).ShouldBeProblem(400, "invalid", "role");

    [Fact]
    public async Task Tokens_that_look_alike_are_refused()
    {
        foreach (var (token, says) in new[]
        {
            (Tokens.SignStaff("north", "Agent", "li", issuer: "https://elsewhere.example"), "iss"),
            (Tokens.SignStaff("north", "Agent", "li", audience: "another"), "aud"),
            (Tokens.SignStaff("north", "Agent", "li", withEnd: false), "no end"),
            (Tokens.SignStaff("north", "Customer", "li"), "role"),
            (Tokens.SignStaff("north", "Backend", "li"), "role"),
            (Tokens.SignStaff("north", "", "li"), "role"),
            (Tokens.SignStaff("north", "6", "li"), "role"),
            (Tokens.SignStaff("No/rth", "Agent", "li"), "campus"),
            (Tokens.SignStaff("north", "Agent", "li", without: "campus"), "campus"),
            (Tokens.SignStaff("north", "Agent", "south/li"), "sub"),
            (Tokens.SignStaff("north", "Agent", "agent:li"), "sub"),
        })
        {
            var heard = await _gateway.Get("/api/v1/me", token);
            heard.ShouldBeProblem(401, "unauthorized");
            heard.Json.GetProperty("detail").GetString()!.ShouldContain(says);
        }
        (await _gateway.Get("/api/v1/me", Tokens.SignStaff("north", new[] { "Agent", "Supervisor" }, "li"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> Code()
    {
        var heard = await Authorize();
        heard.Status.ShouldBe(HttpStatusCode.Found, heard.Body);
        var back = heard.Headers.Location!;
        back.GetLeftPart(UriPartial.Path).ShouldBe(new Uri(_gateway.Url, "agent").ToString());
        var query = QueryHelpers.ParseQuery(back.Query);
        query["state"].ToString().ShouldBe("x y");
        return query["code"].ToString();
    }

    private async Task<Heard> Authorize(string? parameter = null, string? value = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = "campuscare-pages",
            ["redirect_uri"] = new Uri(_gateway.Url, "agent").ToString(),
            ["response_type"] = "code",
            ["scope"] = "openid profile",
            ["state"] = "x y",
            ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
            ["login_hint"] = """{"campus":"north","role":"Agent","sub":"li","name":"李"}""",
        };
        if (parameter is not null) query[parameter] = value;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var response = await http.GetAsync(QueryHelpers.AddQueryString(new Uri(_gateway.Url, "demo/openid/authorize").ToString(), query));
        return await Heard.Of(response);
    }

    private async Task<Heard> Exchange(string code, string verifier, string redirect = "/agent", string grant = "authorization_code")
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = grant,
            ["code"] = code,
            ["code_verifier"] = verifier,
            ["client_id"] = "campuscare-pages",
            ["redirect_uri"] = new Uri(_gateway.Url, redirect).ToString(),
        });
        using var response = await _gateway.Http.PostAsync("/demo/openid/token", form);
        return await Heard.Of(response);
    }
}

internal static class OpenIdAssertions
{
    /// <summary>Asserts an error of the token endpoint (RFC 6749).</summary>
    public static void ShouldBeError(this Heard heard, string error)
    {
        heard.Status.ShouldBe(HttpStatusCode.BadRequest, heard.Body);
        heard.Json.GetProperty("error").GetString().ShouldBe(error);
        heard.Json.TryGetProperty("access_token", out _).ShouldBeFalse();
    }
}
