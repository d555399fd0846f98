using System.Collections.Immutable;
using System.Security.Cryptography;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Webhooks;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>A subscription that a campus wants.</summary>
/// <param name="Url">Where events are posted: https, a public address.</param>
/// <param name="Events">Of which it hears; all, unless said.</param>
public sealed record WebhookRequest(string? Url, string[]? Events = null);

/// <summary>A secret that was made, and is shown this once.</summary>
/// <param name="Webhook">The subscription.</param>
/// <param name="Secret">Signs what is posted: HMAC-SHA-256.</param>
public sealed record WebhookSecret(WebhookView Webhook, string Secret);

/// <summary>Campuses subscribe to what happens to their tickets.</summary>
internal sealed class Subscriptions(Cluster cluster, AuditTrail trail)
{
    private const int SecretBytes = 32;
    private const int IdBytes = 8;

    /// <summary>Begins one. The same id (an Idempotency-Key) begins it once, and then shows a new secret.</summary>
    public async Task<Reply<WebhookSecret>> Begin(Caller caller, string? id, WebhookRequest request)
    {
        if ((Check.OptionalId(id, "Idempotency-Key") ?? Wrong(request)) is { } no) return no;
        var secret = NewSecret();
        var events = request.Events is { Length: > 0 } chosen ? chosen.Distinct().Order(StringComparer.Ordinal) : WebhookEvents.All.AsEnumerable();
        id ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var reply = await cluster.Command(cluster.Grains.Webhook(caller.Campus, id).Begin(new BeginWebhook(request.Url!, [.. events], secret)));
        return (await trail.Keep(caller, AuditActions.WebhookBegun, id, "", reply)).Map(view => new WebhookSecret(view, secret));
    }

    /// <summary>All of the campus.</summary>
    public async Task<Reply<WebhookView[]>> All(Caller caller) => await cluster.Read(Views(caller.Campus), static views => (Reply<WebhookView[]>)views);

    /// <summary>Ends one.</summary>
    public Task<Reply<WebhookView>> End(Caller caller, string id) => Change(caller, AuditActions.WebhookEnded, id, static webhook => webhook.End());

    /// <summary>Tells it a word that means nothing.</summary>
    public async Task<Reply<WebhookTried>> Test(Caller caller, string id) =>
        Check.IsId(id) ? await cluster.Command(cluster.Grains.Webhook(caller.Campus, id).Test()) : Nowhere;

    /// <summary>A new secret beside those that sign already; the same request id adds one alone.</summary>
    public async Task<Reply<WebhookSecret>> AddSecret(Caller caller, string id, string? requestId)
    {
        if (Check.OptionalId(requestId, "Idempotency-Key") is { } no) return no;
        var secret = NewSecret();
        return (await Change(caller, AuditActions.WebhookSecretsChanged, id, webhook => webhook.AddSecret(secret, requestId))).Map(view => new WebhookSecret(view, secret));
    }

    /// <summary>Only the newest secret signs from now on.</summary>
    public Task<Reply<WebhookView>> DropOldSecrets(Caller caller, string id) => Change(caller, AuditActions.WebhookSecretsChanged, id, static webhook => webhook.DropOldSecrets());

    /// <summary>What was given up.</summary>
    public async Task<Reply<DeadLetter[]>> DeadLetters(Caller caller, string id, string? after, int limit)
    {
        if (!Check.IsId(id)) return Nowhere;
        var (ticket, seq) = Parse(after);
        return await cluster.Read(cluster.Grains.Webhook(caller.Campus, id).DeadLetters(ticket, seq, limit), static dead => (Reply<DeadLetter[]>)dead.ToArray());
    }

    /// <summary>Tries what was given up again: one, or all.</summary>
    public async Task<Reply<WebhookView>> SendAgain(Caller caller, string id, string? delivery)
    {
        var (ticket, seq) = Parse(delivery);
        return delivery is not null && ticket is null ? Nowhere : await On(caller, id, webhook => webhook.SendAgain(ticket, seq));
    }

    /// <summary>How a delivery is named: the id that its receiver gets.</summary>
    public static string NameOf(DeadLetter dead) => $"{dead.TicketId}-{dead.Seq}";

    private static readonly Problem Nowhere = ProblemOf.NotFound("There is no such subscription, or no such delivery.");

    private async Task<WebhookView[]> Views(string campus)
    {
        if (await cluster.Grains.Campus(campus).Settings() is not { } settings) return [];
        var views = await Task.WhenAll(settings.Webhooks.Select(webhook => cluster.Grains.Webhook(campus, webhook.Id).Get()));
        return [.. views.Select(static view => view.Value).OfType<WebhookView>()];
    }

    private async Task<Reply<WebhookView>> Change(Caller caller, string action, string id, Func<IWebhookGrain, Task<Outcome<WebhookView>>> act) =>
        Check.IsId(id) ? await trail.Keep(caller, action, id, "", await On(caller, id, act)) : Nowhere;

    private async Task<Reply<WebhookView>> On(Caller caller, string id, Func<IWebhookGrain, Task<Outcome<WebhookView>>> act) =>
        Check.IsId(id) ? await cluster.Command(act(cluster.Grains.Webhook(caller.Campus, id))) : Nowhere;

    private static Problem? Wrong(WebhookRequest request)
    {
        if (request.Url is not { Length: > 0 and <= WebhookEvents.MaximumUrl }) return ProblemOf.Invalid("url", $"`url` must be an https address of at most {WebhookEvents.MaximumUrl} characters.");
        return request.Events?.FirstOrDefault(static name => !WebhookEvents.All.Contains(name)) is null && request.Events?.Contains(null!) != true
            ? null
            : ProblemOf.Invalid("events", $"`events` may have: {string.Join(", ", WebhookEvents.All)}.");
    }

    private static (string? Ticket, long Seq) Parse(string? delivery)
    {
        var dash = delivery?.LastIndexOf('-') ?? -1;
        return dash > 0 && Check.IsTicketId(delivery![..dash]) && long.TryParse(delivery[(dash + 1)..], System.Globalization.NumberStyles.None, null, out var seq) ? (delivery[..dash], seq) : (null, 0);
    }

    private static string NewSecret() => "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes));
}
