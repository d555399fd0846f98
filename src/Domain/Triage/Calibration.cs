namespace CampusCare.Domain.Triage;

/// <summary>Turns a margin into a probability: 1 / (1 + exp(−(Slope · margin + Offset))).</summary>
internal readonly record struct Calibration(double Slope, double Offset)
{
    private const int Rounds = 100;
    private const double Ridge = 1e-9;

    /// <summary>The log odds of a margin.</summary>
    public double LogOdds(double margin) => (Slope * margin) + Offset;

    /// <summary>The probability of log odds.</summary>
    public static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>
    /// Platt scaling by Newton's method, with Platt's smoothed targets
    /// (Lin, Lin, Weng, "A note on Platt's probabilistic outputs for support vector machines", 2007).
    /// </summary>
    /// <param name="margins">Margins of texts that the classifier wasn't trained on.</param>
    /// <param name="truth">Whether the answer is yes.</param>
    public static Calibration Fit(IReadOnlyList<double> margins, IReadOnlyList<bool> truth)
    {
        var positives = truth.Count(t => t);
        var high = (positives + 1.0) / (positives + 2.0);
        var low = 1.0 / (truth.Count - positives + 2.0);
        double slope = 1, offset = 0;
        for (var round = 0; round < Rounds; round++)
        {
            double gradientSlope = 0, gradientOffset = 0, h11 = Ridge, h12 = 0, h22 = Ridge;
            for (var i = 0; i < margins.Count; i++)
            {
                var probability = Probability((slope * margins[i]) + offset);
                var error = probability - (truth[i] ? high : low);
                var curvature = Math.Max(probability * (1 - probability), 1e-12);
                gradientSlope += error * margins[i];
                gradientOffset += error;
                h11 += curvature * margins[i] * margins[i];
                h12 += curvature * margins[i];
                h22 += curvature;
            }
            var determinant = (h11 * h22) - (h12 * h12);
            var stepSlope = ((h22 * gradientSlope) - (h12 * gradientOffset)) / determinant;
            var stepOffset = ((h11 * gradientOffset) - (h12 * gradientSlope)) / determinant;
            slope -= Math.Clamp(stepSlope, -1, 1);
            offset -= Math.Clamp(stepOffset, -1, 1);
            if (Math.Abs(stepSlope) + Math.Abs(stepOffset) < 1e-6) break;
        }
        return new Calibration(slope, offset);
    }
}
