using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Triage;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Incidents;

/// <summary>What is broken at a campus, as its staff declared it: everybody who asks is told, and told again when it is over.</summary>
[Alias("Incidents")]
public interface IIncidentsGrain : IGrainWithStringKey
{
    /// <summary>Declares one. Repeating it is harmless.</summary>
    Task<Outcome<Incident>> Declare(DeclareIncident command);

    /// <summary>Says something else of one that goes on; refused when it has another version than the caller saw.</summary>
    Task<Outcome<Incident>> Change(ChangeIncident command);

    /// <summary>It is over. Repeating it is harmless.</summary>
    Task<Outcome<Incident>> End(string incidentId, string by);

    /// <summary>Those that go on, oldest first; then those that ended, newest first.</summary>
    [AlwaysInterleave] Task<ImmutableArray<Incident>> All();

    /// <summary>Those that go on.</summary>
    [AlwaysInterleave] Task<IncidentNews> Now();

    /// <summary>What supervisors see beside them, as of the last look, which is seconds ago. Who asks first makes it look.</summary>
    [AlwaysInterleave] Task<IncidentSigns> Signs();

    /// <summary>Looks whether something breaks; from then on every five seconds.</summary>
    Task Look();

    /// <summary>The grain's own hint: tickets may have to be told something.</summary>
    [OneWay] Task TellTickets();

    /// <summary>Tells this gateway of changes until the time is over (<see cref="FollowTimes.Lifetime"/>); renew before.</summary>
    Task Follow(string gatewayId, IGatewayObserver gateway);
}

/// <summary>Something that is broken, or was.</summary>
/// <param name="IncidentId">Unique in the campus.</param>
/// <param name="Category">Contacts about this are told of it.</param>
/// <param name="Text">What is said of it.</param>
/// <param name="Since">Since when contacts come because of it.</param>
/// <param name="DeclaredAt">When it was declared.</param>
/// <param name="DeclaredBy">By whom.</param>
/// <param name="Version">Grows with each change.</param>
[GenerateSerializer, Immutable, Alias("Incident")]
public sealed record Incident(
    [property: Id(0)] string IncidentId,
    [property: Id(1)] Category Category,
    [property: Id(2)] IncidentText Text,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] DateTimeOffset DeclaredAt,
    [property: Id(5)] string DeclaredBy,
    [property: Id(6)] long Version)
{
    /// <summary>Until when it is expected to last; null: nobody knows.</summary>
    [Id(7)] public DateTimeOffset? ExpectedEnd { get; init; }

    /// <summary>When it was declared, or when something else was said of it.</summary>
    [Id(8)] public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was over; null while it goes on.</summary>
    [Id(9)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Who said so.</summary>
    [Id(10)] public string? EndedBy { get; init; }
}

/// <summary>What is said of an incident; what is empty in one language is said in the other.</summary>
/// <param name="TitleZh">What is wrong, in Chinese, at most 80 characters.</param>
/// <param name="TitleEn">What is wrong, in English.</param>
/// <param name="AdviceZh">What to do meanwhile, in Chinese, at most 500 characters.</param>
/// <param name="AdviceEn">What to do meanwhile, in English.</param>
[GenerateSerializer, Immutable, Alias("IncidentText")]
public sealed record IncidentText(
    [property: Id(0)] string TitleZh = "", [property: Id(1)] string TitleEn = "", [property: Id(2)] string AdviceZh = "", [property: Id(3)] string AdviceEn = "");

/// <summary>An incident to declare.</summary>
/// <param name="IncidentId">Chosen by the gateway; the same id declares one alone.</param>
/// <param name="Category">Contacts about this are told of it.</param>
/// <param name="Text">What is said of it.</param>
/// <param name="By">Who declares it.</param>
/// <param name="Since">Since when contacts come because of it; null: from now on.</param>
/// <param name="ExpectedEnd">Until when it is expected to last.</param>
[GenerateSerializer, Immutable, Alias("DeclareIncident")]
public sealed record DeclareIncident(
    [property: Id(0)] string IncidentId,
    [property: Id(1)] Category Category,
    [property: Id(2)] IncidentText Text,
    [property: Id(3)] string By,
    [property: Id(4)] DateTimeOffset? Since = null,
    [property: Id(5)] DateTimeOffset? ExpectedEnd = null);

/// <summary>Something else to say of an incident.</summary>
/// <param name="IncidentId">Which.</param>
/// <param name="Text">What is said of it from now on.</param>
/// <param name="ExpectedEnd">Until when it is expected to last.</param>
/// <param name="Version">The version that the caller saw; null: whatever there is.</param>
[GenerateSerializer, Immutable, Alias("ChangeIncident")]
public sealed record ChangeIncident(
    [property: Id(0)] string IncidentId, [property: Id(1)] IncidentText Text, [property: Id(2)] DateTimeOffset? ExpectedEnd = null, [property: Id(3)] long? Version = null);

/// <summary>What tickets are told of an incident.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="IsOver">Whether it is over.</param>
[GenerateSerializer, Immutable, Alias("IncidentWord")]
public sealed record IncidentWord([property: Id(0)] Incident Incident, [property: Id(1)] bool IsOver);

/// <summary>More people than usual come about one thing, and nobody has said why.</summary>
/// <param name="Category">About what.</param>
/// <param name="Since">When that was seen.</param>
/// <param name="At">When people were counted last.</param>
/// <param name="Came">People of the two minutes before that.</param>
/// <param name="Usual">How many usually come.</param>
[GenerateSerializer, Immutable, Alias("Suspicion")]
public sealed record Suspicion(
    [property: Id(0)] Category Category,
    [property: Id(1)] DateTimeOffset Since,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] int Came,
    [property: Id(4)] double Usual);

/// <summary>How many people came because of an incident.</summary>
[GenerateSerializer, Immutable, Alias("IncidentPeople")]
public sealed record IncidentPeople([property: Id(0)] string IncidentId, [property: Id(1)] int People);

/// <summary>What supervisors see beside a campus's incidents.</summary>
/// <param name="Suspicions">What may be broken.</param>
/// <param name="People">Of each incident that goes on, how many came about its category since it began.</param>
[GenerateSerializer, Immutable, Alias("IncidentSigns")]
public sealed record IncidentSigns(ImmutableArray<Suspicion> Suspicions, ImmutableArray<IncidentPeople> People)
{
    /// <summary>What may be broken.</summary>
    [Id(0)] public ImmutableArray<Suspicion> Suspicions { get; init => field = value.OrEmpty(); } = Suspicions.OrEmpty();

    /// <summary>Of each incident that goes on, how many came about its category since it began.</summary>
    [Id(1)] public ImmutableArray<IncidentPeople> People { get; init => field = value.OrEmpty(); } = People.OrEmpty();
}

/// <summary>What goes on at a campus.</summary>
/// <param name="Campus">The campus.</param>
/// <param name="Version">Larger than those before it.</param>
/// <param name="Open">Oldest first.</param>
[GenerateSerializer, Immutable, Alias("IncidentNews")]
public sealed record IncidentNews([property: Id(0)] string Campus, [property: Id(1)] long Version, ImmutableArray<Incident> Open)
{
    /// <summary>Oldest first.</summary>
    [Id(2)] public ImmutableArray<Incident> Open { get; init => field = value.OrEmpty(); } = Open.OrEmpty();
}
