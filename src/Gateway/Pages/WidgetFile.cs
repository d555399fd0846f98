using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace CampusCare.Gateway.Pages;

/// <summary>
/// The student widget: a script that pages of any origin may load (what it then may ask is another matter, <see cref="CampusCors"/>).
/// Its name stays, as it stands in pages of others; so it is kept for minutes only, and asked for again with its ETag.
/// </summary>
internal static class WidgetFile
{
    /// <summary>The script's address.</summary>
    public const string Address = "/widget.js";

    /// <summary>The same, gzipped by the build: what most browsers get.</summary>
    private const string Packed = Address + ".gz";

    private const string Cache = "public, max-age=600, stale-while-revalidate=86400";

    /// <summary>Which content type the packed file has; otherwise the name says it.</summary>
    public static IContentTypeProvider Types { get; } = new FileExtensionContentTypeProvider { Mappings = { [".gz"] = "text/javascript" } };

    /// <summary>Sends who understands it to the packed file.</summary>
    public static void UsePackedWidget(this WebApplication app, string root)
    {
        if (!File.Exists(root + Packed)) return;
        app.Use((http, next) =>
        {
            if (http.Request.Path == Address && TakesGzip(http.Request)) http.Request.Path = Packed;
            return next(http);
        });
    }

    /// <summary>Whether a file is the widget; then it gets its headers.</summary>
    public static bool Prepare(HttpContext http)
    {
        var isPacked = http.Request.Path == Packed;
        if (!isPacked && http.Request.Path != Address) return false;
        var headers = http.Response.Headers;
        headers.CacheControl = Cache;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["Timing-Allow-Origin"] = "*";
        if (isPacked) headers.ContentEncoding = "gzip";
        return true;
    }

    private static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(static coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);
}
