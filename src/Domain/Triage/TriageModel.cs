using System.Reflection;

namespace CampusCare.Domain.Triage;

/// <summary>Understands one message: category, urgency, sentiment, facts. Immutable, safe to share between threads.</summary>
public sealed class TriageModel
{
    /// <summary>A message is about every category that is at least this probable, and always about the leading one.</summary>
    public const double Threshold = 0.5;

    /// <summary>How much the question "does it lead?" counts beside "is it about?" when the leading category is chosen.</summary>
    private const double LeadShare = 0.7;

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
        var features = FeatureExtractor.Extract(text);
        var odds = _weights.LogOdds(features);
        var about = new CategoryProbability[TriageHeads.Categories];
        for (var c = 0; c < about.Length; c++) about[c] = new CategoryProbability((Category)c, Calibration.Probability(odds[c]));
        var lead = Lead(about, odds);
        var sentiments = Shares(odds.AsSpan(TriageHeads.FirstSentiment, TriageHeads.Sentiments));
        return new TriageResult(
            lead.Category,
            lead.Probability,
            [.. about.Where(p => p == lead || IsSpecific(p)).OrderByDescending(p => p == lead).ThenByDescending(p => p.Probability).Select(p => p.Category)],
            about,
            JudgeUrgency((Urgency)IndexOfLargest(odds.AsSpan(TriageHeads.FirstUrgency, TriageHeads.Urgencies)), lead.Category, features.Asserted),
            (Sentiment)IndexOfLargest(sentiments),
            sentiments[(int)Sentiment.Positive] - sentiments[(int)Sentiment.Negative],
            EntityExtractor.Extract(text));
    }

    /// <summary>Food safety leads whenever a message is about it; "other" only when it is about nothing else.</summary>
    private static CategoryProbability Lead(CategoryProbability[] about, double[] odds)
    {
        if (about[(int)Category.FoodSafety] is { Probability: >= Threshold } safety) return safety;
        var candidates = about.Any(IsSpecific) ? about.Where(p => p.Category != Category.Other) : about;
        return candidates.MaxBy(p => (LeadShare * odds[TriageHeads.FirstLead + (int)p.Category]) + ((1 - LeadShare) * odds[(int)p.Category]))!;
    }

    private static bool IsSpecific(CategoryProbability p) => p.Probability >= Threshold && p.Category != Category.Other;

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
