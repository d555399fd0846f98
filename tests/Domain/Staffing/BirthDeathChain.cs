namespace CampusCare.Domain.Tests.Staffing;

/// <summary>
/// M/M/c+M (patience may be infinite) solved without any of the closed forms: the stationary state of the truncated
/// birth–death chain from its balance equations, and the wait of a tagged caller by uniformization.
/// </summary>
internal sealed class BirthDeathChain
{
    private readonly double _arrivals, _service, _patience;
    private readonly int _agents;
    private readonly double[] _state;

    public BirthDeathChain(double arrivalRate, double meanService, double meanPatience, int agents, int states)
    {
        (_arrivals, _service, _patience, _agents) = (arrivalRate, 1 / meanService, 1 / meanPatience, agents);
        _state = new double[states];
        // λ·π(n) = death(n+1)·π(n+1), scaled down whenever it grows.
        _state[0] = 1;
        for (var n = 1; n < states; n++)
        {
            _state[n] = _state[n - 1] * _arrivals / Death(n);
            if (_state[n] > 1e100) for (var i = 0; i <= n; i++) _state[i] /= 1e100;
        }
        var sum = _state.Sum();
        for (var n = 0; n < states; n++) _state[n] /= sum;
        _state[^1].ShouldBeLessThan(1e-14, "the chain must be cut where nothing happens any more");
    }

    public double ProbabilityOfWait => _state.Skip(_agents).Sum();

    public double MeanWaiting => _state.Select((p, n) => p * Math.Max(0, n - _agents)).Sum();

    public double Occupancy => _state.Select((p, n) => p * Math.Min(n, _agents)).Sum() / _agents;

    public double AbandonmentProbability => MeanWaiting * _patience / _arrivals;

    /// <summary>What became of an arrival after a time: answered, abandoned, or (the rest) still waiting.</summary>
    public (double Answered, double Abandoned) Within(double time)
    {
        // The tagged caller's number ahead, and two absorbing ends. One uniform clock for all states.
        var ahead = _state.Skip(_agents).ToArray();
        double answered = _state.Take(_agents).Sum(), abandoned = 0;
        var clock = _agents * _service + ahead.Length * _patience;
        var steps = clock * time;
        double totalAnswered = 0, totalAbandoned = 0, seen = 0, logWeight = -steps;
        for (var k = 0; ; k++)
        {
            if (k > 0) logWeight += Math.Log(steps / k);
            var weight = Math.Exp(logWeight);
            seen += weight;
            totalAnswered += weight * answered;
            totalAbandoned += weight * abandoned;
            if (k > steps && weight < 1e-17) break;
            for (var i = 0; i < ahead.Length; i++)
            {
                var here = ahead[i];
                ahead[i] = here * (1 - (_agents * _service + (i + 1) * _patience) / clock);
                if (i > 0) ahead[i - 1] += here * (_agents * _service + i * _patience) / clock;
                else answered += here * _agents * _service / clock;
                abandoned += here * _patience / clock;
            }
        }
        return (totalAnswered / seen, totalAbandoned / seen);
    }

    private double Death(int n) => Math.Min(n, _agents) * _service + Math.Max(0, n - _agents) * _patience;
}
