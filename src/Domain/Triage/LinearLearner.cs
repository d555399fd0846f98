namespace CampusCare.Domain.Triage;

/// <summary>A training example: which features it has, and the value that each of them has.</summary>
internal readonly record struct Example(int[] Features, double Value);

/// <summary>
/// Fits a linear classifier by dual coordinate descent on the L2-regularised squared hinge loss
/// (Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008, algorithm 1).
/// </summary>
internal static class LinearLearner
{
    private const int LongestRun = 60;
    private const double GoodEnough = 0.1;

    /// <summary>1/(2C) with C = 0.2: how much a wrong answer may cost before the weights give way; chosen by cross-validation.</summary>
    private const double Softness = 2.5;

    /// <summary>Weights of the features, and last the bias.</summary>
    public static double[] Fit(IReadOnlyList<Example> examples, bool[] truth, int featureCount, int seed)
    {
        var weights = new double[featureCount + 1];
        var dual = new double[examples.Count];
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var random = new Random(seed);
        for (var run = 0; run < LongestRun; run++)
        {
            random.Shuffle(order);
            var worst = 0.0;
            foreach (var i in order)
            {
                var example = examples[i];
                var sign = truth[i] ? 1.0 : -1.0;
                var gradient = (sign * Score(weights, example)) - 1 + (Softness * dual[i]);
                var projected = dual[i] == 0 ? Math.Min(gradient, 0) : gradient;
                worst = Math.Max(worst, Math.Abs(projected));
                if (Math.Abs(projected) < 1e-9) continue;
                var before = dual[i];
                dual[i] = Math.Max(before - (gradient / ((example.Features.Length * example.Value * example.Value) + 1 + Softness)), 0);
                Add(weights, example, (dual[i] - before) * sign);
            }
            if (worst < GoodEnough) break;
        }
        return weights;
    }

    /// <summary>The margin of an example: above 0 means yes.</summary>
    public static double Score(double[] weights, Example example)
    {
        var sum = 0.0;
        foreach (var feature in example.Features) sum += weights[feature];
        return (sum * example.Value) + weights[^1];
    }

    private static void Add(double[] weights, Example example, double step)
    {
        foreach (var feature in example.Features) weights[feature] += step * example.Value;
        weights[^1] += step;
    }
}
