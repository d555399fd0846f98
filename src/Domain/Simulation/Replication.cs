namespace CampusCare.Domain.Simulation;

/// <summary>
/// Plays one day of a model, event by event: arrivals, ends of calls, borders of periods. Made once for a worker and
/// used again for each replication, so that a call costs no allocation.
/// </summary>
internal sealed class Replication
{
    private static readonly ulong BusynessKey = RandomStream.Purpose("busyness");

    private readonly ContactCenterModel _model;
    private readonly ulong _seed;
    private readonly double[] _ends;
    private readonly CallSource[] _sources;
    private readonly Call[] _next;
    private readonly WaitingCalls[] _waiting;
    private readonly Staff[] _staff;
    private readonly int[][] _groups;
    private readonly int[][][] _takes;
    private readonly EventHeap _events = new();
    private Tally _tally;
    private double _now;
    private int _period;

    public Replication(ContactCenterModel model, ulong seed)
    {
        _model = model;
        _seed = seed;
        _ends = new double[model.Periods.Count];
        for (var (period, end) = (0, 0.0); period < _ends.Length; period++) _ends[period] = end += model.Periods[period];
        _sources = [.. model.CallTypes.Select(type => new CallSource(type, _ends))];
        _next = new Call[_sources.Length];
        _waiting = [.. model.CallTypes.Select(_ => new WaitingCalls())];
        _staff = [.. model.AgentGroups.Select((agents, group) => new Staff(group, agents))];
        _groups = [.. model.CallTypes.Select(type => type.Groups.ToArray())];
        _takes = [.. model.AgentGroups.Select(agents => agents.Takes.Select(rank => rank.ToArray()).ToArray())];
        _tally = new Tally(model);
    }

    /// <summary>Plays the day of a replication and counts it.</summary>
    public void Run(long replication, Tally tally)
    {
        _tally = tally;
        _tally.Clear();
        Open(replication);
        while (true)
        {
            // At the same instant the border comes first: it may bring agents, or let some go.
            if (_period < _ends.Length && (_events.Count == 0 || _events.NextTime >= _ends[_period])) Border();
            else if (_events.Count == 0) break;
            else if (_events.NextCode < 0) Arrive(~_events.NextCode);
            else EndCall(_events.NextCode);
        }
        foreach (var staff in _staff) staff.GoHome(_now, _period, _tally);
        for (var type = 0; type < _waiting.Length; type++) DropThoseWhoGaveUp(type, double.PositiveInfinity);
    }

    private void Open(long replication)
    {
        _period = 0;
        _now = 0;
        var busyness = _model.BusynessShape is { } shape ? new RandomStream(_seed, replication, BusynessKey).NextGamma(shape) : 1;
        foreach (var staff in _staff) staff.Open();
        for (var type = 0; type < _sources.Length; type++)
        {
            _sources[type].Start(_seed, replication, busyness);
            if (_sources[type].TryNext(out _next[type])) _events.Add(_next[type].ArrivedAt, ~type);
        }
    }

    private void Border()
    {
        _now = _ends[_period];
        foreach (var staff in _staff) staff.Border(_now, _period, _tally);
        _period++;
        if (_period == _ends.Length) return;
        for (var group = 0; group < _staff.Length; group++)
            while (_staff[group].HasFree && TryTake(group, out var service))
                Begin(group, service);
    }

    private void Arrive(int type)
    {
        var call = _next[type];
        _now = call.ArrivedAt;
        if (_sources[type].TryNext(out _next[type])) _events.ReplaceNext(_next[type].ArrivedAt, ~type);
        else _events.RemoveNext();
        foreach (var group in _groups[type])
        {
            if (!_staff[group].HasFree) continue;
            Begin(group, call.Service);
            _tally.Served(type, call.Period, 0);
            return;
        }
        if (call.Balks) _tally.Balked(type, call.Period);
        else Wait(type, new WaitingCall(_now, _now + call.Patience, call.Service, call.Period));
    }

    private void Wait(int type, in WaitingCall call)
    {
        var line = _waiting[type];
        if (line.TryAdd(call)) return;
        line.Compact(_now, type, _tally);
        line.TryAdd(call);
    }

    private void EndCall(int group)
    {
        _now = _events.NextTime;
        // One call ends and the next begins: as many are busy as before, and nothing is to be accounted.
        if (_staff[group].StaysAfterCall && TryTake(group, out var service))
        {
            _events.ReplaceNext(_now + service, group);
            return;
        }
        _staff[group].End(_now, _period, _tally);
        _events.RemoveNext();
    }

    private void Begin(int group, double service)
    {
        _staff[group].Begin(_now, _period, _tally);
        _events.Add(_now + service, group);
    }

    /// <summary>Finds the call that a free agent of a group takes next, and counts it as answered.</summary>
    private bool TryTake(int group, out double service)
    {
        foreach (var rank in _takes[group])
        {
            var next = LongestWaiting(rank);
            if (next < 0) continue;
            ref readonly var call = ref _waiting[next].Head;
            service = call.Service;
            _tally.Served(next, call.Period, _now - call.ArrivedAt);
            _waiting[next].RemoveHead();
            return true;
        }
        service = 0;
        return false;
    }

    private int LongestWaiting(int[] rank)
    {
        var longest = -1;
        foreach (var type in rank)
        {
            DropThoseWhoGaveUp(type, _now);
            if (!_waiting[type].IsEmpty && (longest < 0 || _waiting[type].Head.ArrivedAt < _waiting[longest].Head.ArrivedAt)) longest = type;
        }
        return longest;
    }

    private void DropThoseWhoGaveUp(int type, double now)
    {
        var line = _waiting[type];
        while (!line.IsEmpty && line.Head.LeavesAt < now)
        {
            ref readonly var call = ref line.Head;
            _tally.Abandoned(type, call.Period, call.LeavesAt - call.ArrivedAt);
            line.RemoveHead();
        }
    }
}
