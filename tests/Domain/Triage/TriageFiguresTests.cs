using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Triage;

/// <summary>The floors that the shipped model must hold on texts that it never saw; docs/triage.md has the figures.</summary>
public sealed class TriageFiguresTests
{
    private static readonly TriageFigures Shipped = TriageFigures.Of([.. CorpusFiles.HeldOut.Select(t => new JudgedText(t, TriageModel.Default.Classify(t.Text)))]);

    [Fact]
    public void Categories_are_found() => Shipped.MacroF1.ShouldBeGreaterThan(0.72);

    [Fact]
    public void The_leading_category_is_found() => Shipped.LeadAccuracy.ShouldBeGreaterThan(0.68);

    [Fact]
    public void Food_safety_is_not_overlooked() => Shipped.About[(int)Category.FoodSafety].Recall.ShouldBeGreaterThan(0.8);

    [Fact]
    public void The_mood_is_found() => Shipped.SentimentAccuracy.ShouldBeGreaterThan(0.92);

    [Fact]
    public void The_urgency_is_found() => Shipped.UrgencyAccuracy.ShouldBeGreaterThan(0.75);

    [Fact]
    public void Confidence_means_what_it_says() => Shipped.CalibrationError.ShouldBeLessThan(0.05);

    [Fact]
    public void Figures_count_what_they_say()
    {
        var judged = new[]
        {
            Judged([Category.LateDelivery, Category.FoodQuality], Sentiment.Negative, [Category.LateDelivery], 0.8, -0.5),
            Judged([Category.FoodQuality], Sentiment.Negative, [Category.LateDelivery, Category.FoodQuality], 0.8, 0.5),
            Judged([Category.Praise], Sentiment.Positive, [Category.Praise], 0.8, 0.5),
            Judged([Category.Other], Sentiment.Neutral, [Category.Other], 0.8, 0.5),
        };

        var figures = TriageFigures.Of(judged);

        figures.LeadAccuracy.ShouldBe(3 / 4.0);
        figures.SentimentAccuracy.ShouldBe(2 / 3.0, 1e-9);
        figures.About[(int)Category.LateDelivery].ShouldBe(new CategoryFigures(Category.LateDelivery, 1, 0.5, 1));
        figures.About[(int)Category.FoodQuality].ShouldBe(new CategoryFigures(Category.FoodQuality, 2, 1, 0.5));
        figures.CalibrationError.ShouldBe(0.8 - (3 / 4.0), 1e-9);
    }

    private static JudgedText Judged(Category[] truth, Sentiment mood, Category[] found, double confidence, double score) => new(
        new LabelledText("x", truth, mood, Urgency.Normal),
        new TriageResult(found[0], confidence, found, [], Urgency.Normal, mood, score, []));
}
