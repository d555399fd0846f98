namespace CampusCare.Domain.Triage;

/// <summary>Makes a <see cref="TriageModel"/> from labelled text. The same texts in the same order and the same seed give the same model, bit for bit.</summary>
public static class TriageTrainer
{
    /// <summary>The seed of the model that ships.</summary>
    public const int DefaultSeed = 20261121;

    private const int CalibrationFolds = 5;
    private const int LeastOccurrences = 2;

    /// <summary>Trains on labelled texts, and calibrates by five-fold cross-validation on them.</summary>
    /// <param name="texts">At least a few hundred, every category among them.</param>
    /// <param name="seed">Decides the folds and the order of learning.</param>
    public static TriageModel Train(IEnumerable<LabelledText> texts, int seed = DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var set = TrainingSet.From([.. texts], LeastOccurrences);
        var folds = Folds.Assign(set.Texts.Count, CalibrationFolds, seed);
        var weights = new double[TriageHeads.Count][];
        var calibrations = new Calibration[TriageHeads.Count];
        Parallel.For(0, TriageHeads.Count, head =>
        {
            var truth = set.Texts.Select(t => TriageHeads.Truth(t, head)).ToArray();
            calibrations[head] = Calibration.Fit(HeldOutMargins(set, truth, folds, seed + head, head), truth);
            weights[head] = Fit(set, [.. Enumerable.Range(0, truth.Length)], truth, seed + head);
        });
        return new TriageModel(ModelWeights.Quantize(set.Keys, weights, calibrations));
    }

    private static double[] HeldOutMargins(TrainingSet set, bool[] truth, int[] folds, int seed, int head)
    {
        var margins = new double[truth.Length];
        for (var fold = 0; fold < CalibrationFolds; fold++)
        {
            var weights = Fit(set, [.. Enumerable.Range(0, truth.Length).Where(i => folds[i] != fold)], truth, seed);
            for (var i = 0; i < truth.Length; i++)
            {
                if (folds[i] == fold) margins[i] = Margin(set, i, weights, head);
            }
        }
        return margins;
    }

    private static double Margin(TrainingSet set, int i, double[] weights, int head)
    {
        var whole = LinearLearner.Score(weights, set.Examples[i]);
        return set.Clauses[i].Length == 0 ? whole : TriageHeads.Pool(head, whole, set.Clauses[i].Max(c => LinearLearner.Score(weights, c)));
    }

    private static double[] Fit(TrainingSet set, int[] chosen, bool[] truth, int seed)
    {
        var chosenTruth = Array.ConvertAll(chosen, i => truth[i]);
        return LinearLearner.Fit([.. chosen.Select(i => set.Examples[i])], chosenTruth, set.Keys.Length, seed);
    }
}
