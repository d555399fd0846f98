namespace CampusCare.Domain.Forecasting;

/// <summary>
/// Counts whose variance is mean + spread × mean²: Poisson counts of a rate that is itself uncertain like a gamma
/// variable (Greenwood and Yule, 1920). Spread 0 is Poisson.
/// </summary>
/// <param name="mean">0 on.</param>
/// <param name="spread">0 on.</param>
internal readonly struct NegativeBinomial(double mean, double spread)
{
    private const double AlmostPoisson = 1e-9;
    private const int MostSteps = 1_000_000;

    /// <summary>The smallest count that is not exceeded with a probability, which is above 0 and below 1.</summary>
    public int Quantile(double probability)
    {
        if (mean <= 0) return 0;
        // From the logarithm of P(0), so that large means don't underflow; sums start where terms become visible.
        var logTerm = spread < AlmostPoisson ? -mean : -Math.Log(1 + spread * mean) / spread;
        double sum = 0;
        for (var k = 0; k < MostSteps; k++)
        {
            sum += Math.Exp(logTerm);
            if (sum >= probability) return k;
            logTerm += Math.Log(spread < AlmostPoisson ? mean / (k + 1) : (1 / spread + k) / (k + 1) * (spread * mean / (1 + spread * mean)));
        }
        return MostSteps;
    }
}
