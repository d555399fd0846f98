namespace CampusCare.Domain.Simulation;

/// <summary>An estimated figure and its 95 % confidence interval over the replications.</summary>
/// <param name="Value">Null when there was nothing to estimate it from, such as the mean wait of nobody.</param>
/// <param name="Low">Null with a single replication.</param>
/// <param name="High">Null with a single replication.</param>
public sealed record Estimate(double? Value, double? Low, double? High)
{
    /// <summary>Nothing to estimate from.</summary>
    public static readonly Estimate None = new(null, null, null);
}

/// <summary>Figures of the calls that arrived in some periods. Numbers are means per replication, waits seconds.</summary>
/// <param name="Arrivals">Served and abandoned.</param>
/// <param name="Served">Answered, at once or after a wait.</param>
/// <param name="Abandoned">Left unserved; those who balked are among them.</param>
/// <param name="Balked">Left at once because they could not be answered at once.</param>
/// <param name="ServiceLevel">Answered or abandoned within the service-level time, over arrivals.</param>
/// <param name="ServiceLevelAnswered">Answered within the time, over arrivals.</param>
/// <param name="ServiceLevelExcludingShortAbandons">Answered within the time, over arrivals less those abandoned within it.</param>
/// <param name="AbandonmentRatio">Abandoned over arrivals.</param>
/// <param name="MeanWait">Of all arrivals, 0 for those answered at once or balked.</param>
/// <param name="MeanWaitServed">ASA.</param>
/// <param name="MeanWaitAbandoned">Of those who left, 0 for those who balked.</param>
public sealed record CallFigures(
    Estimate Arrivals,
    Estimate Served,
    Estimate Abandoned,
    Estimate Balked,
    Estimate ServiceLevel,
    Estimate ServiceLevelAnswered,
    Estimate ServiceLevelExcludingShortAbandons,
    Estimate AbandonmentRatio,
    Estimate MeanWait,
    Estimate MeanWaitServed,
    Estimate MeanWaitAbandoned);

/// <summary>A period: the calls that arrived in it, and how busy all agents were in it. It starts so many seconds after opening.</summary>
public sealed record PeriodFigures(double StartSeconds, double Seconds, CallFigures Calls, Estimate Occupancy);

/// <summary>A call type: all its calls, and those of each period of arrival.</summary>
public sealed record CallTypeFigures(string Name, CallFigures Calls, IReadOnlyList<CallFigures> Periods);

/// <summary>How busy the agents of a group were: time in calls over time staffed.</summary>
/// <param name="Name">The group's.</param>
/// <param name="Occupancy">From opening to the end of the last period.</param>
/// <param name="OccupancyUntilEmpty">From opening until the last call is out.</param>
/// <param name="Periods">In each period.</param>
public sealed record AgentGroupFigures(string Name, Estimate Occupancy, Estimate OccupancyUntilEmpty, IReadOnlyList<Estimate> Periods);

/// <summary>What a model does, estimated from independent replications. docs/simulation.md describes it.</summary>
public sealed record SimulationReport(
    string Model,
    long Replications,
    long Seed,
    double Confidence,
    double ServiceLevelSeconds,
    CallFigures Overall,
    Estimate Occupancy,
    IReadOnlyList<CallTypeFigures> CallTypes,
    IReadOnlyList<AgentGroupFigures> AgentGroups,
    IReadOnlyList<PeriodFigures> Periods);
