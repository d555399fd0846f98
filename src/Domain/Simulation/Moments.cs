namespace CampusCare.Domain.Simulation;

/// <summary>
/// Sums and co-moments of a vector that is observed once a replication. The co-moments are kept by Welford's update,
/// so that nothing cancels however many replications there are; sums of counts are exact.
/// </summary>
internal sealed class Moments(int dimension)
{
    private readonly double[] _sum = new double[dimension];
    private readonly double[] _mean = new double[dimension];
    private readonly double[] _delta = new double[dimension];
    private readonly double[] _comoment = new double[dimension * dimension];
    private long _count;

    public void Add(ReadOnlySpan<double> observed)
    {
        _count++;
        for (var i = 0; i < dimension; i++)
        {
            _sum[i] += observed[i];
            _delta[i] = observed[i] - _mean[i];
            _mean[i] += _delta[i] / _count;
        }
        for (var i = 0; i < dimension; i++)
            for (var j = 0; j < dimension; j++)
                _comoment[i * dimension + j] += _delta[i] * (observed[j] - _mean[j]);
    }

    /// <summary>The mean of a weighted sum of the observed.</summary>
    public Estimate Mean(ReadOnlySpan<double> weights) => Around(Sum(weights) / _count, Variance(weights));

    /// <summary>
    /// The ratio of the expectations of two weighted sums R = E[X]/E[Y], estimated by the ratio of the means. Its
    /// variance by the delta method: Var(X − R·Y) / (n·E[Y]²). No value where Y never happened.
    /// </summary>
    public Estimate Ratio(ReadOnlySpan<double> over, ReadOnlySpan<double> under)
    {
        var denominator = Sum(under);
        if (denominator == 0) return Estimate.None;
        var ratio = Sum(over) / denominator;
        Span<double> weights = stackalloc double[dimension];
        for (var i = 0; i < dimension; i++) weights[i] = over[i] - ratio * under[i];
        var mean = denominator / _count;
        return Around(ratio, Variance(weights) / (mean * mean));
    }

    private Estimate Around(double value, double variance)
    {
        if (_count < 2) return new Estimate(value, null, null);
        var half = StudentT.Point975(_count - 1) * Math.Sqrt(Math.Max(0, variance) / _count);
        return new Estimate(value, value - half, value + half);
    }

    private double Sum(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < dimension; i++) sum += weights[i] * _sum[i];
        return sum;
    }

    private double Variance(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < dimension; i++)
            for (var j = 0; j < dimension; j++)
                sum += weights[i] * weights[j] * _comoment[i * dimension + j];
        return sum / (_count - 1);
    }
}
