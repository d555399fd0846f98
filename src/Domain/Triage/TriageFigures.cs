namespace CampusCare.Domain.Triage;

/// <summary>A text with what a person and what a model say of it.</summary>
public sealed record JudgedText(LabelledText Truth, TriageResult Result);

/// <summary>How well one category is found, counted over all categories that a text is about.</summary>
/// <param name="Category">The category.</param>
/// <param name="Support">How many texts are about it.</param>
/// <param name="Precision">Of the texts that the model puts here, the share that belongs here.</param>
/// <param name="Recall">Of the texts that belong here, the share that the model puts here.</param>
public sealed record CategoryFigures(Category Category, int Support, double Precision, double Recall)
{
    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => Precision + Recall == 0 ? 0 : 2 * Precision * Recall / (Precision + Recall);
}

/// <summary>How well a model does on labelled texts.</summary>
public sealed record TriageFigures
{
    private const int Bins = 10;

    /// <summary>How many texts were judged.</summary>
    public required int Texts { get; init; }

    /// <summary>Each category among all that a text is about.</summary>
    public required IReadOnlyList<CategoryFigures> About { get; init; }

    /// <summary>Each category as the leading one alone.</summary>
    public required IReadOnlyList<CategoryFigures> Leading { get; init; }

    /// <summary>Share of texts whose leading category is the one that a person named first.</summary>
    public required double LeadAccuracy { get; init; }

    /// <summary>Share of texts whose leading category is one that a person named.</summary>
    public required double LeadAmongNamed { get; init; }

    /// <summary>Of the texts that a person called positive or negative, the share whose score has that sign.</summary>
    public required double SentimentAccuracy { get; init; }

    /// <summary>Share of texts with the right urgency.</summary>
    public required double UrgencyAccuracy { get; init; }

    /// <summary>
    /// Expected calibration error of the confidence in the leading category, in ten bins of equal width: the mean distance,
    /// weighted by texts, of a bin's mean confidence from the share of its texts that are about that category.
    /// </summary>
    public required double CalibrationError { get; init; }

    /// <summary>Unweighted mean of the F1 of all categories that a text is about.</summary>
    public double MacroF1 => About.Average(c => c.F1);

    /// <summary>Unweighted mean of the F1 of the leading category.</summary>
    public double LeadMacroF1 => Leading.Average(c => c.F1);

    /// <summary>Counts the figures of judged texts.</summary>
    public static TriageFigures Of(IReadOnlyCollection<JudgedText> judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
        var moods = judged.Where(j => j.Truth.Sentiment != Sentiment.Neutral).ToList();
        return new TriageFigures
        {
            Texts = judged.Count,
            About = Categories(judged, t => t.Categories, r => r.Categories),
            Leading = Categories(judged, t => t.Categories.Take(1), r => [r.Category]),
            LeadAccuracy = Share(judged, j => j.Truth.Categories[0] == j.Result.Category),
            LeadAmongNamed = Share(judged, j => j.Truth.Categories.Contains(j.Result.Category)),
            SentimentAccuracy = Share(moods, j => (j.Truth.Sentiment == Sentiment.Positive) == (j.Result.SentimentScore > 0)),
            UrgencyAccuracy = Share(judged, j => j.Truth.Urgency == j.Result.Urgency),
            CalibrationError = MeasureCalibration(judged),
        };
    }

    private static List<CategoryFigures> Categories(
        IReadOnlyCollection<JudgedText> judged, Func<LabelledText, IEnumerable<Category>> truth, Func<TriageResult, IEnumerable<Category>> result)
    {
        var figures = new List<CategoryFigures>();
        foreach (var category in Enum.GetValues<Category>())
        {
            var belong = judged.Count(j => truth(j.Truth).Contains(category));
            var put = judged.Count(j => result(j.Result).Contains(category));
            var right = judged.Count(j => truth(j.Truth).Contains(category) && result(j.Result).Contains(category));
            figures.Add(new CategoryFigures(category, belong, Ratio(right, put), Ratio(right, belong)));
        }
        return figures;
    }

    private static double MeasureCalibration(IReadOnlyCollection<JudgedText> judged) =>
        judged.GroupBy(j => Math.Min((int)(j.Result.Confidence * Bins), Bins - 1))
            .Sum(bin => Math.Abs(bin.Sum(j => j.Result.Confidence) - bin.Count(j => j.Truth.Categories.Contains(j.Result.Category)))) / Math.Max(judged.Count, 1);

    private static double Share(IReadOnlyCollection<JudgedText> judged, Func<JudgedText, bool> right) => Ratio(judged.Count(right), judged.Count);

    private static double Ratio(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
