using System.Text.Json;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/demo/openid</c>: the built-in issuer as an OpenID provider, with the code flow (PKCE) for the staff's pages.</summary>
internal static class OpenIdRoutes
{
    private static readonly string[] Pages = ["/agent", "/supervisor", "/knowledge", "/review", "/admin"];

    public static void MapBuiltInIssuer(this IEndpointRouteBuilder routes)
    {
        var provider = routes.MapGroup(BuiltInIssuer.Path).AllowAnonymous().ExcludeFromDescription();
        provider.MapGet("/.well-known/openid-configuration", (RequestDelegate)Discover);
        provider.MapGet("/jwks", (RequestDelegate)Keys);
        provider.MapGet("/authorize", (RequestDelegate)Authorize);
        provider.MapPost("/token", (RequestDelegate)Exchange);
    }

    /// <summary>The address at which a request reached us, without a path.</summary>
    public static string HomeOf(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static Task Discover(HttpContext http) => http.Answer<OpenIdDocument>(Issuer(http).Document(HomeOf(http.Request)));

    private static Task Keys(HttpContext http) => http.Answer<OpenIdKeys>(Issuer(http).Keys());

    // A real provider asks who somebody is; this one takes the hint's word for it.
    private static Task Authorize(HttpContext http)
    {
        var query = http.Request.Query;
        var staff = http.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value.Staff;
        string redirect = query["redirect_uri"].ToString(), challenge = query["code_challenge"].ToString();
        if (query["client_id"] != staff.ClientId) return http.Answer(ProblemOf.Invalid("client_id", "`client_id` is unknown here."));
        if (!Pages.Any(page => redirect == HomeOf(http.Request) + page)) return http.Answer(ProblemOf.Invalid("redirect_uri", "`redirect_uri` is none of the staff's pages."));
        if (query["response_type"] != "code") return http.Answer(ProblemOf.Invalid("response_type", "`response_type` must be code."));
        if (query["code_challenge_method"] != "S256" || challenge.Length != 43) return http.Answer(ProblemOf.Invalid("code_challenge", "A `code_challenge` with the method S256 is needed."));
        var found = Person(query["login_hint"].ToString());
        if (found.Value is not { } caller) return http.Answer(found.Problem!);
        var code = http.RequestServices.GetRequiredService<SignInCodes>().Make(challenge, redirect, caller);
        http.Response.Redirect(QueryHelpers.AddQueryString(redirect, new Dictionary<string, string?> { ["code"] = code, ["state"] = query["state"].ToString() }));
        return Task.CompletedTask;
    }

    private static async Task Exchange(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType)
        {
            await Refuse("invalid_request");
            return;
        }
        var form = await http.Request.ReadFormAsync();
        var caller = http.RequestServices.GetRequiredService<SignInCodes>().Take(form["code"].ToString(), form["code_verifier"].ToString(), form["redirect_uri"].ToString());
        if (form["grant_type"] != "authorization_code") await Refuse("unsupported_grant_type");
        else if (caller is null) await Refuse("invalid_grant");
        else
        {
            var issued = http.RequestServices.GetRequiredService<TokenIssuer>().Issue(caller, home: HomeOf(http.Request))!;
            var seconds = (int)(issued.ExpiresAt - http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()).TotalSeconds;
            await http.Answer<OpenIdTokens>(new OpenIdTokens(issued.Token, issued.Token, "Bearer", seconds));
        }

        Task Refuse(string error) => http.Answer<OpenIdTokens>(new OpenIdTokens(Error: error), StatusCodes.Status400BadRequest);
    }

    private static Reply<Caller> Person(string hint)
    {
        try
        {
            var person = JsonSerializer.Deserialize(hint, GatewayHost.Json.GetTypeInfo<TokenRequest>()) ?? new(null, null, null);
            var read = DemoRoutes.CallerOf(person);
            return read.Value is { IsCustomer: true } ? ProblemOf.Invalid("role", "Customers don't sign in here: their campus's app gives them a token.") : read;
        }
        catch (JsonException)
        {
            return ProblemOf.Invalid("login_hint", "`login_hint` must say who signs in, as JSON: {\"campus\":\"north\",\"role\":\"Agent\",\"sub\":\"a1\"}.");
        }
    }

    private static BuiltInIssuer Issuer(HttpContext http) => http.RequestServices.GetRequiredService<BuiltInIssuer>();
}
