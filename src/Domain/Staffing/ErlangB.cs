namespace CampusCare.Domain.Staffing;

/// <summary>M/M/c/c: as many lines as agents and no waiting; who finds all busy gets a busy tone.</summary>
public static class ErlangB
{
    /// <summary>
    /// The part of arrivals that finds all agents busy. Erlang's loss formula (1917) by its recursion in the number of
    /// agents, B(n) = aB(n−1) / (n + aB(n−1)), which stays within [0, 1] for any size (Jagerman, Bell System Technical
    /// Journal 53, 1974).
    /// </summary>
    /// <param name="agents">0 or more.</param>
    /// <param name="offeredLoad">Arrival rate × mean service time, in Erlang.</param>
    public static double BlockingProbability(int agents, double offeredLoad)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(agents);
        Check.NotNegative(offeredLoad);
        var blocking = 1.0;
        for (var n = 1; n <= agents; n++) blocking = offeredLoad * blocking / (n + offeredLoad * blocking);
        return blocking;
    }
}
