using System.Collections.Immutable;
using CampusCare.Contracts.Agents;
using CampusCare.Contracts.Incidents;
using CampusCare.Contracts.Webhooks;
using CampusCare.Domain;
using CampusCare.Domain.Reviews;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Triage;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Campuses;

/// <summary>One tenant: its queues, its staff, its rules.</summary>
[Alias("Campus")]
public interface ICampusGrain : IGrainWithStringKey
{
    /// <summary>The settings; null for a campus that nobody set up.</summary>
    [AlwaysInterleave] Task<CampusSettings?> Settings();

    /// <summary>Sets the campus up, or changes it while it runs; what can't be used is refused with its field.</summary>
    Task<Outcome<CampusSettings>> Configure(CampusSettings settings);

    /// <summary>Changes one queue while it runs; refused when the settings have another version than the caller saw.</summary>
    /// <param name="queue">The queue's settings.</param>
    /// <param name="version">The version that the caller saw; null: whatever there is.</param>
    Task<Outcome<CampusSettings>> ConfigureQueue(QueueSettings queue, long? version);

    /// <summary>Changes how long personal data are kept; a version is looked at as for a queue.</summary>
    Task<Outcome<CampusSettings>> ConfigureRetention(RetentionSettings retention, long? version = null);

    /// <summary>Changes which web origins may embed the customers' page and call the API from a browser; a version is looked at as for a queue.</summary>
    Task<Outcome<CampusSettings>> AllowOrigins(ImmutableArray<string> origins, long? version = null);

    /// <summary>Changes what the bot may answer.</summary>
    Task<Outcome<CampusSettings>> ConfigureBot(BotSettings bot, long? version = null);

    /// <summary>Changes what is given when something went wrong; a version is looked at as for a queue.</summary>
    Task<Outcome<CampusSettings>> ConfigureRemedies(RemedySettings remedies, long? version = null);

    /// <summary>Changes how much of what is decided without a person is looked at by one; a version is looked at as for a queue.</summary>
    Task<Outcome<CampusSettings>> ConfigureReviews(ReviewSettings reviews, long? version = null);

    /// <summary>Tickets that are opened from now on tell a subscription; refused when there are too many.</summary>
    Task<Outcome<CampusSettings>> Subscribe(WebhookInterest interest);

    /// <summary>They don't any more.</summary>
    Task Unsubscribe(string webhookId);

    /// <summary>What is broken now, as the campus's incidents grain knows it: tickets that are opened from now on tell of it.</summary>
    Task Suffer(ImmutableArray<Incident> open);

    /// <summary>Adds an agent, or changes one while at work, whatever was known before.</summary>
    Task Enroll(AgentProfile agent);

    /// <summary>Adds an agent, changes one while at work, or brings back one who was retired; what can't be used is refused with its field.</summary>
    /// <param name="agent">All that the agent is.</param>
    /// <param name="version">The version that the caller saw, 0 for somebody new; null: whatever there is.</param>
    Task<Outcome<AgentProfile>> ChangeAgent(AgentProfile agent, long? version);

    /// <summary>An agent answers no longer. Refused while conversations are in hand; what is only on offer goes back to its lines. A version is looked at as for a change.</summary>
    Task<Outcome<AgentProfile>> RetireAgent(string agentId, long? version);

    /// <summary>The ids of the agents who serve a queue.</summary>
    [AlwaysInterleave] Task<ImmutableArray<string>> AgentsOf(string queue);

    /// <summary>The ids of all agents who aren't retired.</summary>
    [AlwaysInterleave] Task<ImmutableArray<string>> Agents();

    /// <summary>The ids of all who ever were enrolled, also of those who are retired.</summary>
    [AlwaysInterleave] Task<ImmutableArray<string>> Everybody();
}

