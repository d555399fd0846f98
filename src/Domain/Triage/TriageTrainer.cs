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
        var margins = new double[TriageHeads.Count][];
        var calibrations = new Calibration[TriageHeads.Count];
        Parallel.For(0, TriageHeads.Count, head =>
        {
            var truth = set.Texts.Select(t => TriageHeads.Truth(t, head)).ToArray();
            margins[head] = HeldOutMargins(set, truth, folds, seed + head, head);
            calibrations[head] = Calibration.Fit(margins[head], truth);
            weights[head] = Fit(set, [.. Enumerable.Range(0, truth.Length)], truth, seed + head);
        });
        return new TriageModel(ModelWeights.Quantize(set.Keys, weights, calibrations, CalibrateChoice(set.Texts, margins, calibrations)));
    }

    private static Calibration CalibrateChoice(IReadOnlyList<LabelledText> texts, double[][] margins, Calibration[] calibrations)
    {
        var chosen = new double[texts.Count];
        var right = new bool[texts.Count];
        for (var i = 0; i < texts.Count; i++)
        {
            var odds = new double[TriageHeads.Count];
            for (var head = 0; head < odds.Length; head++) odds[head] = calibrations[head].LogOdds(margins[head][i]);
            var lead = LeadChoice.Choose(odds);
            chosen[i] = odds[lead];
            right[i] = texts[i].Categories.Contains((Category)lead);
        }
        return Calibration.Fit(chosen, right);
    }

    /// <summary>Judges every text by a model that was trained on the other folds.</summary>
    /// <param name="texts">As for <see cref="Train"/>.</param>
    /// <param name="folds">Into how many parts the texts are dealt; so many models are trained.</param>
    /// <param name="seed">Decides the parts and the training.</param>
    public static IReadOnlyList<JudgedText> CrossValidate(IReadOnlyList<LabelledText> texts, int folds, int seed = DefaultSeed)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var assigned = Folds.Assign(texts.Count, folds, seed + 1);
        var judged = new List<JudgedText>(texts.Count);
        for (var fold = 0; fold < folds; fold++)
        {
            var model = Train(texts.Where((_, i) => assigned[i] != fold), seed);
            judged.AddRange(texts.Where((_, i) => assigned[i] == fold).Select(t => new JudgedText(t, model.Classify(t.Text))));
        }
        return judged;
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
