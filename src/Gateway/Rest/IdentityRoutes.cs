using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Rest;

/// <summary>Where staff sign in, for a page that begins the code flow with PKCE.</summary>
/// <param name="Authority">The OpenID provider's address.</param>
/// <param name="ClientId">The client that the pages are there.</param>
/// <param name="Scope">What to ask for.</param>
/// <param name="AsAnybody">Whether it is the built-in issuer, which lets in whom the <c>login_hint</c> names.</param>
public sealed record SignInView(string Authority, string ClientId, string Scope, bool AsAnybody);

/// <summary>Who a token speaks for, as the gateway understood it.</summary>
/// <param name="Campus">The only campus that it reaches.</param>
/// <param name="Id">Of the customer, the agent, or the API key.</param>
/// <param name="Name">Shown to the other side.</param>
/// <param name="Roles">What the caller may do, the strongest first.</param>
/// <param name="ExpiresAt">When the token is over.</param>
public sealed record Me(string Campus, string Id, string Name, Role[] Roles, DateTimeOffset? ExpiresAt);

/// <summary><c>/api/v1/sign-in</c> and <c>/api/v1/me</c>.</summary>
internal static class IdentityRoutes
{
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/sign-in", SignIn).AllowAnonymous().WithName("getSignIn").WithTags("Identity")
            .WithSummary("Where staff sign in: the OpenID provider, and what the pages are there.")
            .Produces<SignInView>().Refuses(429, 503);
        routes.MapGet("/api/v1/me", Who).RequireAuthorization(Access.Anyone).WithName("getMe").WithTags("Identity")
            .WithSummary("Who the token speaks for.")
            .Produces<Me>().Refuses(401, 403, 429, 503);
    }

    private static Task SignIn(HttpContext http, IOptions<IdentityOptions> options)
    {
        var (staff, demo) = (options.Value.Staff, options.Value.DemoIssuer);
        var authority = demo ? OpenIdRoutes.HomeOf(http.Request) + BuiltInIssuer.Path : staff.Authority!.TrimEnd('/');
        return http.Answer<SignInView>(new SignInView(authority, staff.ClientId, staff.Scope, demo));
    }

    private static Task Who(HttpContext http, System.Security.Claims.ClaimsPrincipal user)
    {
        var caller = Caller.Of(user);
        var until = http.Features.Get<Microsoft.AspNetCore.Authentication.IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        return http.Answer<Me>(new Me(caller.Campus, caller.Id, caller.Name, [caller.Role, .. caller.OtherRoles], until));
    }
}
