namespace CampusCare.Domain.Simulation;

/// <summary>Gathers the tallies of the replications, in their order, and makes the report of them.</summary>
internal sealed class Statistics
{
    private readonly ContactCenterModel _model;
    private readonly int _types, _groups, _periods;
    private readonly Moments _overall = new(Count.Kinds), _load = new(Load.Kinds);
    private readonly Moments[] _byType, _byPeriod, _byTypeAndPeriod;
    private readonly Moments[] _loadOpen, _loadUntilEmpty, _loadByPeriod, _loadByGroupAndPeriod;
    private readonly double[] _sum = new double[Count.Kinds];
    private long _replications;

    public Statistics(ContactCenterModel model)
    {
        _model = model;
        (_types, _groups, _periods) = (model.CallTypes.Count, model.AgentGroups.Count, model.Periods.Count);
        (_byType, _byPeriod, _byTypeAndPeriod) = (Make(_types, Count.Kinds), Make(_periods, Count.Kinds), Make(_types * _periods, Count.Kinds));
        (_loadOpen, _loadUntilEmpty) = (Make(_groups, Load.Kinds), Make(_groups, Load.Kinds));
        (_loadByPeriod, _loadByGroupAndPeriod) = (Make(_periods, Load.Kinds), Make(_groups * _periods, Load.Kinds));
    }

    public void Add(Tally tally)
    {
        _replications++;
        for (var type = 0; type < _types; type++)
            for (var period = 0; period < _periods; period++)
                _byTypeAndPeriod[type * _periods + period].Add(tally.Calls(type, period));
        for (var type = 0; type < _types; type++) AddCalls(_byType[type], tally, (type, 1), (0, _periods));
        for (var period = 0; period < _periods; period++) AddCalls(_byPeriod[period], tally, (0, _types), (period, 1));
        AddCalls(_overall, tally, (0, _types), (0, _periods));

        for (var group = 0; group < _groups; group++)
        {
            for (var period = 0; period < _periods; period++)
                _loadByGroupAndPeriod[group * _periods + period].Add(tally.Loads(group, period));
            AddLoads(_loadOpen[group], tally, (group, 1), (0, _periods));
            AddLoads(_loadUntilEmpty[group], tally, (group, 1), (0, _periods + 1));
        }
        for (var period = 0; period < _periods; period++) AddLoads(_loadByPeriod[period], tally, (0, _groups), (period, 1));
        AddLoads(_load, tally, (0, _groups), (0, _periods));
    }

    public SimulationReport Report(long seed) => new(
        _model.Name,
        _replications,
        seed,
        0.95,
        _model.ServiceLevelSeconds,
        Figures(_overall),
        Occupancy(_load),
        [.. _model.CallTypes.Select((type, k) => new CallTypeFigures(
            type.Name, Figures(_byType[k]), [.. Enumerable.Range(0, _periods).Select(p => Figures(_byTypeAndPeriod[k * _periods + p]))]))],
        [.. _model.AgentGroups.Select((group, g) => new AgentGroupFigures(
            group.Name,
            Occupancy(_loadOpen[g]),
            Occupancy(_loadUntilEmpty[g]),
            [.. Enumerable.Range(0, _periods).Select(p => Occupancy(_loadByGroupAndPeriod[g * _periods + p]))]))],
        [.. _model.Periods.Select((seconds, p) => new PeriodFigures(
            _model.Periods.Take(p).Sum(), seconds, Figures(_byPeriod[p]), Occupancy(_loadByPeriod[p])))]);

    private static CallFigures Figures(Moments of)
    {
        var arrivals = Of(Count.Arrivals);
        return new CallFigures(
            of.Mean(arrivals),
            of.Mean(Of(Count.Served)),
            of.Mean(Of(Count.Abandoned)),
            of.Mean(Of(Count.Balked)),
            of.Ratio(Of(Count.AnsweredInTime, Count.AbandonedInTime), arrivals),
            of.Ratio(Of(Count.AnsweredInTime), arrivals),
            of.Ratio(Of(Count.AnsweredInTime), Less(arrivals, Count.AbandonedInTime)),
            of.Ratio(Of(Count.Abandoned), arrivals),
            of.Ratio(Of(Count.WaitOfServed, Count.WaitOfAbandoned), arrivals),
            of.Ratio(Of(Count.WaitOfServed), Of(Count.Served)),
            of.Ratio(Of(Count.WaitOfAbandoned), Of(Count.Abandoned)));
    }

    private static Estimate Occupancy(Moments of) => of.Ratio([1, 0], [0, 1]);

    private static double[] Of(params ReadOnlySpan<int> counts)
    {
        var weights = new double[Count.Kinds];
        foreach (var count in counts) weights[count] = 1;
        return weights;
    }

    private static double[] Less(double[] weights, int count)
    {
        var less = (double[])weights.Clone();
        less[count] = -1;
        return less;
    }

    private void AddCalls(Moments to, Tally tally, (int First, int Count) types, (int First, int Count) periods)
    {
        Array.Clear(_sum);
        for (var type = types.First; type < types.First + types.Count; type++)
            for (var period = periods.First; period < periods.First + periods.Count; period++)
                AddTo(_sum, tally.Calls(type, period));
        to.Add(_sum);
    }

    private void AddLoads(Moments to, Tally tally, (int First, int Count) groups, (int First, int Count) periods)
    {
        Array.Clear(_sum);
        for (var group = groups.First; group < groups.First + groups.Count; group++)
            for (var period = periods.First; period < periods.First + periods.Count; period++)
                AddTo(_sum, tally.Loads(group, period));
        to.Add(_sum);
    }

    private static void AddTo(double[] sum, ReadOnlySpan<double> counts)
    {
        for (var i = 0; i < counts.Length; i++) sum[i] += counts[i];
    }

    private static Moments[] Make(int count, int dimension) => [.. Enumerable.Range(0, count).Select(_ => new Moments(dimension))];
}
