using CampusCare.Contracts.Agents;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary>Who answers, as those see it who say so: <c>/api/v1/campuses/{campus}/roster</c> and <c>…/agents/{agent}</c>.</summary>
internal static class RosterRoutes
{
    public static void MapRoster(this IEndpointRouteBuilder routes)
    {
        var campuses = routes.MapGroup("/api/v1/campuses/{campus}").WithTags("Campuses");
        campuses.MapGet("/roster", List).IsWorth(Worth.Overview).RequireAuthorization(Access.Planners).WithName("listRoster")
            .WithSummary("All who ever were enrolled, also who is retired: queues, skills, pods, capacities; by id, page by page.")
            .Produces<AgentProfile[]>().Refuses(400, 401, 403, 404, 429, 503);
        campuses.MapGet("/agents/{agent}", Get).IsWorth(Worth.Overview).RequireAuthorization(Access.Planners).WithName("getAgent")
            .WithSummary("Who an agent is, and what the agent can do.")
            .Produces<AgentProfile>().Refuses(401, 403, 404, 429, 503);
        campuses.MapPut("/agents/{agent}", Change).RequireAuthorization(Access.Planners).WithName("changeAgent")
            .WithSummary("Adds an agent, changes one while at work, or brings back one who was retired. What is left out gets its default. With If-Match, only when nobody changed this agent meanwhile; \"0\": only somebody new.")
            .Produces<AgentProfile>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
        campuses.MapDelete("/agents/{agent}", Retire).RequireAuthorization(Access.Planners).WithName("retireAgent")
            .WithSummary("The agent answers no longer. Refused while conversations are in hand; what is only on offer goes back to its queue. With If-Match, only when nobody changed this agent meanwhile.")
            .Produces<AgentProfile>().Refuses(400, 401, 403, 404, 409, 412, 429, 503);
    }

    private static async Task List(string campus, string? cursor, string? limit, HttpContext http, Roster roster)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, await roster.List(campus, page.After, page.Limit), static agent => agent.AgentId);
    }

    private static async Task Get(string campus, string agent, HttpContext http, Roster roster) =>
        await Answer(http, await roster.Get(campus, agent));

    private static async Task Change(
        string campus, string agent, AgentRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, Roster roster)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no) await http.Answer(no);
        else await Answer(http, await roster.Change(Caller.Of(http.User), agent, request, version));
    }

    private static async Task Retire(string campus, string agent, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, Roster roster)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no) await http.Answer(no);
        else await Answer(http, await roster.Retire(Caller.Of(http.User), agent, version));
    }

    private static Task Answer(HttpContext http, Reply<AgentProfile> reply)
    {
        if (reply.Value is { } agent) http.ShowVersion(agent.Version);
        return http.Answer(reply);
    }
}
