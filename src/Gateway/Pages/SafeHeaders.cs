namespace CampusCare.Gateway.Pages;

/// <summary>Headers that keep browsers from guessing, leaking and framing.</summary>
internal static class SafeHeaders
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self' ws: wss:; frame-ancestors 'self'; base-uri 'self'; form-action 'self'";

    public static void UseSafeHeaders(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        Add(http.Response.Headers);
        return next(http);
    });

    public static void Add(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = Policy;
    }
}
