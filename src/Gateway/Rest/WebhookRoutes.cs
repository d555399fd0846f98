using CampusCare.Contracts.Webhooks;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Overload;
using CampusCare.Gateway.Problems;
using CampusCare.Gateway.UseCases;
using Microsoft.AspNetCore.Mvc;

namespace CampusCare.Gateway.Rest;

/// <summary><c>/api/v1/campuses/{campus}/webhooks</c>: who is told what happens to tickets.</summary>
internal static class WebhookRoutes
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/api/v1/campuses/{campus}/webhooks").WithTags("Webhooks").RequireAuthorization(Access.Integrators);
        webhooks.MapPost("", Begin).WithName("beginWebhook")
            .WithSummary("Subscribe to what happens to tickets that are opened from now on. The secret is shown this once.")
            .Produces<WebhookSecret>(201).Refuses(400, 401, 403, 404, 413, 415, 429, 503);
        webhooks.MapGet("", All).IsWorth(Worth.Overview).WithName("listWebhooks")
            .WithSummary($"The campus's subscriptions, at most {WebhookEvents.MaximumSubscriptions}, page by page.")
            .Produces<WebhookView[]>().Refuses(400, 401, 403, 404, 429, 503);
        webhooks.MapDelete("/{webhook}", End).WithName("endWebhook")
            .WithSummary("End a subscription, and forget what it had yet to be told.")
            .Produces<WebhookView>().Refuses(401, 403, 404, 429, 503);
        webhooks.MapPost("/{webhook}/test", Test).WithName("testWebhook")
            .WithSummary("Post an event of the type `test` now, and say how that went.")
            .Produces<WebhookTried>().Refuses(401, 403, 404, 429, 503);
        webhooks.MapPost("/{webhook}/secrets", AddSecret).WithName("addWebhookSecret")
            .WithSummary("A new secret, shown this once; the old ones sign on beside it. The same Idempotency-Key shows another in its place.")
            .Produces<WebhookSecret>(201).Refuses(400, 401, 403, 404, 429, 503);
        webhooks.MapDelete("/{webhook}/secrets", DropOldSecrets).WithName("dropOldWebhookSecrets")
            .WithSummary("Only the newest secret signs from now on.")
            .Produces<WebhookView>().Refuses(401, 403, 404, 429, 503);
        webhooks.MapGet("/{webhook}/dead-letters", DeadLetters).IsWorth(Worth.Overview).WithName("listDeadLetters")
            .WithSummary("What was given up after many attempts, page by page.")
            .Produces<DeadLetter[]>().Refuses(400, 401, 403, 404, 429, 503);
        webhooks.MapPost("/{webhook}/dead-letters/send-again", SendAllAgain).WithName("sendDeadLettersAgain")
            .WithSummary("Try all that was given up again.")
            .Produces<WebhookView>().Refuses(401, 403, 404, 429, 503);
        webhooks.MapPost("/{webhook}/dead-letters/{delivery}/send-again", SendAgain).WithName("sendDeadLetterAgain")
            .WithSummary("Try one again that was given up.")
            .Produces<WebhookView>().Refuses(401, 403, 404, 429, 503);
    }

    private static async Task Begin(
        string campus, WebhookRequest request, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpContext http, Subscriptions webhooks) =>
        await http.Answer(await webhooks.Begin(Caller.Of(http.User), idempotencyKey, request), StatusCodes.Status201Created);

    private static async Task All(string campus, string? cursor, string? limit, HttpContext http, Subscriptions webhooks)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, (await webhooks.All(Caller.Of(http.User))).Map(all => page.Of(all, static webhook => webhook.Id)), static webhook => webhook.Id);
    }

    private static async Task End(string campus, string webhook, HttpContext http, Subscriptions webhooks) =>
        await http.Answer(await webhooks.End(Caller.Of(http.User), webhook));

    private static async Task Test(string campus, string webhook, HttpContext http, Subscriptions webhooks) =>
        await http.Answer(await webhooks.Test(Caller.Of(http.User), webhook));

    private static async Task AddSecret(
        string campus, string webhook, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpContext http, Subscriptions webhooks) =>
        await http.Answer(await webhooks.AddSecret(Caller.Of(http.User), webhook, idempotencyKey), StatusCodes.Status201Created);

    private static async Task DropOldSecrets(string campus, string webhook, HttpContext http, Subscriptions webhooks) =>
        await http.Answer(await webhooks.DropOldSecrets(Caller.Of(http.User), webhook));

    private static async Task DeadLetters(string campus, string webhook, string? cursor, string? limit, HttpContext http, Subscriptions webhooks)
    {
        if (Page.Of(cursor, limit, out var page) is { } no) await http.Answer(no);
        else await page.Answer(http, await webhooks.DeadLetters(Caller.Of(http.User), webhook, page.After, page.Limit), Subscriptions.NameOf);
    }

    private static async Task SendAllAgain(string campus, string webhook, HttpContext http, Subscriptions webhooks) =>
        await http.Answer(await webhooks.SendAgain(Caller.Of(http.User), webhook, null));

    private static async Task SendAgain(string campus, string webhook, string delivery, HttpContext http, Subscriptions webhooks) =>
        await http.Answer(await webhooks.SendAgain(Caller.Of(http.User), webhook, delivery));
}
