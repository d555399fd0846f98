namespace CampusCare.Domain.Staffing;

/// <summary>
/// M/M/c: who finds all agents busy waits, first come first served, however long it takes. Formulas as in Gans, Koole
/// and Mandelbaum, "Telephone Call Centers: Tutorial, Review, and Research Prospects", MSOM 5 (2003), section 4.2.
/// Times and rates are in one unit of the caller's choice. With a load of <c>agents</c> or more the line grows without
/// end: then everyone waits, for ever.
/// </summary>
public sealed class ErlangC
{
    private readonly double _meanService;

    /// <param name="arrivalRate">Arrivals per unit of time.</param>
    /// <param name="meanService">Mean service time, wrap-up included.</param>
    /// <param name="agents">1 or more.</param>
    public ErlangC(double arrivalRate, double meanService, int agents)
    {
        Check.NotNegative(arrivalRate);
        Check.Positive(meanService);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(agents);
        _meanService = meanService;
        Agents = agents;
        OfferedLoad = arrivalRate * meanService;
        var blocking = ErlangB.BlockingProbability(agents, OfferedLoad);
        ProbabilityOfWait = IsStable ? agents * blocking / (agents - OfferedLoad * (1 - blocking)) : 1;
    }

    public int Agents { get; }

    /// <summary>Arrival rate × mean service time, in Erlang.</summary>
    public double OfferedLoad { get; }

    /// <summary>The agents can keep up.</summary>
    public bool IsStable => OfferedLoad < Agents;

    /// <summary>The part of arrivals that finds all agents busy: Erlang's delay formula.</summary>
    public double ProbabilityOfWait { get; }

    /// <summary>ASA: mean wait of all, those answered at once included.</summary>
    public double AverageSpeedOfAnswer => IsStable ? ProbabilityOfWait * _meanService / (Agents - OfferedLoad) : double.PositiveInfinity;

    /// <summary>The part of an agent's time that goes into service.</summary>
    public double Occupancy => IsStable ? OfferedLoad / Agents : 1;

    /// <summary>The part of arrivals answered within a time.</summary>
    public double ServiceLevel(double within)
    {
        Check.NotNegative(within);
        return IsStable ? 1 - ProbabilityOfWait * Math.Exp(-(Agents - OfferedLoad) * within / _meanService) : 0;
    }
}
