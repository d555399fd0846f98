namespace CampusCare.Domain.Simulation;

/// <summary>What is counted of the calls of one type that arrived in one period.</summary>
internal static class Count
{
    public const int Arrivals = 0, Served = 1, Abandoned = 2, Balked = 3, AnsweredInTime = 4, AbandonedInTime = 5;

    /// <summary>Sums of seconds.</summary>
    public const int WaitOfServed = 6, WaitOfAbandoned = 7;

    public const int Kinds = 8;
}

/// <summary>What is counted of one agent group in one period, in agent-seconds.</summary>
internal static class Load
{
    public const int Busy = 0, Staffed = 1;

    public const int Kinds = 2;
}

/// <summary>The counts of one replication.</summary>
internal sealed class Tally(ContactCenterModel model)
{
    private readonly int _periods = model.Periods.Count;
    private readonly double _inTime = model.ServiceLevelSeconds;
    private readonly double[] _calls = new double[model.CallTypes.Count * model.Periods.Count * Count.Kinds];

    // One slot more than there are periods: from closing until the last call is out.
    private readonly double[] _loads = new double[model.AgentGroups.Count * (model.Periods.Count + 1) * Load.Kinds];

    public ReadOnlySpan<double> Calls(int type, int period) => _calls.AsSpan((type * _periods + period) * Count.Kinds, Count.Kinds);

    public ReadOnlySpan<double> Loads(int group, int period) => _loads.AsSpan((group * (_periods + 1) + period) * Load.Kinds, Load.Kinds);

    public void Clear()
    {
        Array.Clear(_calls);
        Array.Clear(_loads);
    }

    public void Served(int type, int period, double wait)
    {
        var counts = Cell(type, period);
        counts[Count.Arrivals]++;
        counts[Count.Served]++;
        counts[Count.WaitOfServed] += wait;
        if (wait <= _inTime) counts[Count.AnsweredInTime]++;
    }

    public void Abandoned(int type, int period, double wait)
    {
        var counts = Cell(type, period);
        counts[Count.Arrivals]++;
        counts[Count.Abandoned]++;
        counts[Count.WaitOfAbandoned] += wait;
        if (wait <= _inTime) counts[Count.AbandonedInTime]++;
    }

    public void Balked(int type, int period)
    {
        Abandoned(type, period, 0);
        Cell(type, period)[Count.Balked]++;
    }

    public void Worked(int group, int period, double busy, double staffed)
    {
        var loads = _loads.AsSpan((group * (_periods + 1) + period) * Load.Kinds, Load.Kinds);
        loads[Load.Busy] += busy;
        loads[Load.Staffed] += staffed;
    }

    private Span<double> Cell(int type, int period) => _calls.AsSpan((type * _periods + period) * Count.Kinds, Count.Kinds);
}
