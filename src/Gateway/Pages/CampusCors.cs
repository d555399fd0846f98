using CampusCare.Gateway.Identity;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace CampusCare.Gateway.Pages;

/// <summary>
/// Which pages of other origins may call us from a browser: those of the campus in the address, or, for a hub, in the
/// query (<c>?campus=north</c>). Nothing travels by itself (no cookies), so no credentials are allowed.
/// </summary>
internal sealed class CampusCors(CampusOrigins origins) : ICorsPolicyProvider
{
    private static readonly PathString Campuses = "/api/v1/campuses";
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private static readonly string[] Headers =
        [HeaderNames.Authorization, HeaderNames.ContentType, "Idempotency-Key", HeaderNames.IfMatch, HeaderNames.XRequestedWith, "x-signalr-user-agent"];

    public async Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        var trusted = await origins.Of(CampusOf(context.Request));
        return trusted.Length == 0 ? null : new CorsPolicyBuilder(trusted)
            .WithHeaders(Headers).WithMethods("GET", "POST", "PUT", "DELETE")
            .WithExposedHeaders(HeaderNames.Location, HeaderNames.RetryAfter, HeaderNames.ETag)
            .SetPreflightMaxAge(Remembered).Build();
    }

    // From the path itself: a preflight request has no route.
    private static string? CampusOf(HttpRequest request) =>
        request.Path.StartsWithSegments(Campuses, out var rest) ? rest.Value?.Split('/', 3) is ["", var campus, ..] ? campus : null
        : request.Path.StartsWithSegments("/hubs") ? request.Query[Claims.Campus].ToString()
        : null;
}