/// <summary>A campus's settings.</summary>
/// <param name="Campus">The tenant's id: 1–32 of a–z, 0–9 and dash.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Region">The ring of campuses that lend each other agents.</param>
/// <param name="Queues">At least one; the last one takes what no other claims.</param>
[GenerateSerializer, Immutable, Alias("CampusSettings")]
public sealed record CampusSettings(
    [property: Id(0)] string Campus,
    [property: Id(1)] string NameZh,
    [property: Id(2)] string NameEn,
    [property: Id(3)] string Region,
    [property: Id(4)] ImmutableArray<QueueSettings> Queues)
{
    /// <summary>How long personal data are kept; null: until somebody asks for their erasure.</summary>
    [Id(5)] public RetentionSettings? Retention { get; init; }

    /// <summary>Web origins (<c>https://app.example.edu</c>) that may embed the customers' page and call the API from a browser; at most 20.</summary>
    [Id(6)] public ImmutableArray<string> Origins { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Grows with each change; set by the campus.</summary>
    [Id(7)] public long Version { get; init; }

    /// <summary>Who is told of tickets; set by the campus.</summary>
    [Id(8)] public ImmutableArray<WebhookInterest> Webhooks { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What the bot may answer; null: nothing.</summary>
    [Id(9)] public BotSettings? Bot { get; init; }

    /// <summary>What is given when something went wrong; null: nothing.</summary>
    [Id(10)] public RemedySettings? Remedies { get; init; }

    /// <summary>What is broken now; set by the campus.</summary>
    [Id(11)] public ImmutableArray<Incident> Incidents { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How much of what is decided without a person is looked at by one; null: as usual.</summary>
    [Id(12)] public ReviewSettings? Reviews { get; init; }
}

/// <summary>How much of what is decided without a person is looked at by one.</summary>
/// <param name="Percent">Of a hundred decisions, 0–100; 0: none. 5 to 10 are enough to see how it goes.</param>
[GenerateSerializer, Immutable, Alias("ReviewSettings")]
public sealed record ReviewSettings([property: Id(0)] int Percent = ReviewRules.UsualPercent);

/// <summary>What the bot may answer.</summary>
/// <param name="On">Whether it answers at all.</param>
/// <param name="Confidence">From which confidence on, 0.3–1.</param>
[GenerateSerializer, Immutable, Alias("BotSettings")]
public sealed record BotSettings([property: Id(0)] bool On = false, [property: Id(1)] double Confidence = 0.65)
{
    /// <summary>What goes to a person at once, besides food safety and danger.</summary>
    [Id(2)] public ImmutableArray<Category> NotFor { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>How long personal data are kept after the last event of a ticket that is over.</summary>
/// <param name="PersonalDays">
/// Days until words, names, numbers and evidence files are erased, 1–3650; 0: never by itself. An event's words and names
/// are sealed by one hash, so they go together.
/// </param>
[GenerateSerializer, Immutable, Alias("RetentionSettings")]
public sealed record RetentionSettings([property: Id(0)] int PersonalDays = 0);

/// <summary>A queue's settings.</summary>
/// <param name="Queue">1–32 of a–z, 0–9 and dash; also the name of the skill that its tickets need.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Categories">What it takes.</param>
/// <param name="MinimumLevel">The level that its tickets need, 1–5.</param>
/// <param name="OfferSeconds">How long an agent may think about an offer.</param>
/// <param name="WrapUpSeconds">How long the after-contact work may hold a slot.</param>
[GenerateSerializer, Immutable, Alias("QueueSettings")]
public sealed record QueueSettings(
    [property: Id(0)] string Queue,
    [property: Id(1)] string NameZh,
    [property: Id(2)] string NameEn,
    ImmutableArray<Category> Categories,
    [property: Id(4)] int MinimumLevel = 1,
    [property: Id(5)] int OfferSeconds = 20,
    [property: Id(6)] int WrapUpSeconds = 60)
{
    /// <summary>What it takes.</summary>
    [Id(3)] public ImmutableArray<Category> Categories { get; init => field = value.OrEmpty(); } = Categories.OrEmpty();

    /// <summary>How the queue chooses among the agents who can take a ticket.</summary>
    [Id(7)] public StrategyName Strategy { get; init; }

    /// <summary>How a waiting ticket becomes less choosy: at most 6, in order of time. Changed while running, they hold at once.</summary>
    [Id(8)] public ImmutableArray<RingSettings> Rings { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How long a ticket waits for the agent who served this customer last; 0: not at all.</summary>
    [Id(9)] public int StickySeconds { get; init; }

    /// <summary>Whether an offer is accepted in the agent's name at once.</summary>
    [Id(10)] public bool AutoAccept { get; init; }

    /// <summary>What its tickets need besides the queue's own skill: languages, roles, pods.</summary>
    [Id(11)] public ImmutableArray<SkillRuleSettings> SkillRules { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What is promised about time; null: nothing.</summary>
    [Id(12)] public ServiceTargetSettings? Targets { get; init; }

    /// <summary>Office hours: outside of them contacts are taken, and clocks stand still; null: always open.</summary>
    [Id(13)] public CalendarSettings? Calendar { get; init; }

    /// <summary>How many may wait on the line; more are asked to keep the place and be called back. 0: no limit.</summary>
    [Id(14)] public int MaximumWaiting { get; init; }

    /// <summary>The line that is asked when this one had its time; null: the product team.</summary>
    [Id(15)] public string? EscalateTo { get; init; }

    /// <summary>How long this line has; 0: for ever.</summary>
    [Id(16)] public int EscalateAfterSeconds { get; init; }

    /// <summary>Whether its agents are lent to the same queue of other campuses of the region, while they can be spared.</summary>
    [Id(17)] public bool Lends { get; init; }
}

/// <summary>A need of some tickets; null stands for any.</summary>
/// <param name="Skill">What an agent needs, say <c>lang:en</c> or <c>pod:quick</c>.</param>
/// <param name="Level">1–5.</param>
/// <param name="Hard">Whether it must be, or only had better be.</param>
/// <param name="Role">Whose tickets need it.</param>
/// <param name="Language">Texts of which language: <c>zh</c> or <c>en</c>.</param>
/// <param name="Category">Tickets about what.</param>
/// <param name="Tier">Tickets of which customers.</param>
[GenerateSerializer, Immutable, Alias("SkillRuleSettings")]
public sealed record SkillRuleSettings(
    [property: Id(0)] string Skill,
    [property: Id(1)] int Level = 1,
    [property: Id(2)] bool Hard = false,
    [property: Id(3)] CustomerRole? Role = null,
    [property: Id(4)] string? Language = null,
    [property: Id(5)] Category? Category = null,
    [property: Id(6)] CustomerTier? Tier = null);

/// <summary>What is promised about time, in seconds of office hours; 0: nothing.</summary>
/// <param name="FirstResponseSeconds">From the contact to an agent's first word.</param>
/// <param name="NextResponseSeconds">From a customer's word to the agent's answer.</param>
/// <param name="ResolutionSeconds">From the contact to the solution.</param>
/// <param name="VipFirstResponseSeconds">First response to a VIP.</param>
[GenerateSerializer, Immutable, Alias("ServiceTargetSettings")]
public sealed record ServiceTargetSettings(
    [property: Id(0)] int FirstResponseSeconds = 0,
    [property: Id(1)] int NextResponseSeconds = 0,
    [property: Id(2)] int ResolutionSeconds = 0,
    [property: Id(3)] int VipFirstResponseSeconds = 15)
{
    /// <summary>Other promises for some categories, in place of these.</summary>
    [Id(4)] public ImmutableArray<CategoryTargetSettings> ByCategory { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>The promises for one category.</summary>
[GenerateSerializer, Immutable, Alias("CategoryTargetSettings")]
public sealed record CategoryTargetSettings(
    [property: Id(0)] Category Category,
    [property: Id(1)] int FirstResponseSeconds = 0,
    [property: Id(2)] int NextResponseSeconds = 0,
    [property: Id(3)] int ResolutionSeconds = 0);

/// <summary>Office hours.</summary>
/// <param name="UtcOffsetMinutes">The campus's clock; 480 in China.</param>
/// <param name="Week">The open times of a week.</param>
[GenerateSerializer, Immutable, Alias("CalendarSettings")]
public sealed record CalendarSettings([property: Id(0)] int UtcOffsetMinutes, [property: Id(1)] ImmutableArray<OpenSpanSettings> Week)
{
    /// <summary>Days that differ from their weekday.</summary>
    [Id(2)] public ImmutableArray<DaySettings> Exceptions { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>An open time, in minutes of the day (0–1440).</summary>
[GenerateSerializer, Immutable, Alias("OpenSpanSettings")]
public sealed record OpenSpanSettings([property: Id(0)] DayOfWeek Day, [property: Id(1)] int FromMinute, [property: Id(2)] int ToMinute);

/// <summary>A day that differs; without spans it is closed.</summary>
[GenerateSerializer, Immutable, Alias("DaySettings")]
public sealed record DaySettings([property: Id(0)] DateOnly Day, [property: Id(1)] ImmutableArray<OpenSpanSettings> Open);

/// <summary>A ring: from a waiting time on, who may be asked. It replaces the ring before it.</summary>
/// <param name="AfterSeconds">Waiting time at which it begins.</param>
/// <param name="LowerLevelsBy">How many levels less are enough, 0–4; never below 1.</param>
[GenerateSerializer, Immutable, Alias("RingSettings")]
public sealed record RingSettings([property: Id(0)] int AfterSeconds, [property: Id(1)] int LowerLevelsBy = 0)
{
    /// <summary>Skills that are no longer needed.</summary>
    [Id(2)] public ImmutableArray<string> Without { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Sibling queues of the campus whose agents are asked too.</summary>
    [Id(3)] public ImmutableArray<string> Queues { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Whether the same queue of the region's other campuses is asked too.</summary>
    [Id(4)] public bool Region { get; init; }
}
