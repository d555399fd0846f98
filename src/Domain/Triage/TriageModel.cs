using System.Reflection;

namespace CampusCare.Domain.Triage;

/// <summary>Understands one message: category, urgency, sentiment, facts. Immutable, safe to share between threads.</summary>
public sealed class TriageModel
{
    /// <summary>A message is about every category that is at least this probable, and always about the leading one.</summary>
    public const double Threshold = 0.5;

    /// <summary>The same for food safety: a false alarm costs a look, a missed one costs health.</summary>
    public const double SafetyThreshold = 0.35;

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
    /// <param name="text">The message.</param>
    /// <param name="withEntities">Whether the facts in it are wanted: they take a quarter of the time.</param>
    public TriageResult Classify(string text, bool withEntities = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var features = FeatureExtractor.Extract(text);
        var odds = _weights.LogOdds(features);
        var about = new CategoryProbability[TriageHeads.Categories];
        for (var c = 0; c < about.Length; c++) about[c] = new CategoryProbability((Category)c, Calibration.Probability(odds[c]));
        var lead = LeadChoice.Choose(odds);
        var sentiments = Shares(odds.AsSpan(TriageHeads.FirstSentiment, TriageHeads.Sentiments));
        return new TriageResult(
            (Category)lead,
            _weights.Confidence(odds[lead]),
            Categories(odds, lead),
            about,
            JudgeUrgency((Urgency)IndexOfLargest(odds.AsSpan(TriageHeads.FirstUrgency, TriageHeads.Urgencies)), (Category)lead, features.Asserted),
            (Sentiment)IndexOfLargest(sentiments),
            sentiments[(int)Sentiment.Positive] - sentiments[(int)Sentiment.Negative],
            withEntities ? EntityExtractor.Extract(text) : []);
    }

    private static List<Category> Categories(double[] odds, int lead)
    {
        var others = Enumerable.Range(0, TriageHeads.Categories).Where(c => c != lead && c != (int)Category.Other && LeadChoice.IsAbout(odds, c));
        return [(Category)lead, .. others.OrderByDescending(c => odds[c]).Select(c => (Category)c)];
    }

    /// <summary>Raises what the model says: illness and danger to a person are critical, unsafe food is at least high.</summary>
    private static Urgency JudgeUrgency(Urgency learned, Category lead, HashSet<uint> asserted)
    {
        var unsafeFood = lead == Category.FoodSafety;
        if (asserted.Contains(Tokenizer.Danger) || (unsafeFood && asserted.Contains(Tokenizer.Ill))) return Urgency.Critical;
        return unsafeFood && learned < Urgency.High ? Urgency.High : learned;
    }

    private static double[] Shares(ReadOnlySpan<double> odds)
    {
        var shares = new double[odds.Length];
        var sum = 0.0;
        for (var i = 0; i < shares.Length; i++) sum += shares[i] = Calibration.Probability(odds[i]);
        for (var i = 0; i < shares.Length; i++) shares[i] /= sum;
        return shares;
    }

    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] > values[best]) best = i;
        }
        return best;
    }

    private static TriageModel LoadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(typeof(TriageModel), "triage.model")
            ?? throw new InvalidDataException("triage.model is not embedded.");
        return Load(stream);
    }
}
