using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Triage;
using Xunit.Abstractions;

namespace CampusCare.Domain.Tests.Knowledge;

/// <summary>How well search finds what was asked, on the query set.</summary>
public sealed class SearchQualityTests(ITestOutputHelper output)
{
    private static List<ArticleMatch> Find(string text, int limit, bool withTriage = false) =>
        KnowledgeFiles.Shelf.Find(new ShelfQuestion(text, KnowledgeFiles.Now) { ForStaff = true, Category = withTriage ? TriageModel.Default.Classify(text).Category : null }, limit);

    [Fact]
    public void The_first_five_are_in_a_good_order()
    {
        var answered = KnowledgeFiles.Queries.Where(static query => query.Grades.Count > 0).ToList();
        var (sum, first) = (0.0, 0);
        foreach (var query in answered)
        {
            var found = Find(query.Text, RatedQuery.Places);
            var gain = query.GainOf(found.Select(static match => match.Entry.Article.Id));
            sum += gain;
            if (found.Count > 0 && query.IsAnsweredBy(found[0].Entry.Article.Id)) first++;
            if (gain < 0.7) output.WriteLine($"{gain:0.00} {query.Text} → {string.Join(", ", found.Select(static match => $"{match.Entry.Article.Id} {match.Confidence:0.00}"))}");
        }
        output.WriteLine($"nDCG@5 {sum / answered.Count:0.000} over {answered.Count} questions; the answer comes first in {(double)first / answered.Count:0.000}");
        Assert.True(sum / answered.Count >= 0.89, $"nDCG@5 is {sum / answered.Count:0.000}");
    }

    [Fact]
    public void What_the_bot_would_say_is_right_and_what_nobody_knows_it_leaves_alone()
    {
        var (said, right, silly) = (0, 0, 0);
        foreach (var query in KnowledgeFiles.Queries)
        {
            if (Find(query.Text, 1, withTriage: true) is not [var best] || best.Confidence < Floor) continue;
            said++;
            if (query.Grades.Count == 0) silly++;
            if (query.IsAnsweredBy(best.Entry.Article.Id)) right++;
            else output.WriteLine($"{best.Confidence:0.00} {query.Text} → {best.Entry.Article.Id}");
        }
        output.WriteLine($"from {Floor} on: says something to {said} of {KnowledgeFiles.Queries.Length}, rightly to {right} ({(double)right / said:0.00}), to {silly} that have no answer");
        Assert.True(right >= 0.86 * said, $"Only {right} of {said} are right.");
        Assert.True(said >= 0.5 * KnowledgeFiles.Queries.Length, $"It says something to {said} only.");
        Assert.True(silly <= 4, $"{silly} questions without an answer got one.");
    }

    private const double Floor = 0.65;
}
