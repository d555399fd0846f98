using System.Globalization;
using CampusCare.Contracts.Supervision;
using CampusCare.Gateway.Exports;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/history</c>: all of a campus's tickets, for its supervisors.</summary>
internal static class HistoryRoutes
{
    private const string Csv = "text/csv";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>No clock is farther from UTC, in minutes.</summary>
    private const int FarthestClock = 14 * 60;

    public static void MapHistory(this IEndpointRouteBuilder routes)
    {
        var history = routes.MapGroup("/api/v1/campuses/{campus}/history").WithTags("Supervision");
        history.MapGet("", Find).IsWorth(Worth.Overview).RequireAuthorization(Access.Supervisors).WithName("searchHistory")
            .WithSummary($"The campus's tickets that fit, newest first, page by page; of the last {SearchHistory.UsualSpan.TotalDays:0} days unless said, of any time with a number.")
            .Produces<HistoryLine[]>().Refuses(400, 401, 403, 404, 429, 503);
        history.MapGet("/export", Export).IsWorth(Worth.Overview).RequireAuthorization(Access.Supervisors).WithName("exportHistory")
            .WithSummary($"The same as a table, for Excel or as CSV; at most {SearchHistory.MaximumRows} rows. On record.")
            .Produces(200, contentType: Csv, additionalContentTypes: Xlsx).Refuses(400, 401, 403, 404, 429, 503);
    }

    private static async Task Find([AsParameters] Filter filter, string? cursor, string? limit, HttpContext http, SearchHistory history)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, await history.Find(Caller.Of(http.User), filter.Query, page.After, page.Limit), static line => line.TicketId, Also(http));
    }

    private static async Task Export([AsParameters] Filter filter, string? format, string? language, string? offset, HttpContext http, SearchHistory history)
    {
        if (Check(format, language, offset, out var clock) is { } wrong)
        {
            await http.Answer(wrong);
            return;
        }
        var begun = await history.Begin(Caller.Of(http.User), filter.Query, format ?? "csv");
        if (begun.Value is not { } export)
        {
            await http.Answer(begun.Problem!);
            return;
        }
        http.Response.ContentType = format == "xlsx" ? Xlsx : $"{Csv}; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"campuscare-{filter.Campus}-history.{format ?? "csv"}\"";
        http.Response.Headers.CacheControl = "no-store";
        // A zip's last words about each file are written synchronously.
        http.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        // What was begun can't become a problem any more: a cut connection tells that the file isn't whole.
        if (!await Write(export, format, HistoryTable.Head(language == "en", clock), clock, http, history)) http.Abort();
    }

    private static async Task<bool> Write(HistoryExport export, string? format, string[] head, TimeSpan clock, HttpContext http, SearchHistory history)
    {
        var (to, stop) = (http.Response.Body, http.RequestAborted);
        await using ITableWriter table = format == "xlsx" ? await XlsxTable.Begin(to, "history", head, clock, stop) : await CsvTable.Begin(to, head, clock, stop);
        return await history.Write(export, table, stop);
    }

    private static Problem? Check(string? format, string? language, string? offset, out TimeSpan clock)
    {
        clock = TimeSpan.Zero;
        if (format is not (null or "csv" or "xlsx")) return ProblemOf.Invalid("format", "`format` must be csv or xlsx.");
        if (language is not (null or "zh" or "en")) return ProblemOf.Invalid("language", "`language` must be zh or en.");
        if (offset is null) return null;
        if (!int.TryParse(offset, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var minutes) || Math.Abs(minutes) > FarthestClock)
            return ProblemOf.Invalid("offset", $"`offset` must be a whole number of minutes from −{FarthestClock} to {FarthestClock}.");
        clock = TimeSpan.FromMinutes(minutes);
        return null;
    }

    // The next page is asked for with the same filter.
    private static string Also(HttpContext http) => string.Concat(http.Request.Query
        .Where(static pair => pair.Key is not ("cursor" or "limit"))
        .Select(static pair => $"&{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}"));

    /// <summary>The query of a search.</summary>
    internal sealed class Filter
    {
        [FromRoute(Name = "campus")] public string Campus { get; init; } = "";
        [FromQuery(Name = "from")] public string? From { get; init; }
        [FromQuery(Name = "to")] public string? To { get; init; }
        [FromQuery(Name = "category")] public string? Category { get; init; }
        [FromQuery(Name = "agent")] public string? Agent { get; init; }
        [FromQuery(Name = "role")] public string? Role { get; init; }
        [FromQuery(Name = "phase")] public string? Phase { get; init; }
        [FromQuery(Name = "leastStars")] public string? LeastStars { get; init; }
        [FromQuery(Name = "mostStars")] public string? MostStars { get; init; }
        [FromQuery(Name = "number")] public string? Number { get; init; }

        public HistoryQuery Query => new(From, To, Category, Agent, Role, Phase, LeastStars, MostStars, Number);
    }
}
