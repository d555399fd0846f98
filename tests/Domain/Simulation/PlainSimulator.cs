using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>
/// The same day played in the most plain way: one list of events with an abandonment of its own for each call that
/// waits, one list of those who wait, calls kept as objects. It takes the same callers and must end with the same
/// counts; it also keeps what the fast one doesn't, the integral of the line.
/// </summary>
internal sealed class PlainSimulator
{
    private readonly ContactCenterModel _model;
    private readonly PriorityQueue<Action, (double At, int Order, int Serial)> _events = new();
    private readonly List<Caller> _waiting = [];
    private readonly int[] _busy, _staffed;
    private double _now, _lineSince;
    private int _serial, _period;

    public PlainSimulator(ContactCenterModel model, long seed, long replication)
    {
        _model = model;
        _busy = new int[model.AgentGroups.Count];
        _staffed = [.. model.AgentGroups.Select(group => group.Agents[0])];
        Ends = [.. model.Periods.Select((_, i) => model.Periods.Take(i + 1).Sum())];
        double busyness = model.BusynessShape is { } shape ? new RandomStream((ulong)seed, replication, RandomStream.Purpose("busyness")).NextGamma(shape) : 1;
        for (var type = 0; type < model.CallTypes.Count; type++)
        {
            var source = new CallSource(model.CallTypes[type], Ends);
            source.Start((ulong)seed, replication, busyness);
            while (source.TryNext(out var call)) Callers.Add(new Caller(type, call));
        }
        foreach (var caller in Callers) At(caller.Call.ArrivedAt, () => Arrive(caller));
        foreach (var end in Ends) At(end, Border, order: 0);
        while (_events.TryDequeue(out var happens, out var when))
        {
            LineIntegral += _waiting.Count * (when.At - _lineSince);
            _now = _lineSince = when.At;
            happens();
        }
    }

    public List<Caller> Callers { get; } = [];

    public double[] Ends { get; }

    /// <summary>∫ number waiting dt.</summary>
    public double LineIntegral { get; private set; }

    private void At(double time, Action happens, int order = 1) => _events.Enqueue(happens, (time, order, _serial++));

    private void Border()
    {
        if (++_period == Ends.Length) return;
        for (var group = 0; group < _staffed.Length; group++) _staffed[group] = _model.AgentGroups[group].Agents[_period];
        for (var group = 0; group < _staffed.Length; group++)
            while (TakeNext(group)) { }
    }

    private void Arrive(Caller caller)
    {
        foreach (var group in _model.CallTypes[caller.Type].Groups)
            if (_busy[group] < _staffed[group])
            {
                Answer(caller, group);
                return;
            }
        if (caller.Call.Balks)
        {
            (caller.Balked, caller.LeftAt) = (true, _now);
            return;
        }
        _waiting.Add(caller);
        if (double.IsFinite(caller.Call.Patience)) At(_now + caller.Call.Patience, () => GiveUp(caller));
    }

    private void GiveUp(Caller caller)
    {
        if (_waiting.Remove(caller)) caller.LeftAt = _now;
    }

    private void Answer(Caller caller, int group)
    {
        (caller.AnsweredAt, caller.Group) = (_now, group);
        _busy[group]++;
        At(_now + caller.Call.Service, () =>
        {
            _busy[group]--;
            TakeNext(group);
        });
    }

    private bool TakeNext(int group)
    {
        if (_busy[group] >= _staffed[group]) return false;
        foreach (var rank in _model.AgentGroups[group].Takes)
            if (_waiting.Where(caller => rank.Contains(caller.Type)).MinBy(caller => caller.Call.ArrivedAt) is { } next)
            {
                _waiting.Remove(next);
                Answer(next, group);
                return true;
            }
        return false;
    }

    /// <summary>One caller and what became of them.</summary>
    internal sealed class Caller(int type, Call call)
    {
        public int Type { get; } = type;

        public Call Call { get; } = call;

        public double? AnsweredAt { get; set; }

        public double? LeftAt { get; set; }

        public bool Balked { get; set; }

        public int Group { get; set; } = -1;

        public double Wait => (AnsweredAt ?? LeftAt)!.Value - Call.ArrivedAt;
    }
}
