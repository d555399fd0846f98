namespace CampusCare.Domain.Simulation;

/// <summary>
/// A contact center as queueing theory draws it, for one day. docs/simulation.md describes it and the file that it is
/// read from; <see cref="ModelFile"/> reads and checks that file.
/// </summary>
/// <param name="Name">For reports; may be empty.</param>
/// <param name="ServiceLevelSeconds">A contact answered within this time counts as well served.</param>
/// <param name="BusynessShape">Shape of the day's gamma busyness factor (mean 1) on all arrival rates; null for none.</param>
/// <param name="Periods">Length of each period, seconds.</param>
/// <param name="CallTypes">Whom the agents serve.</param>
/// <param name="AgentGroups">Who serves.</param>
public sealed record ContactCenterModel(
    string Name,
    double ServiceLevelSeconds,
    double? BusynessShape,
    IReadOnlyList<double> Periods,
    IReadOnlyList<CallType> CallTypes,
    IReadOnlyList<AgentGroup> AgentGroups);

/// <summary>Calls that are alike. Each list of figures has one for each period.</summary>
/// <param name="Name">For reports; also decides the calls' random numbers.</param>
/// <param name="ArrivalsPerHour">Poisson arrivals, at this rate.</param>
/// <param name="MeanServiceSeconds">By the period in which the call arrives.</param>
/// <param name="MeanPatienceSeconds">By the period in which the call arrives; infinite where nobody gives up.</param>
/// <param name="BalkingProbability">Chance that a call which can't be answered at once leaves at once.</param>
/// <param name="Groups">Indices of the groups that an arriving call is offered to, in order.</param>
public sealed record CallType(
    string Name,
    IReadOnlyList<double> ArrivalsPerHour,
    IReadOnlyList<double> MeanServiceSeconds,
    IReadOnlyList<double> MeanPatienceSeconds,
    IReadOnlyList<double> BalkingProbability,
    IReadOnlyList<int> Groups);

/// <summary>Agents who are alike.</summary>
/// <param name="Name">For reports.</param>
/// <param name="Agents">How many, in each period.</param>
/// <param name="Takes">
/// What a free agent takes next: ranks of call types, best first. Within a rank the call that waits longest.
/// </param>
public sealed record AgentGroup(string Name, IReadOnlyList<int> Agents, IReadOnlyList<IReadOnlyList<int>> Takes);
