using System.Text.Json;
using CampusCare.Gateway.Pages;
using Microsoft.AspNetCore.Diagnostics;

namespace CampusCare.Gateway.Problems;

/// <summary>Turns what the framework refuses or what breaks into problem details, too.</summary>
internal static class Failures
{
    public static void UseProblemDetails(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = static http =>
            {
                // What was written so far, headers too, is gone by now.
                SafeHeaders.Add(http.Response.Headers);
                return http.Answer(Of(http.Features.Get<IExceptionHandlerFeature>()?.Error));
            },
            SuppressDiagnosticsCallback = static failed => failed.Exception is BadHttpRequestException,
        });
        app.UseStatusCodePages(context => context.HttpContext.Answer(ProblemOf.Status(context.HttpContext.Response.StatusCode)));
    }

    private static Problem Of(Exception? error) => error switch
    {
        BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
        BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } => ProblemOf.Invalid(null, "The request needs a JSON body as the API describes it (/openapi/v1.json)."),
        BadHttpRequestException bad => ProblemOf.Status(bad.StatusCode),
        _ => ProblemOf.Status(StatusCodes.Status500InternalServerError),
    };

    private static Problem OfJson(JsonException error)
    {
        // "$.text" names the field; "$" alone means that the document as a whole is broken or no object.
        var field = error.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : null;
        var at = error.LineNumber is { } line ? $" (line {line + 1}, byte {error.BytePositionInLine + 1})" : "";
        return field is null || IsSyntax(error)
            ? ProblemOf.Invalid(null, $"The body is not the JSON that this address takes{at}.")
            : ProblemOf.Invalid(field, $"`{field}` has the wrong type, or none of the values that the API knows{at}. See /openapi/v1.json.");
    }

    // A reader's own complaint about the syntax arrives wrapped; a converter's complaint about a value doesn't, or wraps something else.
    private static bool IsSyntax(JsonException error) => error.InnerException is JsonException;
}
