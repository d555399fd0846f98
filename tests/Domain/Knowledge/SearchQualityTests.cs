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
            var found = Find(query.Text, 5);
            var gain = Ndcg(query, found);
            sum += gain;
            if (found.Count > 0 && query.Grades.GetValueOrDefault(found[0].Entry.Article.Id) == 3) first++;
            if (gain < 0.7) output.WriteLine($"{gain:0.00} {query.Text} → {string.Join(", ", found.Select(static match => $"{match.Entry.Article.Id} {match.Confidence:0.00}"))}");
        }
        output.WriteLine($"nDCG@5 {sum / answered.Count:0.000} over {answered.Count} questions; the answer comes first in {(double)first / answered.Count:0.000}");
        Assert.True(sum / answered.Count >= 0.89, $"nDCG@5 is {sum / answered.Count:0.000}");
    }

    // Järvelin and Kekäläinen 2002: gain 2^grade − 1, discounted by the logarithm of the place, over that of the best order.
    private static double Ndcg(RatedQuery query, List<ArticleMatch> found)
    {
        static double Discounted(IEnumerable<int> grades) => grades.Take(5).Select(static (grade, place) => (Math.Pow(2, grade) - 1) / Math.Log2(place + 2)).Sum();
        var best = Discounted(query.Grades.Values.OrderDescending());
        return Discounted(found.Select(match => query.Grades.GetValueOrDefault(match.Entry.Article.Id))) / best;
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
            if (query.Grades.GetValueOrDefault(best.Entry.Article.Id) == 3) right++;
            else output.WriteLine($"{best.Confidence:0.00} {query.Text} → {best.Entry.Article.Id}");
        }
        output.WriteLine($"from {Floor} on: says something to {said} of {KnowledgeFiles.Queries.Count}, rightly to {right} ({(double)right / said:0.00}), to {silly} that have no answer");
        Assert.True(right >= 0.86 * said, $"Only {right} of {said} are right.");
        Assert.True(said >= 0.5 * KnowledgeFiles.Queries.Count, $"It says something to {said} only.");
        Assert.True(silly <= 4, $"{silly} questions without an answer got one.");
    }

    private const double Floor = 0.65;
}
