using CampusCare.Gateway.Problems;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace CampusCare.Gateway.Rest;

/// <summary>HEAD and OPTIONS for every address of the API: no route has to think of them.</summary>
internal static class Methods
{
    private const string Api = "/api";

    /// <summary>A HEAD finds the route of its GET; around routing.</summary>
    public static void UseMethods(this WebApplication app)
    {
        app.Use(static (http, next) =>
        {
            if (IsApi(http) && HttpMethods.IsHead(http.Request.Method)) http.Request.Method = HttpMethods.Get;
            else return next(http);
            http.Items[typeof(Methods)] = true;
            return next(http);
        });
        app.UseRouting();
        app.Use(static (http, next) =>
        {
            // From here on it is a HEAD again: the server sends headers alone.
            if (http.Items.Remove(typeof(Methods))) http.Request.Method = HttpMethods.Head;
            if (http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not null && !CanBeRead(http.Request.ContentType))
                return http.Answer(ProblemOf.Status(StatusCodes.Status415UnsupportedMediaType));
            return IsApi(http) && HttpMethods.IsOptions(http.Request.Method) ? Options(http, next) : next(http);
        });
    }

    // JSON is UTF-8; the framework breaks on charsets that it doesn't know.
    private static bool CanBeRead(string? contentType) =>
        !MediaTypeHeaderValue.TryParse(contentType, out var media) || !media.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(media.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static async Task Options(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed }) http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments(Api);
}
