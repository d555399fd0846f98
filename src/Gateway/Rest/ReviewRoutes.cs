using CampusCare.Contracts.Campuses;
using CampusCare.Domain.Reviews;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/reviews</c>: what was decided without a person, for one to look at.</summary>
internal static class ReviewRoutes
{
    private const string Tsv = "text/tab-separated-values";

    public static void MapReviews(this IEndpointRouteBuilder routes)
    {
        var reviews = routes.MapGroup("/api/v1/campuses/{campus}/reviews").WithTags("Reviews");
        reviews.MapGet("", Waiting).IsWorth(Worth.Overview).RequireAuthorization(Access.Inspectors).WithName("listReviews")
            .WithSummary($"Decisions that wait for a person's look, oldest first, page by page. After {ReviewRules.OpenDays} days they lapse.")
            .Produces<ReviewLine[]>().Refuses(400, 401, 403, 404, 429, 503);
        reviews.MapGet("/figures", Figures).IsWorth(Worth.Overview).RequireAuthorization(Access.Inspectors).WithName("readReviewFigures")
            .WithSummary($"How the decisions of the last {ReviewDecisions.FigureDays} days did that people looked at, by kind and category.")
            .Produces<ReviewFigures>().Refuses(401, 403, 404, 429, 503);
        reviews.MapGet("/corrections", Corrections).IsWorth(Worth.Overview).RequireAuthorization(Access.Inspectors).WithName("exportCorrections")
            .WithSummary($"The messages that people corrected in the last {ReviewRules.KeptDays} days, masked, in the columns of the training corpus. On record.")
            .Produces(200, contentType: Tsv).Refuses(401, 403, 404, 429, 503);
        reviews.MapGet("/{review}", Open).RequireAuthorization(Access.Inspectors).WithName("openReview")
            .WithSummary("A decision, and the conversation that it was made in. On record.")
            .Produces<ReviewSheet>().Refuses(401, 403, 404, 429, 503);
        reviews.MapPost("/{review}/verdict", Judge).RequireAuthorization(Access.Inspectors).WithName("judgeDecision")
            .WithSummary("Says that a decision was right, or wrong and what would have been right. One verdict is kept; repeating one's own is harmless. On record.")
            .Produces<ReviewLine>().Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
        reviews.MapPut("", Change).RequireAuthorization(Access.Operators).WithName("changeReviews")
            .WithSummary("Changes how much of what is decided without a person is looked at by one. With If-Match, only when nobody changed the settings meanwhile.")
            .Produces<CampusSettings>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
    }

    private static async Task Waiting(string campus, string? cursor, string? limit, HttpContext http, ReviewDecisions reviews)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, await reviews.Waiting(Caller.Of(http.User), page.After, page.Limit), static line => line.ReviewId);
    }

    private static async Task Figures(string campus, HttpContext http, ReviewDecisions reviews) => await http.Answer(await reviews.Figures(Caller.Of(http.User)));

    private static async Task Corrections(string campus, HttpContext http, ReviewDecisions reviews)
    {
        var reply = await reviews.Corrections(Caller.Of(http.User));
        if (reply.Value is not { } file)
        {
            await http.Answer(reply.Problem!);
            return;
        }
        http.Response.ContentType = $"{Tsv}; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"campuscare-{campus}-corrections.tsv\"";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(file);
    }

    private static async Task Open(string campus, string review, HttpContext http, ReviewDecisions reviews) => await http.Answer(await reviews.Open(Caller.Of(http.User), review));

    private static async Task Judge(string campus, string review, JudgementRequest judgement, HttpContext http, ReviewDecisions reviews) =>
        await http.Answer(await reviews.Judge(Caller.Of(http.User), review, judgement));

    private static async Task Change(string campus, ReviewSettings settings, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, ReviewDecisions reviews)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no)
        {
            await http.Answer(no);
            return;
        }
        var reply = await reviews.Change(Caller.Of(http.User), settings, version);
        if (reply.Value is { } changed) http.ShowVersion(changed.Version);
        await http.Answer(reply);
    }
}
