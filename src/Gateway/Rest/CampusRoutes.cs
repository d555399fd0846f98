using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Queues;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}</c>.</summary>
internal static class CampusRoutes
{
    public static void MapCampuses(this IEndpointRouteBuilder routes)
    {
        var campuses = routes.MapGroup("/api/v1/campuses/{campus}").WithTags("Campuses");
        routes.MapGet("/api/v1/campuses/{campus}", Get).AllowAnonymous().WithName("getCampus").WithTags("Campuses")
            .WithSummary("What a campus is called and which queues it has.")
            .Produces<CampusView>().Refuses(404, 429, 503);
        campuses.MapGet("/agents", Agents).IsWorth(Worth.Overview).RequireAuthorization(Access.Colleagues).WithName("listAgents")
            .WithSummary("The campus's agents: who is at work, and for which queues; by id, page by page.")
            .Produces<Colleague[]>().Refuses(400, 401, 403, 404, 429, 503);
        campuses.MapGet("/settings", Settings).IsWorth(Worth.Overview).RequireAuthorization(Access.Planners).WithName("getSettings")
            .WithSummary("The campus's settings.")
            .Produces<CampusSettings>().Refuses(401, 403, 404, 429, 503);
        campuses.MapGet("/alerts", Alerts).IsWorth(Worth.Overview).RequireAuthorization(Access.Supervisors).WithName("listAlerts")
            .WithSummary($"Clocks that were missed and next lines that were asked, of tickets that are not solved yet: the last {OpenAlerts.Maximum}, the newest last.")
            .Produces<ClockAlert[]>().Refuses(401, 403, 404, 429, 503);
        campuses.MapPut("/queues/{queue}", ChangeQueue).RequireAuthorization(Access.Planners).WithName("changeQueue")
            .WithSummary("Changes a queue while it runs: rings, strategy, targets, calendar, caps. What is left out gets its default. With If-Match, only when nobody changed the settings meanwhile.")
            .Produces<CampusSettings>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
        campuses.MapPut("/retention", ChangeRetention).RequireAuthorization(Access.Operators).WithName("changeRetention")
            .WithSummary("Changes after how many days words, names, numbers and evidence files of tickets that are over are erased; 0: never by itself. With If-Match, only when nobody changed the settings meanwhile.")
            .Produces<CampusSettings>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
        campuses.MapPut("/origins", AllowOrigins).RequireAuthorization(Access.Operators).WithName("changeOrigins")
            .WithSummary("Changes which web origins may embed the customers' page and call the API from a browser; none, unless said. With If-Match, only when nobody changed the settings meanwhile.")
            .Produces<CampusSettings>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
    }

    private static async Task Agents(string campus, string? cursor, string? limit, HttpContext http, CampusFacts campuses)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, await campuses.Agents(campus, page.After, page.Limit), static agent => agent.AgentId);
    }

    private static async Task Settings(string campus, HttpContext http, CampusFacts campuses) =>
        await Answer(http, await campuses.Settings(campus));

    private static async Task Alerts(string campus, HttpContext http, OpenAlerts alerts) => await http.Answer(await alerts.Of(campus));

    private static async Task ChangeQueue(
        string campus, string queue, QueueSettings settings, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, CampusFacts campuses)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no) await http.Answer(no);
        else await Answer(http, await campuses.ChangeQueue(Caller.Of(http.User), settings with { Queue = queue }, version));
    }

    private static Task Answer(HttpContext http, Reply<CampusSettings> reply)
    {
        if (reply.Value is { } settings) http.ShowVersion(settings.Version);
        return http.Answer(reply);
    }

    private static async Task ChangeRetention(
        string campus, RetentionSettings retention, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, CampusFacts campuses)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no) await http.Answer(no);
        else await Answer(http, await campuses.ChangeRetention(Caller.Of(http.User), retention, version));
    }

    private static async Task Get(string campus, HttpContext http, CampusFacts campuses) =>
        await http.Answer(await campuses.Get(campus));

    private static async Task AllowOrigins(
        string campus, OriginsRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, CampusFacts campuses)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no) await http.Answer(no);
        else await Answer(http, await campuses.AllowOrigins(Caller.Of(http.User), request.Origins, version));
    }
}

/// <summary>Web origins, each a scheme, a host and perhaps a port: <c>https://app.example.edu</c>.</summary>
public sealed record OriginsRequest(string[]? Origins);
