using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Webhooks;
using CampusCare.Domain;
using CampusCare.Grains.Journals;
using CampusCare.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Campuses;

/// <summary>What a campus keeps: its settings, and which agents serve which queue.</summary>
[GenerateSerializer, Immutable, Alias("CampusState")]
public sealed record CampusState
{
    /// <summary>Null until the campus is set up.</summary>
    [Id(0)] public CampusSettings? Settings { get; init; }

    /// <summary>Everybody who ever was enrolled, by id.</summary>
    [Id(1)] public ImmutableArray<RosterEntry> Roster { get; init; } = [];

    /// <summary>Since when the settings hold, as long as the staff journal wasn't told; null: it was.</summary>
    [Id(2)] public DateTimeOffset? Untold { get; init; }
}

/// <summary>An agent and the queues that the agent serves.</summary>
[GenerateSerializer, Immutable, Alias("RosterEntry")]
public sealed record RosterEntry([property: Id(0)] string AgentId, [property: Id(1)] ImmutableArray<string> Queues, [property: Id(2)] bool Retired = false);

/// <inheritdoc cref="ICampusGrain"/>
[HashBasedPlacement]
public sealed partial class CampusGrain(
    [PersistentState("campus", StateStores.Main)] IPersistentState<CampusState> state, IStaffJournal staff, TimeProvider time,
    ILogger<CampusGrain> log) : Grain, ICampusGrain
{
    /// <summary>How often a staff journal that could not be told is told again.</summary>
    public static readonly TimeSpan JournalPeriod = TimeSpan.FromSeconds(5);

    private IGrainTimer? _later;

    private string Id => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => state.State.Untold is null ? Task.CompletedTask : TryTellJournal();

    public Task<CampusSettings?> Settings() => Task.FromResult(state.State.Settings);

    public async Task<Outcome<CampusSettings>> ConfigureQueue(QueueSettings queue, long? version)
    {
        if (ChangedSince(version) is { } no) return no;
        var known = state.State.Settings?.Queues.FirstOrDefault(settings => settings.Queue == queue.Queue);
        if (known is null) return new Refusal(RefusalCode.NotFound, $"There is no queue '{queue.Queue}'.", "queue");
        return await Configure(state.State.Settings! with { Queues = state.State.Settings!.Queues.Replace(known, queue) });
    }

    public Task<Outcome<CampusSettings>> ConfigureRetention(RetentionSettings retention, long? version) =>
        Change(version, settings => settings with { Retention = retention });

    public Task<Outcome<CampusSettings>> ConfigureBot(BotSettings bot, long? version) =>
        Change(version, settings => settings with { Bot = bot });

    public Task<Outcome<CampusSettings>> ConfigureRemedies(RemedySettings remedies, long? version) =>
        Change(version, settings => settings with { Remedies = remedies });

    public Task<Outcome<CampusSettings>> ConfigureReviews(ReviewSettings reviews, long? version) =>
        Change(version, settings => settings with { Reviews = reviews });

    public Task<Outcome<CampusSettings>> AllowOrigins(ImmutableArray<string> origins, long? version) =>
        Change(version, settings => settings with { Origins = origins });

    private async Task<Outcome<CampusSettings>> Change(long? version, Func<CampusSettings, CampusSettings> change)
    {
        if (ChangedSince(version) is { } no) return no;
        return state.State.Settings is { } settings
            ? await Configure(change(settings))
            : new Refusal(RefusalCode.NotFound, $"There is no campus '{Id}'.", "campus");
    }

    private Refusal? ChangedSince(long? version) => version is { } seen && seen != state.State.Settings?.Version
        ? new Refusal(RefusalCode.PreconditionFailed, "The settings were changed meanwhile. Read them again, and change what is there now.")
        : null;

    public async Task<Outcome<CampusSettings>> Configure(CampusSettings settings)
    {
        if (SettingsCheck.Fault(Id, settings) is { } fault) return fault;
        settings = settings with { Version = (state.State.Settings?.Version ?? 0) + 1, Webhooks = state.State.Settings?.Webhooks ?? [], Incidents = state.State.Settings?.Incidents ?? [] };
        await TellJournal();
        await state.Save(state.State with { Settings = settings, Untold = time.GetUtcNow() });
        await TryTellJournal();
        await GrainFactory.Region(settings.Region).Join(settings.Campus, [.. settings.Queues.Where(static queue => queue.Lends).Select(static queue => queue.Queue)]);
        foreach (var queue in settings.Queues) await GrainFactory.Queue(Id, queue.Queue).SettingsChanged();
        await GrainFactory.Retention(Id).KeepWatch();
        return settings;
    }

    public async Task<Outcome<CampusSettings>> Subscribe(WebhookInterest interest)
    {
        if (state.State.Settings is not { } settings) return new Refusal(RefusalCode.NotFound, "There is no such campus.");
        var others = settings.Webhooks.RemoveAll(known => known.Id == interest.Id);
        if (others.Length >= WebhookEvents.MaximumSubscriptions)
            return new Refusal(RefusalCode.Invalid, $"A campus has at most {WebhookEvents.MaximumSubscriptions} subscriptions: end one first.", "url");
        settings = settings with { Webhooks = others.Add(interest) };
        await state.Save(state.State with { Settings = settings });
        return settings;
    }

    public async Task Unsubscribe(string webhookId)
    {
        if (state.State.Settings is not { } settings || !settings.Webhooks.Any(known => known.Id == webhookId)) return;
        await state.Save(state.State with { Settings = settings with { Webhooks = settings.Webhooks.RemoveAll(known => known.Id == webhookId) } });
    }

    public async Task Suffer(ImmutableArray<Incident> open)
    {
        if (state.State.Settings is not { } settings || settings.Incidents.SequenceEqual(open)) return;
        await state.Save(state.State with { Settings = settings with { Incidents = open } });
    }

    // Stored together with the word that the journal is owed, as an agent's status is: what is answered is on record, sooner
    // or later, and what is on record was stored.
    private async Task TellJournal()
    {
        if (state.State is { Untold: { } since, Settings: { } settings }) await staff.Append(StaffEventCodec.Encode(Id, null, settings.ForJournal(), since));
        state.State = state.State with { Untold = null };
        _later?.Dispose();
        _later = null;
    }

    private async Task TryTellJournal()
    {
        try
        {
            await TellJournal();
        }
        catch (StorageUnavailableException error)
        {
            JournalLater(error, Id);
            _later ??= this.RegisterGrainTimer(TryTellJournal, new GrainTimerCreationOptions(JournalPeriod, JournalPeriod) { KeepAlive = true });
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The staff journal can't be told of the queues of {Campus} now; it is told later.")]
    private partial void JournalLater(Exception error, string campus);
}
