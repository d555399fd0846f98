using System.Collections.Immutable;
using CampusCare.Contracts.Tickets;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Supervision;

/// <summary>
/// A campus's forecast: made at each midnight of the campus from the contacts of the weeks before, and compared with what
/// comes. A reminder has it look once a minute.
/// </summary>
[Alias("Forecast")]
public interface IForecastGrain : IGrainWithStringKey
{
    /// <summary>A hint: the campus is there, begin to look. From then on the reminder wakes it.</summary>
    [OneWay] Task Wake();

    /// <summary>Makes the forecast of the day, unless it is made, counts who came since the last look, and tells supervisors when more come than was told. Repeating it is harmless.</summary>
    Task Look();

    /// <summary>The surge that goes on; null when there is none.</summary>
    [AlwaysInterleave] Task<InflowAlert?> Inflow();

    /// <summary>The forecast and what came, as of the last look. To a supervisor of another campus there is none such.</summary>
    [AlwaysInterleave] Task<Outcome<CampusForecast>> Read(SupervisorRef supervisor);
}

/// <summary>Whether contacts can be told ahead.</summary>
public enum ForecastStatus
{
    /// <summary>They are told.</summary>
    Ready,

    /// <summary>Too few days are known, see <see cref="CampusForecast.DaysKnown"/>: nothing is told.</summary>
    TooLittleHistory,
}

/// <summary>What came today, and what is expected of today and the 48 hours ahead.</summary>
/// <param name="Campus">The tenant.</param>
/// <param name="At">When contacts were counted.</param>
/// <param name="UtcOffsetMinutes">The campus's clock.</param>
/// <param name="Status">Whether contacts can be told ahead.</param>
/// <param name="DaysKnown">Whole days from which it was made.</param>
/// <param name="DaysNeeded">With fewer nothing is told.</param>
/// <param name="Slots">Quarters of an hour from the campus's midnight on; without a forecast those of today.</param>
[GenerateSerializer, Immutable, Alias("CampusForecast")]
public sealed record CampusForecast(
    [property: Id(0)] string Campus,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] int UtcOffsetMinutes,
    [property: Id(3)] ForecastStatus Status,
    [property: Id(4)] int DaysKnown,
    [property: Id(5)] int DaysNeeded,
    [property: Id(6)] ImmutableArray<ForecastSlot> Slots)
{
    /// <summary>The surge that goes on; null when there is none.</summary>
    [Id(7)] public InflowAlert? Inflow { get; init; }
}

/// <summary>More contacts come than the forecast said: what supervisors should see at once.</summary>
/// <param name="Campus">The tenant.</param>
/// <param name="Since">When it was seen.</param>
/// <param name="At">When contacts were counted last.</param>
/// <param name="Came">Contacts of the five minutes before that.</param>
/// <param name="Expected">What was told for them.</param>
/// <param name="AgentsWanted">Agents at their desks whom such an inflow needs.</param>
/// <param name="AgentsPlanned">Agents at their desks by the plan.</param>
/// <param name="StandBy">Agents on stand-by by the plan.</param>
[GenerateSerializer, Immutable, Alias("InflowAlert")]
public sealed record InflowAlert(
    [property: Id(0)] string Campus,
    [property: Id(1)] DateTimeOffset Since,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] int Came,
    [property: Id(4)] double Expected,
    [property: Id(5)] int AgentsWanted,
    [property: Id(6)] int AgentsPlanned,
    [property: Id(7)] int StandBy);

/// <summary>A quarter of an hour.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Came">Contacts that came; of the slot that runs, so far; null of those to come.</param>
/// <param name="Told">What was told of it; null when nothing could be.</param>
[GenerateSerializer, Immutable, Alias("ForecastSlot")]
public sealed record ForecastSlot([property: Id(0)] DateTimeOffset Start, [property: Id(1)] int? Came, [property: Id(2)] SlotTold? Told);

/// <summary>What is expected of a quarter of an hour, and what it needs.</summary>
/// <param name="Expected">Contacts, on average.</param>
/// <param name="Low">One slot in ten has fewer contacts.</param>
/// <param name="High">One slot in ten has more contacts.</param>
/// <param name="Agents">Agents at their desks, by Erlang A, for the expected contacts.</param>
/// <param name="StandBy">How many more the high contacts would need.</param>
/// <param name="OnShift">Agents on shift, so that so many are at their desks.</param>
/// <param name="Silos">Silos for the high contacts.</param>
/// <param name="Gateways">Gateways for the high contacts.</param>
[GenerateSerializer, Immutable, Alias("SlotTold")]
public sealed record SlotTold(
    [property: Id(0)] double Expected,
    [property: Id(1)] int Low,
    [property: Id(2)] int High,
    [property: Id(3)] int Agents,
    [property: Id(4)] int StandBy,
    [property: Id(5)] int OnShift,
    [property: Id(6)] int Silos,
    [property: Id(7)] int Gateways);
