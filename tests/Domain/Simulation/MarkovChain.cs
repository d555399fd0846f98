using CampusCare.Domain.Simulation;

namespace CampusCare.Domain.Tests.Simulation;

/// <summary>
/// A small model with several types and groups as a continuous-time Markov chain on (calls of each type with each
/// group, calls of each type that wait), cut where lines get too long, solved by Gauss–Seidel. It takes the rates of
/// the model's first period for ever and shares no code with the simulator.
/// </summary>
internal sealed class MarkovChain
{
    private readonly ContactCenterModel _model;
    private readonly int _types, _groups, _longestLine;
    private readonly List<int[]> _states = [];
    private readonly Dictionary<string, int> _index = [];
    private readonly (int From, double Rate)[][] _into;
    private readonly double[] _out, _probability;

    public MarkovChain(ContactCenterModel model, int longestLine)
    {
        _model = model;
        (_types, _groups, _longestLine) = (model.CallTypes.Count, model.AgentGroups.Count, longestLine);
        var transitions = Explore();
        var into = transitions.ToLookup(transition => transition.To, transition => (transition.From, transition.Rate));
        _into = [.. _states.Select((_, i) => into[i].ToArray())];
        _out = new double[_states.Count];
        foreach (var (from, _, rate) in transitions) _out[from] += rate;
        _probability = Solve();
        Probability(state => Enumerable.Range(0, _types).Any(type => Waiting(state, type) == _longestLine)).ShouldBeLessThan(1e-4, "the cut must not matter");
    }

    public int States => _states.Count;

    public double AnsweredAtOnce(int type) => Probability(state => FreeGroup(state, type) >= 0);

    /// <summary>Of all arrivals of a type, those who balk with 0: Little's law.</summary>
    public double MeanWait(int type) => Mean(state => Waiting(state, type)) / Arrivals(type);

    public double AbandonmentRatio(int type) =>
        Mean(state => Waiting(state, type)) / _model.CallTypes[type].MeanPatienceSeconds[0] / Arrivals(type)
        + (1 - AnsweredAtOnce(type)) * _model.CallTypes[type].BalkingProbability[0];

    public double Occupancy(int group) => Mean(state => Busy(state, group)) / _model.AgentGroups[group].Agents[0];

    private double Arrivals(int type) => _model.CallTypes[type].ArrivalsPerHour[0] / 3600;

    private double Mean(Func<int[], double> of) => _states.Select((state, i) => _probability[i] * of(state)).Sum();

    private double Probability(Func<int[], bool> of) => Mean(state => of(state) ? 1 : 0);

    private int Serving(int group, int type) => group * _types + type;

    private int Line(int type) => _groups * _types + type;

    private int Waiting(int[] state, int type) => state[Line(type)];

    private int Busy(int[] state, int group) => Enumerable.Range(0, _types).Sum(type => state[Serving(group, type)]);

    private int FreeGroup(int[] state, int type)
    {
        foreach (var group in _model.CallTypes[type].Groups)
            if (Busy(state, group) < _model.AgentGroups[group].Agents[0]) return group;
        return -1;
    }

    private List<(int From, int To, double Rate)> Explore()
    {
        var transitions = new List<(int, int, double)>();
        IndexOf(new int[(_groups + 1) * _types]);
        for (var from = 0; from < _states.Count; from++)
            foreach (var (next, rate) in Next(_states[from]))
                if (rate > 0) transitions.Add((from, IndexOf(next), rate));
        return transitions;
    }

    private IEnumerable<(int[] Next, double Rate)> Next(int[] state)
    {
        for (var type = 0; type < _types; type++)
        {
            var calls = _model.CallTypes[type];
            var free = FreeGroup(state, type);
            if (free >= 0) yield return (With(state, Serving(free, type), 1), Arrivals(type));
            else if (Waiting(state, type) < _longestLine) yield return (With(state, Line(type), 1), Arrivals(type) * (1 - calls.BalkingProbability[0]));
            if (Waiting(state, type) > 0) yield return (With(state, Line(type), -1), Waiting(state, type) / calls.MeanPatienceSeconds[0]);
            for (var group = 0; group < _groups; group++)
                if (state[Serving(group, type)] is > 0 and var serving)
                    yield return (AfterCall(With(state, Serving(group, type), -1), group), serving / calls.MeanServiceSeconds[0]);
        }
    }

    private int[] AfterCall(int[] state, int group)
    {
        foreach (var rank in _model.AgentGroups[group].Takes)
            if (Waiting(state, rank.Single()) > 0)
                return With(With(state, Line(rank[0]), -1), Serving(group, rank[0]), 1);
        return state;
    }

    private static int[] With(int[] state, int place, int change)
    {
        var next = (int[])state.Clone();
        next[place] += change;
        return next;
    }

    private int IndexOf(int[] state)
    {
        var key = string.Join(',', state);
        if (_index.TryGetValue(key, out var index)) return index;
        _states.Add(state);
        return _index[key] = _states.Count - 1;
    }

    private double[] Solve()
    {
        var probability = Enumerable.Repeat(1.0 / _states.Count, _states.Count).ToArray();
        for (var sweep = 0; sweep < 20_000; sweep++)
        {
            var change = 0.0;
            for (var i = 0; i < probability.Length; i++)
            {
                var flow = 0.0;
                foreach (var (from, rate) in _into[i]) flow += probability[from] * rate;
                var next = flow / _out[i];
                change += Math.Abs(next - probability[i]);
                probability[i] = next;
            }
            var sum = probability.Sum();
            for (var i = 0; i < probability.Length; i++) probability[i] /= sum;
            if (change < 1e-12) return probability;
        }
        throw new InvalidOperationException("the balance equations were not solved");
    }
}
