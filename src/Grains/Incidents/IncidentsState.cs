using System.Collections.Immutable;
using CampusCare.Contracts.Incidents;
using CampusCare.Domain;

namespace CampusCare.Grains.Incidents;

/// <summary>A campus's incidents.</summary>
[GenerateSerializer, Immutable, Alias("IncidentsState")]
public sealed record IncidentsState
{
    /// <summary>Oldest first.</summary>
    [Id(0)] public ImmutableArray<Incident> Incidents { get; init => field = value.OrEmpty(); } = [];
}
