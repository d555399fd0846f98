using System.Security.Claims;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Identity;

/// <summary>A campus's server acts for the customer whom it names in a header; from then on the request is that customer's.</summary>
internal static class OnBehalf
{
    /// <summary>The header that names the customer.</summary>
    public const string Header = "CampusCare-Customer";

    private static readonly Problem Missing = ProblemOf.Invalid(Header, $"With an API key this needs the header {Header}: for which customer you act (1 to {Check.IdLength} visible ASCII characters, without slash).");

    public static void UseOnBehalf(this IApplicationBuilder app) => app.Use(static (http, next) =>
        http.User.Identity is CallerIdentity { Caller.Role: Role.Backend } server ? Act(http, server.Caller, next) : next(http));

    private static Task Act(HttpContext http, Caller server, RequestDelegate next)
    {
        var named = http.Request.Headers[Header];
        if (named is [{ } id])
        {
            if (!Check.IsId(id) || Caller.IsReserved(id)) return http.Answer(Missing);
            http.User = new ClaimsPrincipal(new CallerIdentity(server with { Id = id, Name = id, Role = Role.Customer, Scopes = [], Via = server.Id }));
        }
        else if (Access.RuleOf(http.GetEndpoint()) is { ForCustomer: true }) return http.Answer(Missing);
        return next(http);
    }
}
