using CampusCare.Gateway.Identity;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Pages;

/// <summary>Headers that keep browsers from guessing, leaking and framing.</summary>
internal static class SafeHeaders
{
    // Styles may stand in the page: the components write theirs there. Scripts never.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; ";

    private const string Nothing = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()";

    public static void UseSafeHeaders(this WebApplication app)
    {
        var policy = Connections(app.Services.GetRequiredService<IOptions<IdentityOptions>>().Value);
        app.Use((http, next) =>
        {
            Add(http.Response.Headers, policy);
            return next(http);
        });
    }

    /// <summary>For a response that was begun anew: nothing of it is a page.</summary>
    public static void Add(IHeaderDictionary headers) => Add(headers, Policy);

    /// <summary>Lets pages of these origins show this one in a frame.</summary>
    public static void AllowFrames(IHeaderDictionary headers, IEnumerable<string> origins) =>
        headers.ContentSecurityPolicy = headers.ContentSecurityPolicy.ToString().Replace(NoFrames, $"frame-ancestors 'self' {string.Join(' ', origins)}".TrimEnd(), StringComparison.Ordinal);

    /// <summary>Lets a page ask for the microphone, for calls: this page, and no frame in it.</summary>
    public static void AllowMicrophone(IHeaderDictionary headers) => headers["Permissions-Policy"] = Nothing.Replace("microphone=()", "microphone=(self)", StringComparison.Ordinal);

    private const string NoFrames = "frame-ancestors 'none'";

    private static void Add(IHeaderDictionary headers, string policy)
    {
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Nothing;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = policy + NoFrames;
    }

    // The staff's pages talk to the provider where staff sign in.
    private static string Connections(IdentityOptions identity) =>
        Uri.TryCreate(identity.Staff.Authority, UriKind.Absolute, out var authority)
            ? $"{Policy}connect-src 'self' {authority.GetLeftPart(UriPartial.Authority)}; "
            : $"{Policy}connect-src 'self'; ";
}
