using System.Globalization;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Knowledge;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain.Knowledge;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/knowledge</c>: articles, and what the bot makes of them.</summary>
internal static class KnowledgeRoutes
{
    public static void MapKnowledge(this IEndpointRouteBuilder routes)
    {
        var campus = routes.MapGroup("/api/v1/campuses/{campus}").WithTags("Knowledge");
        campus.MapGet("/knowledge/search", Search).IsWorth(Worth.Overview).RequireAuthorization(Access.Anyone).WithName("searchArticles")
            .WithSummary("The published articles that fit a question, best first, in its language. Staff also find what is for staff only.")
            .Produces<ArticleHit[]>().Refuses(400, 401, 403, 404, 429, 503);
        campus.MapGet("/knowledge/articles", List).IsWorth(Worth.Overview).RequireAuthorization(Access.Staff).WithName("listArticles")
            .WithSummary("The campus's own articles, or those that all campuses share, by id, page by page.")
            .Produces<ArticleLine[]>().Refuses(400, 401, 403, 404, 429, 503);
        campus.MapGet("/knowledge/articles/{article}", Get).RequireAuthorization(Access.Staff).WithName("getArticle")
            .WithSummary("An article with its history.")
            .Produces<ArticleView>().Refuses(400, 401, 403, 404, 429, 503);
        campus.MapPut("/knowledge/articles/{article}", Write).RequireAuthorization(Access.Admins).WithName("writeArticle")
            .WithSummary("Writes a new version, as a draft. An article with the id of a shared one takes its place on this campus, once it is published.")
            .Produces<ArticleView>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
        Move(campus, "review", ArticleMove.Review, Access.Reviewers, "Somebody else than the author finds a draft right.");
        Move(campus, "publish", ArticleMove.Publish, Access.Admins, "Publishes a reviewed version in place of the one before.");
        Move(campus, "retire", ArticleMove.Retire, Access.Admins, "Takes a published version back.");
        campus.MapGet("/knowledge/report", Report).IsWorth(Worth.Overview).RequireAuthorization(Access.Staff).WithName("getKnowledgeReport")
            .WithSummary("How articles did, which questions have no answer, and how much was solved without a person, by day.")
            .Produces<UseReport>().Refuses(401, 403, 404, 429, 503);
        campus.MapPut("/bot", ChangeBot).RequireAuthorization(Access.Operators).WithName("changeBot")
            .WithSummary("Changes whether the bot answers, from which confidence on, and what it leaves to people. With If-Match, only when nobody changed the settings meanwhile.")
            .Produces<CampusSettings>().Refuses(400, 401, 403, 404, 412, 413, 415, 429, 503);
        campus.MapGet("/tickets/{id}/suggestions", Suggest).IsWorth(Worth.Overview).RequireAuthorization(Access.Staff).WithName("suggestArticles")
            .WithSummary("The articles that fit a ticket, in its customer's language.")
            .Produces<ArticleHit[]>().Refuses(401, 403, 404, 429, 503);
        campus.MapPost("/tickets/{id}/suggestions/{article}", Insert).RequireAuthorization(Access.Agents).WithName("insertArticle")
            .WithSummary("The agent took an article as an answer: search learns from it.")
            .Produces(204).Refuses(401, 403, 404, 429, 503);
        campus.MapPost("/tickets/{id}/verdict", Judge).RequireAuthorization(Access.Contacts).WithName("judgeAnswer")
            .WithSummary("Whether the bot's answer helped, or that a person shall come. Repeatable.")
            .Produces<TicketView>().Refuses(400, 401, 403, 404, 409, 413, 415, 429, 503);
    }

    private static void Move(RouteGroupBuilder campus, string name, ArticleMove move, string access, string summary) =>
        campus.MapPost($"/knowledge/articles/{{article}}/versions/{{version}}/{name}",
                async (string campus, string article, string version, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, UseKnowledge knowledge) =>
                {
                    if (Versions.Expected(ifMatch, out var revision) is { } no) await http.Answer(no);
                    else if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) await http.Answer(ProblemOf.NotFound("There is no such version of this article."));
                    else await Answer(http, await knowledge.Move(Caller.Of(http.User), article, number, move, revision));
                })
            .RequireAuthorization(access).WithName($"{name}Article").WithSummary(summary)
            .Produces<ArticleView>().Refuses(400, 401, 403, 404, 412, 429, 503);

    private static async Task Search(string campus, string? q, string? language, string? limit, HttpContext http, UseKnowledge knowledge)
    {
        // Taken as text, so that a wrong one gets a problem that names it.
        var number = limit is null ? 5 : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 0;
        await http.Answer(await knowledge.Search(Caller.Of(http.User), q, language, number));
    }

    private static async Task List(string campus, string? cursor, string? limit, string? shared, HttpContext http, UseKnowledge knowledge)
    {
        if (Page.Of(cursor, limit, out var page) is { } noPage) await http.Answer(noPage);
        else if (Flag(shared, out var all) is { } no) await http.Answer(no);
        else await page.Answer(http, await knowledge.List(Caller.Of(http.User), all, page.After, page.Limit), static line => line.ArticleId, shared is null ? "" : $"&shared={shared}");
    }

    private static async Task Get(string campus, string article, string? shared, HttpContext http, UseKnowledge knowledge)
    {
        if (Flag(shared, out var all) is { } no) await http.Answer(no);
        else await Answer(http, await knowledge.Get(Caller.Of(http.User), article, all));
    }

    private static async Task Write(
        string campus, string article, ArticleContent content, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, UseKnowledge knowledge)
    {
        if (Versions.Expected(ifMatch, out var revision) is { } no) await http.Answer(no);
        else await Answer(http, await knowledge.Write(Caller.Of(http.User), article, content, revision));
    }

    private static async Task Report(string campus, HttpContext http, UseKnowledge knowledge) => await http.Answer(await knowledge.Report(Caller.Of(http.User)));

    private static async Task ChangeBot(string campus, BotSettings bot, [FromHeader(Name = "If-Match")] string? ifMatch, HttpContext http, UseKnowledge knowledge)
    {
        if (Versions.Expected(ifMatch, out var version) is { } no)
        {
            await http.Answer(no);
            return;
        }
        var reply = await knowledge.ChangeBot(Caller.Of(http.User), bot, version);
        if (reply.Value is { } settings) http.ShowVersion(settings.Version);
        await http.Answer(reply);
    }

    private static async Task Suggest(string campus, string id, HttpContext http, UseKnowledge knowledge) =>
        await http.Answer(await knowledge.Suggest(Caller.Of(http.User), id));

    private static async Task Insert(string campus, string id, string article, HttpContext http, UseKnowledge knowledge)
    {
        var reply = await knowledge.Insert(Caller.Of(http.User), id, article);
        if (reply.Problem is { } no) await http.Answer(no);
        else http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task Judge(string campus, string id, VerdictRequest verdict, HttpContext http, UseKnowledge knowledge) =>
        await http.Answer(await knowledge.Judge(Caller.Of(http.User), id, verdict.Verdict));

    private static Task Answer(HttpContext http, Reply<ArticleView> reply)
    {
        if (reply.Value is { } article) http.ShowVersion(article.Revision);
        return http.Answer(reply);
    }

    private static Problem? Flag(string? text, out bool value)
    {
        value = text == "true";
        return text is null or "true" or "false" ? null : ProblemOf.Invalid("shared", "`shared` must be true or false.");
    }
}
