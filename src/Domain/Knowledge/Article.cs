using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Knowledge;

/// <summary>What kind of knowledge an article holds.</summary>
public enum ArticleLevel
{
    /// <summary>Values with names (fees, hours, rules), which the texts of other articles use too.</summary>
    Fact,

    /// <summary>What solved which problem.</summary>
    Case,

    /// <summary>Step by step, by what is known of the order and what the customer answers.</summary>
    Tree,
}

/// <summary>An article in one language.</summary>
/// <param name="Title">What it is about, at most 80 characters.</param>
/// <param name="Body">The answer, at most 2,000 characters. <c>{name}</c> stands for the value of a fact.</param>
public sealed record ArticleText(string Title, string Body)
{
    /// <summary>How people ask for it, at most 20: what search believes most.</summary>
    public ImmutableArray<string> Asks { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>A value with a name, such as a fee or an hour.</summary>
/// <param name="Name">How texts call it: 1–40 letters.</param>
/// <param name="Zh">The value in a Chinese text.</param>
/// <param name="En">The value in an English text; null: the same.</param>
public sealed record ArticleFact(string Name, string Zh, string? En = null);

/// <summary>An article's content: what one version says.</summary>
/// <param name="Id">1–64 of a–z, 0–9 and dash. A campus's article replaces the shared one with the same id.</param>
/// <param name="Level">What kind.</param>
/// <param name="Categories">What it is about; empty: anything.</param>
public sealed record Article(string Id, ArticleLevel Level, ImmutableArray<Category> Categories)
{
    /// <summary>What it is about; empty: anything.</summary>
    public ImmutableArray<Category> Categories { get; init => field = value.OrEmpty(); } = Categories.OrEmpty();

    /// <summary>Whom it concerns; empty: everybody.</summary>
    public ImmutableArray<CustomerRole> Roles { get; init => field = value.OrEmpty(); } = [];

    /// <summary>In Chinese; null when it has no Chinese text.</summary>
    public ArticleText? Zh { get; init; }

    /// <summary>In English; null when it has no English text.</summary>
    public ArticleText? En { get; init; }

    /// <summary>The values that it defines.</summary>
    public ImmutableArray<ArticleFact> Facts { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The steps of a tree; the first one begins.</summary>
    public ImmutableArray<TreeStep> Steps { get; init => field = value.OrEmpty(); } = [];

    /// <summary>From when on it holds; null: always did.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when it holds; null: for ever.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Whether only staff see it.</summary>
    public bool StaffOnly { get; init; }

    /// <summary>Whether a person has to act in any case: it is advice for the meantime, never the whole answer.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>Whether it holds at a time.</summary>
    public bool HoldsAt(DateTimeOffset now) => !(ValidFrom > now) && !(ValidUntil <= now);

    /// <summary>Whether it concerns a role.</summary>
    public bool Concerns(CustomerRole role) => Roles.IsEmpty || Roles.Contains(role);

    /// <summary>The text in a language, or in the other one when there is none.</summary>
    public ArticleText In(string language) => (language == Routing.Language.English ? En ?? Zh : Zh ?? En)!;
}

/// <summary>What is wrong with an article.</summary>
/// <param name="Field">Which part.</param>
/// <param name="Detail">What is wrong and what to do.</param>
public sealed record ArticleFault(string Field, string Detail);

/// <summary>Finds what is wrong with an article before anybody is told it.</summary>
public static class ArticleCheck
{
    public const int MaximumTitle = 80, MaximumBody = 2_000, MaximumAsk = 120, MaximumAsks = 20, MaximumFacts = 40, MaximumFactName = 40, MaximumFactValue = 120, MaximumId = 64;

    /// <summary>The first fault; null when the article can be kept.</summary>
    public static ArticleFault? Fault(Article article)
    {
        if (!IsId(article.Id)) return new("id", $"An article's id has 1 to {MaximumId} characters of a-z, 0-9 and dash.");
        if (article.Zh is null && article.En is null) return new("zh", "An article needs a text in Chinese or in English, better in both.");
        if (article.ValidFrom >= article.ValidUntil) return new("validUntil", "An article's end must come after its beginning.");
        return Fault(article.Zh, "zh") ?? Fault(article.En, "en") ?? FactFault(article) ?? DecisionTree.Fault(article);
    }

    /// <summary>The names in braces that a text uses.</summary>
    public static IEnumerable<string> Slots(string body)
    {
        for (var at = body.IndexOf('{'); at >= 0; at = body.IndexOf('{', at + 1))
        {
            var end = body.IndexOf('}', at);
            if (end < 0) yield break;
            yield return body[(at + 1)..end];
        }
    }

    private static ArticleFault? Fault(ArticleText? text, string language)
    {
        if (text is null) return null;
        if (!IsText(text.Title, MaximumTitle)) return new($"{language}.title", $"A title has 1 to {MaximumTitle} characters.");
        if (!IsText(text.Body, MaximumBody)) return new($"{language}.body", $"A body has 1 to {MaximumBody} characters.");
        if (text.Asks.Length > MaximumAsks || !text.Asks.All(static ask => IsText(ask, MaximumAsk)))
            return new($"{language}.asks", $"At most {MaximumAsks} ways of asking, each of 1 to {MaximumAsk} characters.");
        return null;
    }

    private static ArticleFault? FactFault(Article article)
    {
        if (article.Level == ArticleLevel.Fact && article.Facts.IsEmpty) return new("facts", "An article of facts defines at least one value.");
        if (article.Facts.Length > MaximumFacts) return new("facts", $"At most {MaximumFacts} values.");
        var names = new HashSet<string>();
        foreach (var fact in article.Facts)
        {
            if (fact?.Name is null || fact.Name.Length is 0 or > MaximumFactName || !fact.Name.All(char.IsAsciiLetterOrDigit) || !names.Add(fact.Name))
                return new("facts", $"A value's name has 1 to {MaximumFactName} letters and digits, and stands once.");
            if (!IsText(fact.Zh, MaximumFactValue) || (fact.En is not null && !IsText(fact.En, MaximumFactValue)))
                return new($"facts.{fact.Name}", $"A value has 1 to {MaximumFactValue} characters.");
        }
        return null;
    }

    internal static bool IsText(string? text, int most)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > most) return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]) && text[i] != '\n') return false;
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i]))) return false;
        }
        return true;
    }

    private static bool IsId(string? id) =>
        id is { Length: > 0 and <= MaximumId } && id.All(static c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
