using System.Collections.Immutable;
using CampusCare.Contracts.Supervision;
using CampusCare.Domain;

namespace CampusCare.Grains.Forecasts;

/// <summary>A campus's last forecast.</summary>
[GenerateSerializer, Immutable, Alias("ForecastState")]
public sealed record ForecastState
{
    /// <summary>The day at whose midnight it was made; null before the first.</summary>
    [Id(0)] public DateOnly? Day { get; init; }

    /// <summary>The campus's clock then.</summary>
    [Id(1)] public int UtcOffsetMinutes { get; init; }

    /// <summary>Whole days from which it was made.</summary>
    [Id(2)] public int DaysKnown { get; init; }

    /// <summary>Quarters of an hour from that midnight on; none when too few days were known.</summary>
    [Id(3)] public ImmutableArray<KeptSlot> Slots { get; init => field = value.OrEmpty(); } = [];

    /// <summary>By how much counts differ from it beyond Poisson chance.</summary>
    [Id(4)] public double Spread { get; init; }

    /// <summary>The surge that goes on, as it was told; null when there is none.</summary>
    [Id(5)] public InflowAlert? Surge { get; init; }

    /// <summary>Since when its inflow is near the forecast again.</summary>
    [Id(6)] public DateTimeOffset? CalmSince { get; init; }
}

/// <summary>Contacts of a quarter of an hour, see Domain's SlotForecast.</summary>
[GenerateSerializer, Immutable, Alias("KeptSlot")]
public sealed record KeptSlot([property: Id(0)] double Expected, [property: Id(1)] int Low, [property: Id(2)] int High);
