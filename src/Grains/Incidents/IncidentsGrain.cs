using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Incidents;
using CampusCare.Domain;
using CampusCare.Domain.Incidents;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Incidents;

/// <inheritdoc cref="IIncidentsGrain"/>
[HashBasedPlacement]
public sealed partial class IncidentsGrain(
    [PersistentState("incidents", StateStores.Main)] IPersistentState<IncidentsState> state, ITicketReadModel rows, KnownGateways gateways, TimeProvider time, ILogger<IncidentsGrain> log)
    : Grain, IIncidentsGrain, IRemindable
{
    /// <summary>Incidents at once: more than anybody can read.</summary>
    public const int MaximumOpen = 8;

    /// <summary>Ended incidents that are kept.</summary>
    public const int MaximumEnded = 100;

    /// <summary>How long an ended incident is kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>How far back an incident may have begun.</summary>
    public static readonly TimeSpan LongestPast = TimeSpan.FromHours(24);

    /// <summary>How far ahead its end may be expected.</summary>
    public static readonly TimeSpan LongestFuture = TimeSpan.FromDays(30);

    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such incident.");
    private static readonly Refusal IsOver = new(RefusalCode.Invalid, "This incident is over. Declare another one.");

    private Followers _followers = null!;
    private Versions _versions = null!;

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    private IEnumerable<Incident> OpenNow => state.State.Incidents.Where(static incident => incident.EndedAt is null);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (_followers, _versions) = (new Followers(time, gateways), new Versions(time));
        return state.State.Untold.IsEmpty ? Task.CompletedTask : GrainFactory.Incidents(Campus).TellTickets();
    }

    public async Task<Outcome<Incident>> Declare(DeclareIncident command)
    {
        var words = command.Text.Words().Trimmed();
        var now = time.GetUtcNow();
        var since = command.Since ?? now;
        if (Find(command.IncidentId) is { } known)
            return known.Category == command.Category ? await Again(known) : new Refusal(RefusalCode.Invalid, "There is an incident with this id, and it is another one.", "Idempotency-Key");
        if (Fault(words, command.ExpectedEnd, now) is { } no) return no;
        if (since > now || since < now - LongestPast) return new Refusal(RefusalCode.Invalid, $"An incident that is declared began in the last {LongestPast.TotalHours:0} hours.", "since");
        if (OpenNow.Count() >= MaximumOpen) return new Refusal(RefusalCode.Invalid, $"A campus has at most {MaximumOpen} incidents at once. End one first.");
        if (OpenNow.Any(open => open.Category == command.Category))
            return new Refusal(RefusalCode.Invalid, "There is an incident about this category. Change what is said of it, or end it first.", "category");
        if (await GrainFactory.Campus(Campus).Settings() is null) return new Refusal(RefusalCode.NotFound, "There is no such campus.");
        var made = new Incident(command.IncidentId, command.Category, words.Text(), since, now, command.By, 1) { ExpectedEnd = command.ExpectedEnd, UpdatedAt = now };
        await Keep(state.State.Incidents.Add(made), made, new UntoldWord(made.IncidentId, false, made.Category, since, now));
        return made;
    }

    public async Task<Outcome<Incident>> Change(ChangeIncident command)
    {
        if (Find(command.IncidentId) is not { } known) return Unknown;
        if (known.EndedAt is not null) return IsOver;
        var words = command.Text.Words().Trimmed();
        if (command.Version is { } seen && seen != known.Version)
            return new Refusal(RefusalCode.PreconditionFailed, "The incident was changed meanwhile. Read it again, and change what is there now.");
        var now = time.GetUtcNow();
        if (Fault(words, command.ExpectedEnd, now) is { } no) return no;
        return await Again(known, known with { Text = words.Text(), ExpectedEnd = command.ExpectedEnd, UpdatedAt = now, Version = known.Version + 1 });
    }

    public async Task<Outcome<Incident>> End(string incidentId, string by)
    {
        if (Find(incidentId) is not { } known) return Unknown;
        if (known.EndedAt is not null) return await Again(known);
        var now = time.GetUtcNow();
        return await Again(known, known with { EndedAt = now, EndedBy = by, UpdatedAt = now, Version = known.Version + 1 }, new UntoldWord(incidentId, true, known.Category, known.Since, now));
    }

    public Task<ImmutableArray<Incident>> All() =>
        Task.FromResult<ImmutableArray<Incident>>([.. OpenNow, .. state.State.Incidents.Where(static incident => incident.EndedAt is not null).OrderByDescending(static incident => incident.EndedAt)]);

    public Task<IncidentNews> Now() => Task.FromResult(News());

    public Task Follow(string gatewayId, IGatewayObserver gateway)
    {
        _followers.Add(gatewayId, gateway);
        return Task.CompletedTask;
    }

    // Asked for again, it may be that nobody heard of it yet.
    private async Task<Incident> Again(Incident known, Incident? next = null, UntoldWord? untold = null)
    {
        await Keep(next is null ? state.State.Incidents : state.State.Incidents.Replace(known, next), next ?? known, untold);
        return next ?? known;
    }

    private async Task Keep(ImmutableArray<Incident> incidents, Incident changed, UntoldWord? untold = null)
    {
        var oldest = time.GetUtcNow() - KeptFor;
        var kept = incidents.Where(static incident => incident.EndedAt is not null).OrderByDescending(static incident => incident.EndedAt).Take(MaximumEnded).Where(incident => incident.EndedAt >= oldest).ToHashSet();
        var next = state.State with { Incidents = incidents.RemoveAll(incident => incident.EndedAt is not null && !kept.Contains(incident)) };
        if (untold is not null) await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);
        await state.Save(untold is null ? next : next with { Untold = next.Untold.RemoveAll(word => word.IncidentId == untold.IncidentId).Add(untold) });
        await GrainFactory.Campus(Campus).Suffer([.. OpenNow]);
        var news = News();
        _followers.Tell(gateway => gateway.IncidentsChanged(news));
        // A subscriber who is slow delays nobody.
        if (await GrainFactory.Campus(Campus).Settings() is { } settings)
            foreach (var webhook in settings.Webhooks) _ = GrainFactory.Webhook(Campus, webhook.Id).TellIncident(changed);
        if (untold is not null) _ = GrainFactory.Incidents(Campus).TellTickets();
    }

    private IncidentNews News() => new(Campus, _versions.Next(), [.. OpenNow]);

    private Incident? Find(string id) => state.State.Incidents.FirstOrDefault(incident => incident.IncidentId == id);

    private static Refusal? Fault(IncidentWords words, DateTimeOffset? end, DateTimeOffset now) =>
        words.Fault() is { } fault ? new Refusal(RefusalCode.Invalid, fault.Detail, fault.Field)
        : end <= now || end > now + LongestFuture ? new Refusal(RefusalCode.Invalid, $"The expected end must lie ahead, within {LongestFuture.TotalDays:0} days.", "expectedEnd")
        : null;
}

/// <summary>Words of incidents, as messages have them and as rules have them.</summary>
internal static class IncidentTexts
{
    public static IncidentWords Words(this IncidentText text) => new(text.TitleZh, text.TitleEn, text.AdviceZh, text.AdviceEn);

    public static IncidentText Text(this IncidentWords words) => new(words.TitleZh, words.TitleEn, words.AdviceZh, words.AdviceEn);
}
