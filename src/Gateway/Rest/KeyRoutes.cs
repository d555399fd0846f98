using System.Globalization;
using CampusCare.Contracts.ApiKeys;
using CampusCare.Contracts.Audits;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/keys</c> and <c>…/audit</c>: what those who run a campus do.</summary>
internal static class KeyRoutes
{
    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/v1/campuses/{campus}/keys").RequireAuthorization(Access.Operators).WithTags("Keys");
        keys.MapPost("", Create).WithName("createKey")
            .WithSummary("Makes an API key for a server of the campus. The key is shown this once; the same Idempotency-Key shows another in its place, as long as it wasn't used.")
            .Produces<IssuedKey>(201).Refuses(400, 401, 403, 404, 413, 415, 429, 503);
        keys.MapGet("", List).IsWorth(Worth.Overview).WithName("listKeys")
            .WithSummary("The campus's API keys, newest first, page by page: what they may do, and when they were used last.")
            .Produces<ApiKey[]>().Refuses(400, 401, 403, 404, 429, 503);
        keys.MapDelete("/{key}", Revoke).WithName("revokeKey")
            .WithSummary("Takes a key back, for good; within 15 seconds no gateway believes it any more.")
            .Produces<ApiKey>().Refuses(401, 403, 404, 429, 503);
    }

    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/campuses/{campus}/audit", Audit).IsWorth(Worth.Overview).RequireAuthorization(Access.Auditors).WithTags("Audit").WithName("readAudit")
            .WithSummary("Who of the staff did what, newest first; by actor, action or target, if asked.")
            .Produces<AuditPage>().Refuses(400, 401, 403, 404, 429, 503);

    private static async Task Create(
        string campus, KeyRequest request, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpContext http, ManageKeys keys)
    {
        http.Response.Headers.CacheControl = "no-store";
        await http.Answer(await keys.Create(Caller.Of(http.User), idempotencyKey, request), StatusCodes.Status201Created);
    }

    private static async Task List(string campus, string? cursor, string? limit, HttpContext http, ManageKeys keys)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, (await keys.List(Caller.Of(http.User))).Map(all => page.Of(all, static key => key.KeyId)), static key => key.KeyId);
    }

    private static async Task Revoke(string campus, string key, HttpContext http, ManageKeys keys) =>
        await http.Answer(await keys.Revoke(Caller.Of(http.User), key));

    private static async Task Audit(string campus, string? before, string? limit, string? actor, string? action, string? target, HttpContext http, AuditTrail trail)
    {
        // Taken as text, so that a wrong one gets a problem that names it.
        if (!long.TryParse(before ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var seq))
            await http.Answer(ProblemOf.Invalid("before", "`before` must be the `next` of the page before."));
        else if (!int.TryParse(limit ?? $"{AuditTrail.UsualPage}", NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > AuditTrail.MaximumPage)
            await http.Answer(ProblemOf.Invalid("limit", $"`limit` must be 1 to {AuditTrail.MaximumPage}."));
        else
            await http.Answer(await trail.Read(campus, new AuditQuery(seq, size, actor, action, target)));
    }
}
