using System.Collections.Immutable;
using CampusCare.Contracts.Agents;
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

    /// <summary>Sets the campus up, or changes it while it runs.</summary>
    Task Configure(CampusSettings settings);

    /// <summary>Adds an agent, or changes one while at work.</summary>
    Task Enroll(AgentProfile agent);

    /// <summary>The ids of the agents who serve a queue.</summary>
    [AlwaysInterleave] Task<ImmutableArray<string>> AgentsOf(string queue);
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
    [property: Id(4)] ImmutableArray<QueueSettings> Queues);

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
    [property: Id(3)] ImmutableArray<Category> Categories,
    [property: Id(4)] int MinimumLevel = 1,
    [property: Id(5)] int OfferSeconds = 20,
    [property: Id(6)] int WrapUpSeconds = 60)
{
    /// <summary>How the queue chooses among the agents who can take a ticket.</summary>
    [Id(7)] public StrategyName Strategy { get; init; }

    /// <summary>How a waiting ticket becomes less choosy: at most 6, in order of time. Changed while running, they hold at once.</summary>
    [Id(8)] public ImmutableArray<RingSettings> Rings { get; init; } = [];

    /// <summary>How long a ticket waits for the agent who served this customer last; 0: not at all.</summary>
    [Id(9)] public int StickySeconds { get; init; }

    /// <summary>Whether an offer is accepted in the agent's name at once.</summary>
    [Id(10)] public bool AutoAccept { get; init; }
}

/// <summary>A ring: from a waiting time on, who may be asked. It replaces the ring before it.</summary>
/// <param name="AfterSeconds">Waiting time at which it begins.</param>
/// <param name="LowerLevelsBy">How many levels less are enough, 0–4; never below 1.</param>
[GenerateSerializer, Immutable, Alias("RingSettings")]
public sealed record RingSettings([property: Id(0)] int AfterSeconds, [property: Id(1)] int LowerLevelsBy = 0)
{
    /// <summary>Skills that are no longer needed.</summary>
    [Id(2)] public ImmutableArray<string> Without { get; init; } = [];

    /// <summary>Sibling queues of the campus whose agents are asked too.</summary>
    [Id(3)] public ImmutableArray<string> Queues { get; init; } = [];
}
