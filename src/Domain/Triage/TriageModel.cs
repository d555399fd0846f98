using System.Reflection;

namespace CampusCare.Domain.Triage;

/// <summary>Understands one message: category, urgency, sentiment, facts. Immutable, safe to share between threads.</summary>
public sealed class TriageModel
{
    /// <summary>A message is about every category that is at least this probable, and always about the most probable.</summary>
    public const double Threshold = 0.5;

    private static readonly Lazy<TriageModel> Shipped = new(LoadShipped);

    private readonly ModelWeights _weights;

    internal TriageModel(ModelWeights weights) => _weights = weights;

    /// <summary>The model that ships with the program, loaded once.</summary>
    public static TriageModel Default => Shipped.Value;

    /// <summary>How many features the model knows.</summary>
    public int FeatureCount => _weights.FeatureCount;

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The stream holds no model of this version.</exception>
    public static TriageModel Load(Stream stream) => new(ModelWeights.Load(stream));

    /// <summary>Writes the model; the same model gives the same bytes.</summary>
    public void Save(Stream stream) => _weights.Save(stream);

    /// <summary>Classifies a message of any length; of a very long one the first 2,000 characters. Never throws on text, however broken.</summary>
    public TriageResult Classify(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var odds = _weights.LogOdds(FeatureExtractor.Extract(text));
        var probabilities = new CategoryProbability[TriageHeads.Categories];
        for (var c = 0; c < probabilities.Length; c++) probabilities[c] = new CategoryProbability((Category)c, Calibration.Probability(odds[c]));
        var main = probabilities.MaxBy(p => p.Probability)!;
        var categories = probabilities.Where(p => p == main || p.Probability >= Threshold).OrderByDescending(p => p.Probability).Select(p => p.Category);
        var sentiments = Shares(odds.AsSpan(TriageHeads.FirstSentiment, TriageHeads.Sentiments));
        var urgencies = Shares(odds.AsSpan(TriageHeads.FirstUrgency, TriageHeads.Urgencies));
        return new TriageResult(
            main.Category,
            main.Probability,
            [.. categories],
            probabilities,
            (Urgency)Array.IndexOf(urgencies, urgencies.Max()),
            (Sentiment)Array.IndexOf(sentiments, sentiments.Max()),
            sentiments[(int)Sentiment.Positive] - sentiments[(int)Sentiment.Negative],
            []);
    }

    private static double[] Shares(ReadOnlySpan<double> odds)
    {
        var shares = new double[odds.Length];
        for (var i = 0; i < shares.Length; i++) shares[i] = Calibration.Probability(odds[i]);
        var sum = shares.Sum();
        return Array.ConvertAll(shares, s => s / sum);
    }

    private static TriageModel LoadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(TriageModel), "triage.model")
            ?? throw new InvalidDataException("triage.model is not embedded.");
        return Load(stream);
    }
}
