namespace CampusCare.Domain.Staffing;

/// <summary>
/// M/M/c+M: who finds all agents busy waits, first come first served, and leaves after an exponential patience. After
/// Palm (1946), Garnett, Mandelbaum and Reiman, "Designing a Call Center with Impatient Customers", MSOM 4 (2002), and
/// for the distribution of the wait Mandelbaum and Zeltyn, "Service Engineering in Action: The Palm/Erlang-A Queue"
/// (2007). Everything is written as sums of positive terms, so that nothing cancels or overflows at any size. The cost
/// grows with the number of arrivals during one mean patience. Times and rates are in one unit of the caller's choice.
/// </summary>
public sealed class ErlangA
{
    private readonly double _patience;
    private readonly double _a; // service completions, and ...
    private readonly double _y; // ... arrivals during one mean patience, all agents busy
    private readonly QueueSums _line;

    /// <param name="arrivalRate">Arrivals per unit of time.</param>
    /// <param name="meanService">Mean service time, wrap-up included.</param>
    /// <param name="meanPatience">How long callers are willing to wait, on average.</param>
    /// <param name="agents">1 or more.</param>
    public ErlangA(double arrivalRate, double meanService, double meanPatience, int agents)
    {
        Check.Positive(arrivalRate);
        Check.Positive(meanService);
        Check.Positive(meanPatience);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(agents);
        Agents = agents;
        OfferedLoad = arrivalRate * meanService;
        _patience = meanPatience;
        _a = agents * meanPatience / meanService;
        _y = arrivalRate * meanPatience;
        _line = QueueSums.Of(_a, _y);
        // In units of the probability of "all busy, nobody waits": 1/B − 1 for fewer busy, the sums for all busy.
        var blocking = ErlangB.BlockingProbability(agents, OfferedLoad);
        ProbabilityOfWait = blocking == 0 ? 0 : 1 / (1 + (1 / blocking - 1) * Math.Exp(-_line.LogScale) / _line.Weight);
    }

    public int Agents { get; }

    /// <summary>Arrival rate × mean service time, in Erlang.</summary>
    public double OfferedLoad { get; }

    /// <summary>The part of arrivals that finds all agents busy.</summary>
    public double ProbabilityOfWait { get; }

    /// <summary>The part of arrivals that leaves unserved.</summary>
    public double AbandonmentProbability => ProbabilityOfWait * (_line.Waiting / _line.Weight) / _y;

    /// <summary>Mean wait of all arrivals, served or not.</summary>
    public double MeanWait => AbandonmentProbability * _patience;

    /// <summary>ASA: mean wait of those who were served.</summary>
    public double AverageSpeedOfAnswer => ServedWait / (1 - AbandonmentProbability);

    /// <summary>Mean wait of those who left.</summary>
    public double MeanWaitOfAbandoned => (MeanWait - ServedWait) / AbandonmentProbability;

    /// <summary>The part of an agent's time that goes into service.</summary>
    public double Occupancy => OfferedLoad * (1 - AbandonmentProbability) / Agents;

    private double ServedWait => ProbabilityOfWait * (_line.ServedWait / _line.Weight) * _patience;

    /// <summary>Answered or abandoned within a time, over arrivals.</summary>
    public double ServiceLevel(double within) => 1 - StillWaiting(within);

    /// <summary>Answered within a time, over arrivals.</summary>
    public double ServiceLevelAnswered(double within) => 1 - AbandonmentProbability - AnsweredAfter(within);

    /// <summary>Answered within a time, over the arrivals that did not abandon within it.</summary>
    public double ServiceLevelExcludingShortAbandons(double within) =>
        ServiceLevelAnswered(within) / (1 - AbandonedWithin(within));

    /// <summary>Abandoned within a time, over arrivals.</summary>
    public double AbandonedWithin(double within) => AbandonmentProbability - (StillWaiting(within) - AnsweredAfter(within));

    /// <summary>P(wait &gt; t), served or not in the end: e^(−θt) J(t) / J(0) of those who find all busy.</summary>
    private double StillWaiting(double t)
    {
        Check.NotNegative(t);
        return ProbabilityOfWait * Math.Exp(-t / _patience) * Tail(0, t) / _line.Weight;
    }

    /// <summary>P(wait &gt; t and served): the same integral with the chance to be still there, e^(−θv), inside.</summary>
    private double AnsweredAfter(double t) => ProbabilityOfWait * (_a / (_a + 1)) * Tail(1, t) / _line.Weight;

    /// <summary>
    /// The integral of e^(−mθv) exp(λ(1 − e^(−θv))/θ − nμv) from t on, up to a factor, by the series of the lower
    /// incomplete gamma function; scaled like the weight of the line.
    /// </summary>
    private double Tail(int m, double t)
    {
        var x = t / _patience;
        var sums = QueueSums.Of(_a + m, _y * Math.Exp(-x));
        return sums.Weight * Math.Exp(_y * OneMinusExp(x) - (_a + m) * x + sums.LogScale - _line.LogScale);
    }

    /// <summary>1 − e^(−x), exact for small x too.</summary>
    private static double OneMinusExp(double x) => x < 1e-4 ? x * (1 - x / 2 * (1 - x / 3 * (1 - x / 4))) : 1 - Math.Exp(-x);
}
