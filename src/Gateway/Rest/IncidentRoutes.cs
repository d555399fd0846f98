using CampusCare.Contracts.Incidents;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/incidents</c>: what is broken.</summary>
internal static class IncidentRoutes
{
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        var incidents = routes.MapGroup("/api/v1/campuses/{campus}/incidents").WithTags("Incidents");
        incidents.MapPost("", Declare).RequireAuthorization(Access.Heralds).WithName("declareIncident")
            .WithSummary("Say openly that something is broken: a category, a title and what to do, in Chinese, English or both. On record.")
            .Produces<Incident>(201).Refuses(400, 401, 403, 404, 413, 415, 429, 503);
        incidents.MapGet("", All).IsWorth(Worth.Overview).RequireAuthorization(Access.Heralds).WithName("listIncidents")
            .WithSummary("Those that go on, oldest first, then those that ended in the last 30 days, newest first, at most 100; page by page.")
            .Produces<Incident[]>().Refuses(400, 401, 403, 404, 429, 503);
        incidents.MapPut("/{incident}", Change).RequireAuthorization(Access.Heralds).WithName("changeIncident")
            .WithSummary("Say something else of an incident that goes on; its category stays. With If-Match, only when nobody changed it meanwhile. On record.")
            .Produces<Incident>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
        incidents.MapPost("/{incident}/end", End).RequireAuthorization(Access.Heralds).WithName("endIncident")
            .WithSummary("Say that it is over. Repeatable, on record.")
            .Produces<Incident>().Refuses(401, 403, 404, 429, 503);
        incidents.MapGet("/open", Open).AllowAnonymous().WithName("readOpenIncidents")
            .WithSummary("What is broken now, for everybody.")
            .Produces<IncidentNotice[]>().Refuses(404, 429, 503);
    }

    private static async Task Declare(
        string campus, IncidentRequest incident, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpContext http, UseIncidents use) =>
        await Answer(http, await use.Declare(Caller.Of(http.User), idempotencyKey, incident), StatusCodes.Status201Created);

    private static async Task All(string campus, string? cursor, string? limit, HttpContext http, UseIncidents use)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, (await use.All(Caller.Of(http.User))).Map(all => page.Of(all, static incident => incident.IncidentId)), static incident => incident.IncidentId);
    }

    private static async Task Change(
        string campus, string incident, IncidentRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, UseIncidents use)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no) await http.Answer(no);
        else await Answer(http, await use.Change(Caller.Of(http.User), incident, request, version), StatusCodes.Status200OK);
    }

    private static async Task End(string campus, string incident, HttpContext http, UseIncidents use) =>
        await Answer(http, await use.End(Caller.Of(http.User), incident), StatusCodes.Status200OK);

    private static async Task Open(string campus, HttpContext http, UseIncidents use) => await http.Answer(await use.Open(campus));

    private static Task Answer(HttpContext http, Reply<Incident> reply, int status)
    {
        if (reply.Value is { } incident) http.ShowVersion(incident.Version);
        return http.Answer(reply, status);
    }
}
