using System.Collections.Immutable;
using CampusCare.Contracts.Incidents;
using CampusCare.Domain;
using CampusCare.Domain.Triage;

namespace CampusCare.Grains.Incidents;

/// <summary>A campus's incidents.</summary>
[GenerateSerializer, Immutable, Alias("IncidentsState")]
public sealed record IncidentsState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public ImmutableArray<Incident> Incidents { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What tickets have yet to be told.</summary>
    [Id(1)] public ImmutableArray<UntoldWord> Untold { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>Something that tickets have yet to be told.</summary>
/// <param name="IncidentId">Of this incident.</param>
/// <param name="IsOver">Whether it is over.</param>
/// <param name="Category">Tickets about this.</param>
/// <param name="Since">That were opened from then on.</param>
/// <param name="From">Not before this time.</param>
/// <param name="IsSecondRound">Whether all were told once.</param>
[GenerateSerializer, Immutable, Alias("UntoldWord")]
public sealed record UntoldWord(
    [property: Id(0)] string IncidentId,
    [property: Id(1)] bool IsOver,
    [property: Id(2)] Category Category,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] DateTimeOffset From,
    [property: Id(5)] bool IsSecondRound = false);
