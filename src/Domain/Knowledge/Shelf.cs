using System.Collections.Immutable;
using CampusCare.Domain.Knowledge.Search;
using CampusCare.Domain.Routing;

namespace CampusCare.Domain.Knowledge;

/// <summary>A published version.</summary>
/// <param name="Article">What it says.</param>
/// <param name="Version">Which version that is.</param>
public sealed record PublishedArticle(Article Article, int Version);

/// <summary>An article that fits a question.</summary>
/// <param name="Entry">The article.</param>
/// <param name="Confidence">How probable it is that this is what was asked, 0–1, see <see cref="Shelf.Find"/>.</param>
/// <param name="Hit">What search says.</param>
public sealed record ArticleMatch(PublishedArticle Entry, double Confidence, SearchHit Hit);

/// <summary>
/// What a campus can tell now: the shared articles, with its own in place of those with the same id, the values of facts
/// put into texts, and an index over all. Immutable.
/// </summary>
public sealed class Shelf
{
    private readonly PublishedArticle[] _entries;
    private readonly ArticleRecord[] _records;
    private readonly SearchIndex _index;
    private readonly Dictionary<string, ArticleFact> _facts = [];

    /// <summary>A shelf without articles.</summary>
    public static readonly Shelf Empty = new([], [], []);

    /// <summary>Builds the shelf.</summary>
    /// <param name="shared">What all campuses share.</param>
    /// <param name="own">The campus's own articles.</param>
    /// <param name="records">How articles did so far.</param>
    public Shelf(IEnumerable<PublishedArticle> shared, IEnumerable<PublishedArticle> own, IReadOnlyCollection<ArticleRecord> records)
    {
        var ownArticles = own.ToList();
        var replaced = ownArticles.Select(static entry => entry.Article.Id).ToHashSet();
        _entries = [.. shared.Where(entry => !replaced.Contains(entry.Article.Id)).Concat(ownArticles).OrderBy(static entry => entry.Article.Id, StringComparer.Ordinal)];
        foreach (var fact in _entries.SelectMany(static entry => entry.Article.Facts)) _facts[fact.Name] = fact;
        // The campus's own values win over shared ones, whatever article they stand in.
        foreach (var fact in ownArticles.SelectMany(static entry => entry.Article.Facts)) _facts[fact.Name] = fact;
        var byId = records.ToDictionary(static record => record.ArticleId);
        _records = [.. _entries.Select(entry => byId.GetValueOrDefault(entry.Article.Id) ?? new ArticleRecord(entry.Article.Id))];
        _index = new SearchIndex([.. _entries.Zip(_records, DocumentOf)]);
    }

    /// <summary>How many articles it has.</summary>
    public int Count => _entries.Length;

    /// <summary>Everything on it.</summary>
    public IReadOnlyList<PublishedArticle> Entries => _entries;

    /// <summary>The article of an id; null when it isn't published here.</summary>
    public PublishedArticle? Get(string articleId) => _entries.FirstOrDefault(entry => entry.Article.Id == articleId);

    /// <summary>
    /// The articles that fit a question, best first. Confidence is a logistic function of how near the question is to a
    /// known way of asking, and nearer than the next article, how much of it the article knows, and whether triage thinks of the same category; its weights
    /// were fitted on the query set in tests/Domain/Knowledge.
    /// </summary>
    public List<ArticleMatch> Find(ShelfQuestion question, int limit)
    {
        var hits = _index.Search(question.Text, limit * 3, i => Allows(i, question));
        var matches = new List<ArticleMatch>(hits.Count);
        var (nearest, second) = Nearest(hits);
        foreach (var hit in hits)
        {
            var entry = _entries[hit.Document];
            var other = hit.Likeness == nearest ? second : nearest;
            matches.Add(new ArticleMatch(entry, Confidence(entry.Article, hit, other, question, _records[hit.Document]), hit));
        }
        matches.Sort(static (a, b) => a.Confidence != b.Confidence ? b.Confidence.CompareTo(a.Confidence) : a.Hit.Document.CompareTo(b.Hit.Document));
        if (matches.Count > limit) matches.RemoveRange(limit, matches.Count - limit);
        return matches;
    }

    /// <summary>A text with the values of facts in place of their names; null when it names one that nobody defines.</summary>
    public string? Fill(string body, string language)
    {
        if (!body.Contains('{')) return body;
        foreach (var name in ArticleCheck.Slots(body).ToList())
        {
            if (!_facts.TryGetValue(name, out var fact)) return null;
            body = Put(body, $"{{{name}}}", language == Language.English ? fact.En ?? fact.Zh : fact.Zh);
        }
        return body;
    }

    // Who writes a body leaves room for a number between characters; a value that begins or ends with one needs none there.
    private static string Put(string body, string slot, string value)
    {
        var parts = body.Split(slot);
        for (var i = 1; i < parts.Length && value.Length > 0; i++)
        {
            if (parts[i - 1] is [.., var before, ' '] && Analyzer.IsHan(before) && Analyzer.IsHan(value[0])) parts[i - 1] = parts[i - 1][..^1];
            if (parts[i] is [' ', var after, ..] && Analyzer.IsHan(after) && Analyzer.IsHan(value[^1])) parts[i] = parts[i][1..];
        }
        return string.Join(value, parts);
    }

    private static (float First, float Second) Nearest(List<SearchHit> hits)
    {
        var (first, second) = (0f, 0f);
        foreach (var hit in hits)
            if (hit.Likeness > first) (first, second) = (hit.Likeness, first);
            else if (hit.Likeness > second) second = hit.Likeness;
        return (first, second);
    }

    private bool Allows(int i, ShelfQuestion question)
    {
        var article = _entries[i].Article;
        return (question.ForStaff || !article.StaffOnly) && article.HoldsAt(question.Now) && (question.Role is not { } role || article.Concerns(role));
    }

    private static double Confidence(Article article, SearchHit hit, float other, ShelfQuestion question, ArticleRecord record)
    {
        var z = -4.4 + 5.0 * hit.Likeness + 2.0 * hit.Coverage + 3.0 * (hit.Likeness - other);
        if (question.Category is { } category && !article.Categories.IsEmpty)
            z += article.Categories.Contains(category) ? 1.0 : -0.8;
        z += 1.2 * (record.Helpfulness - ArticleRecord.Prior);
        return 1 / (1 + Math.Exp(-z));
    }

    private static SearchDocument DocumentOf(PublishedArticle entry, ArticleRecord record)
    {
        ArticleText[] texts = [.. new[] { entry.Article.Zh, entry.Article.En }.OfType<ArticleText>()];
        return new SearchDocument(
            [.. texts.Select(static text => text.Title)],
            [.. texts.SelectMany(static text => text.Asks)],
            [.. texts.Select(static text => text.Body)],
            [.. record.Asked.Select(static question => question.Text)]);
    }
}

/// <summary>A question to a shelf.</summary>
/// <param name="Text">The words.</param>
/// <param name="Now">Only what holds then is found.</param>
public sealed record ShelfQuestion(string Text, DateTimeOffset Now)
{
    /// <summary>Who asks; null: anybody.</summary>
    public CustomerRole? Role { get; init; }

    /// <summary>What triage takes it to be about; null when nobody asked triage.</summary>
    public Triage.Category? Category { get; init; }

    /// <summary>Whether articles for staff only may be found.</summary>
    public bool ForStaff { get; init; }
}
