namespace CampusCare.Domain.Simulation;

/// <summary>
/// One call as it comes, before anything is decided about it. Times in seconds, its arrival from opening. One that balks
/// leaves at once when it can't be answered at once.
/// </summary>
internal readonly record struct Call(double ArrivedAt, int Period, double Service, double Patience, bool Balks);

/// <summary>
/// The calls of one type in one replication, in order of arrival. Nothing here depends on what happens to them.
/// Arrivals are Poisson at the period's rate: each takes a unit exponential off the integral of the rate, across
/// borders of periods.
/// </summary>
internal sealed class CallSource
{
    private const double SecondsPerHour = 3600;

    private readonly CallType _type;
    private readonly double[] _perSecond, _service, _patience, _balking, _ends;
    private readonly ulong _arrivalsKey, _serviceKey, _patienceKey, _balkingKey;
    private RandomStream _arrivals, _services, _patiences, _balks;
    private double _busyness, _now;
    private int _period;

    public CallSource(CallType type, double[] ends)
    {
        _type = type;
        _ends = ends;
        _perSecond = [.. type.ArrivalsPerHour.Select(rate => rate / SecondsPerHour)];
        _service = [.. type.MeanServiceSeconds];
        _patience = [.. type.MeanPatienceSeconds];
        _balking = [.. type.BalkingProbability];
        (_arrivalsKey, _serviceKey) = (Key("arrivals"), Key("service"));
        (_patienceKey, _balkingKey) = (Key("patience"), Key("balking"));
    }

    /// <summary>Back to opening, on the day of a replication.</summary>
    public void Start(ulong seed, long replication, double busyness)
    {
        _arrivals = new RandomStream(seed, replication, _arrivalsKey);
        _services = new RandomStream(seed, replication, _serviceKey);
        _patiences = new RandomStream(seed, replication, _patienceKey);
        _balks = new RandomStream(seed, replication, _balkingKey);
        _busyness = busyness;
        _now = 0;
        _period = 0;
    }

    /// <summary>False when no further call comes before the end of the last period.</summary>
    public bool TryNext(out Call call)
    {
        var toGo = _arrivals.NextExponential();
        for (; _period < _ends.Length; _now = _ends[_period++])
        {
            var rate = _perSecond[_period] * _busyness;
            var left = rate * (_ends[_period] - _now);
            if (toGo < left)
            {
                _now += toGo / rate;
                call = Draw();
                return true;
            }
            toGo -= left;
        }
        call = default;
        return false;
    }

    // All four are drawn for every call, used or not, so that the next call finds its own numbers.
    private Call Draw() => new(
        _now,
        _period,
        _service[_period] * _services.NextExponential(),
        Patience(_patience[_period], _patiences.NextExponential()),
        _balks.NextUniform() <= _balking[_period]);

    private static double Patience(double mean, double exponential) => double.IsInfinity(mean) ? mean : mean * exponential;

    private ulong Key(string purpose) => RandomStream.Purpose($"{purpose} of {_type.Name}");
}
