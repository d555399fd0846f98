namespace CampusCare.Domain.Triage;

/// <summary>Labelled texts as examples over a vocabulary of the features that occur often enough.</summary>
internal sealed record TrainingSet(IReadOnlyList<LabelledText> Texts, uint[] Keys, Example[] Examples, Example[][] Clauses)
{
    public static TrainingSet From(IReadOnlyList<LabelledText> texts, int leastOccurrences)
    {
        var features = texts.Select(t => FeatureExtractor.Extract(t.Text)).ToArray();
        var occurrences = new Dictionary<uint, int>();
        foreach (var feature in features.SelectMany(f => f.Whole)) occurrences[feature] = occurrences.GetValueOrDefault(feature) + 1;
        var keys = occurrences.Where(o => o.Value >= leastOccurrences).Select(o => o.Key).Order().ToArray();
        var index = keys.Select((key, i) => (key, i)).ToDictionary(k => k.key, k => k.i);
        return new TrainingSet(texts, keys, [.. features.Select(f => ToExample(f.Whole, index))], [.. features.Select(f => f.Clauses.Select(c => ToExample(c, index)).ToArray())]);
    }

    private static Example ToExample(List<uint> features, Dictionary<uint, int> index)
    {
        var known = features.Where(index.ContainsKey).ToArray();
        return new Example(Array.ConvertAll(known, f => index[f]), FeatureExtractor.Value(features.Count));
    }
}

/// <summary>Deals texts into folds of equal size.</summary>
internal static class Folds
{
    public static int[] Assign(int count, int folds, int seed)
    {
        var assigned = new int[count];
        for (var i = 0; i < count; i++) assigned[i] = i % folds;
        new Random(seed).Shuffle(assigned);
        return assigned;
    }
}
