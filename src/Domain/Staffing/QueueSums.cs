namespace CampusCare.Domain.Staffing;

/// <summary>
/// Sums over k = 0, 1, … waiting, with the weights w(k) = y^k / ((a+1)…(a+k)) of the M/M/c+M line relative to k = 0.
/// All are to be multiplied by e^<see cref="LogScale"/>: an overloaded line has weights beyond any double.
/// </summary>
/// <param name="Weight">Σ w(k).</param>
/// <param name="Waiting">Σ k w(k).</param>
/// <param name="ServedWait">
/// Σ w(k) × P(who comes with k ahead is served) × mean wait then, in units of the mean patience: each of the k + 1
/// departures before the answer takes 1/(a+j+1) on average, whichever way it happens.
/// </param>
/// <param name="LogScale">What the sums were divided by, as a logarithm.</param>
internal readonly record struct QueueSums(double Weight, double Waiting, double ServedWait, double LogScale)
{
    private const double Large = 1e200;
    private const double Negligible = 1e-18;

    public static QueueSums Of(double a, double y)
    {
        double term = 1, stages = 0, weight = 0, waiting = 0, servedWait = 0, logScale = 0;
        for (var k = 0; ; k++)
        {
            stages += 1 / (a + k + 1);
            weight += term;
            waiting += k * term;
            servedWait += term * a / (a + k + 1) * stages;
            var ratio = y / (a + k + 1);
            if (ratio < 1 && term * (k + 1) * ratio <= Negligible * (weight + waiting) * (1 - ratio) * (1 - ratio))
                return new QueueSums(weight, waiting, servedWait, logScale);
            term *= ratio;
            if (term < Large) continue;
            term /= Large;
            weight /= Large;
            waiting /= Large;
            servedWait /= Large;
            logScale += Math.Log(Large);
        }
    }
}
