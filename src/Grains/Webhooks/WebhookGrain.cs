using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Webhooks;
using CampusCare.Domain;
using CampusCare.Storage;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Webhooks;

/// <summary>What a subscription keeps.</summary>
[GenerateSerializer, Immutable, Alias("WebhookState")]
public sealed record WebhookState
{
    /// <summary>Null before it began and after it ended.</summary>
    [Id(0)] public string? Url { get; init; }

    /// <summary>Names of <see cref="WebhookEvents"/>.</summary>
    [Id(1)] public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>It hears of tickets that were opened from then on.</summary>
    [Id(2)] public DateTimeOffset Since { get; init; }

    /// <summary>What signs, the newest first.</summary>
    [Id(3)] public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>The request that added the newest secret; null for the first, and for requests that have no name.</summary>
    [Id(4)] public string? NewestFrom { get; init; }

    /// <summary>Incidents that are still to be told, oldest first.</summary>
    [Id(5)] public ImmutableArray<UntoldIncident> Incidents { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>An incident that a subscriber is still to be told of.</summary>
/// <param name="Incident">As it was.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="DueAt">When it is tried next.</param>
[GenerateSerializer, Immutable, Alias("UntoldIncident")]
public sealed record UntoldIncident([property: Id(0)] Incident Incident, [property: Id(1)] long Attempts, [property: Id(2)] DateTimeOffset DueAt);

/// <inheritdoc cref="IWebhookGrain"/>
[HashBasedPlacement]
public sealed partial class WebhookGrain(
    [PersistentState("webhook", StateStores.Main)] IPersistentState<WebhookState> state,
    IWebhookDeliveries deliveries, ITicketJournal journal, ITicketReadModel rows, IWebhookSender sender, TimeProvider time) : Grain, IWebhookGrain
{
    /// <summary>Secrets that sign at once.</summary>
    public const int MaximumSecrets = 3;

    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such subscription.");

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Campus;

    private string Id => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    public async Task<Outcome<WebhookView>> Begin(BeginWebhook command)
    {
        if (state.State.Url is not null)
        {
            var same = state.State.Url == command.Url && state.State.Events.SequenceEqual(command.Events);
            return same ? View() : new Refusal(RefusalCode.Invalid, "There is a subscription with this id, and it is another one.", "Idempotency-Key");
        }
        if (sender.Fault(command.Url) is { } fault) return new Refusal(RefusalCode.Invalid, fault, "url");
        var since = time.GetUtcNow();
        var told = await GrainFactory.Campus(Campus).Subscribe(new WebhookInterest(Id, command.Events, since));
        if (told.Refusal is { } no) return no;
        await state.Save(new WebhookState { Url = command.Url, Events = command.Events, Since = since, Secrets = [command.Secret] });
        return View();
    }

    public Task<Outcome<WebhookView>> Get() => Task.FromResult<Outcome<WebhookView>>(state.State.Url is null ? Unknown : View());

    public Task<Outcome<WebhookView>> AddSecret(string secret, string? requestId)
    {
        var others = requestId is not null && requestId == state.State.NewestFrom ? state.State.Secrets.Skip(1) : state.State.Secrets.Take(MaximumSecrets - 1);
        return Change(state.State with { Secrets = [secret, .. others], NewestFrom = requestId });
    }

    public Task<Outcome<WebhookView>> DropOldSecrets() => Change(state.State with { Secrets = [.. state.State.Secrets.Take(1)] });

    public async Task<Outcome<WebhookTried>> Test()
    {
        if (state.State.Url is not { } url) return Unknown;
        var now = time.GetUtcNow();
        return new WebhookTried(await sender.Post(url, state.State.Secrets, $"test-{now.ToUnixTimeMilliseconds()}", WebhookBodies.Test(Campus, now)));
    }

    public async Task<Outcome<WebhookView>> End()
    {
        if (state.State.Url is null) return Unknown;
        var ended = View();
        await GrainFactory.Campus(Campus).Unsubscribe(Id);
        await state.Save(new WebhookState());
        await deliveries.Drop(Campus, Id);
        return ended;
    }

    public async Task<ImmutableArray<DeadLetter>> DeadLetters(string? afterTicket, long afterSeq, int limit)
    {
        var dead = await deliveries.GivenUp(Campus, Id, limit, afterTicket is null ? null : (afterTicket, afterSeq));
        return [.. dead.Select(static one => new DeadLetter(one.TicketId, one.Seq, one.DueAt, one.Fault))];
    }

    public async Task<Outcome<WebhookView>> SendAgain(string? ticketId, long seq)
    {
        if (state.State.Url is null) return Unknown;
        var found = await deliveries.SendAgain(Campus, Id, ticketId is null ? null : (ticketId, seq), time.GetUtcNow());
        if (found == 0 && ticketId is not null) return new Refusal(RefusalCode.NotFound, "There is no such dead letter.");
        await this.AsReference<IWebhookGrain>().Nudge();
        return View();
    }

    private async Task<Outcome<WebhookView>> Change(WebhookState next)
    {
        if (state.State.Url is null) return Unknown;
        await state.Save(next);
        return View();
    }

    private WebhookView View() => new(Id, state.State.Url!, state.State.Events, state.State.Since, state.State.Secrets.Length);
}
