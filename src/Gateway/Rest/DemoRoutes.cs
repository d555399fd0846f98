using CampusCare.Domain;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Rest;

/// <summary>Whom a demo token shall speak for.</summary>
/// <param name="Campus">A campus that has a key.</param>
/// <param name="Role">Customer or a staff role.</param>
/// <param name="Sub">The customer's or agent's id.</param>
/// <param name="Name">Shown to the other side; the id, unless said.</param>
/// <param name="Kind">Which kind of customer; student, unless said.</param>
/// <param name="Phone">The customer's phone number.</param>
public sealed record TokenRequest(string? Campus, string? Role, string? Sub, string? Name = null, string? Kind = null, string? Phone = null);

/// <summary><c>POST /demo/tokens</c>: a token for anybody, so that a demo and its tests need no sign-in service.</summary>
internal static class DemoRoutes
{
    public static void MapDemoTokens(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/demo/tokens", Issue).AllowAnonymous().WithName("issueDemoToken").WithTags("Demo")
            .WithSummary("A token for anybody; only where the demo issuer is on, never in production.")
            .Produces<IssuedToken>().Refuses(400, 404, 413, 415);

    private static Task Issue(TokenRequest request, HttpContext http, TokenIssuer issuer) =>
        http.Answer(TokenFor(request, issuer));

    private static Reply<IssuedToken> TokenFor(TokenRequest request, TokenIssuer issuer)
    {
        if (request.Campus is null || !Check.IsSlug(request.Campus)) return ProblemOf.Invalid("campus", "`campus` must be 1 to 32 of a–z, 0–9 and dash.");
        if (!Caller.TryEnum(request.Role, out Role role)) return ProblemOf.Invalid("role", $"`role` must be one of {string.Join(", ", Enum.GetNames<Role>())}.");
        if (Check.Id(request.Sub, "sub") is { } no) return no;
        if (!Check.IsName(request.Name ?? request.Sub!)) return ProblemOf.Invalid("name", $"`name` must be 1 to {Check.NameLength} characters, without control characters.");
        if (!Caller.TryEnum(request.Kind ?? nameof(CustomerRole.Student), out CustomerRole kind)) return ProblemOf.Invalid("kind", $"`kind` must be one of {string.Join(", ", Enum.GetNames<CustomerRole>())}.");
        if (Check.OptionalId(request.Phone, "phone") is { } noPhone) return noPhone;
        var caller = new Caller(request.Campus, request.Sub!, request.Name ?? request.Sub!, role, kind, request.Phone);
        return issuer.Issue(caller) is { } token ? token : ProblemOf.NotFound("There is no such campus: it has no key.");
    }
}
