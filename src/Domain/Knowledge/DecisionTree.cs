using System.Collections.Immutable;
using System.Globalization;

namespace CampusCare.Domain.Knowledge;

/// <summary>One step of a decision tree: a test of what is known, a question with choices, or an answer (the end of a way).</summary>
/// <param name="Id">Its name in the tree.</param>
/// <param name="Zh">What is said in Chinese; null for a test.</param>
/// <param name="En">What is said in English; null: the Chinese words.</param>
public sealed record TreeStep(string Id, string? Zh = null, string? En = null)
{
    /// <summary>What the customer may answer; empty: this is a test or an end.</summary>
    public ImmutableArray<TreeChoice> Choices { get; init => field = value.OrEmpty(); } = [];

    /// <summary>A test such as <c>minutesLate &gt;= 30</c> or <c>status = delivered</c>; null for what is said.</summary>
    public string? When { get; init; }

    /// <summary>Where to go when the test holds.</summary>
    public string? Then { get; init; }

    /// <summary>Where to go when it doesn't.</summary>
    public string? Else { get; init; }

    /// <summary>Where to go when nothing is known about it: usually a question.</summary>
    public string? Unknown { get; init; }

    /// <summary>Whether this way ends with a person.</summary>
    public bool ToPerson { get; init; }

    /// <summary>The words in a language.</summary>
    public string In(string language) => (language == Routing.Language.English ? En ?? Zh : Zh ?? En) ?? "";
}

/// <summary>What a customer may answer.</summary>
/// <param name="Zh">In Chinese, at most 40 characters.</param>
/// <param name="En">In English; null: the Chinese words.</param>
/// <param name="Next">The step that it leads to.</param>
public sealed record TreeChoice(string Zh, string? En, string Next)
{
    /// <summary>The words in a language.</summary>
    public string In(string language) => language == Routing.Language.English ? En ?? Zh : Zh;
}

/// <summary>Walks decision trees.</summary>
public static class DecisionTree
{
    public const int MaximumSteps = 60, MaximumChoices = 8, MaximumChoice = 40, MaximumSaid = 1_000;

    private static readonly string[] Operators = [">=", "<=", "!=", "=", ">", "<"];

    /// <summary>The step to say first, after all tests that are known; null when the article is no tree.</summary>
    public static TreeStep? Begin(Article article, IReadOnlyDictionary<string, string> known) =>
        article.Steps.IsEmpty ? null : Settle(article, article.Steps[0], known);

    /// <summary>The step that a choice leads to; null when the step has no such choice, or is gone.</summary>
    /// <param name="article">The tree.</param>
    /// <param name="stepId">The step that asked.</param>
    /// <param name="said">The customer's words: a choice's words in either language, or its number.</param>
    /// <param name="known">What is known.</param>
    public static TreeStep? Next(Article article, string stepId, string said, IReadOnlyDictionary<string, string> known)
    {
        if (Find(article, stepId) is not { } step) return null;
        var words = said.Trim().TrimEnd('。', '.', '！', '!');
        for (var i = 0; i < step.Choices.Length; i++)
        {
            var choice = step.Choices[i];
            var named = words.Equals(choice.Zh, StringComparison.OrdinalIgnoreCase) || words.Equals(choice.En, StringComparison.OrdinalIgnoreCase);
            if ((named || words == (i + 1).ToString(CultureInfo.InvariantCulture)) && Find(article, choice.Next) is { } next) return Settle(article, next, known);
        }
        return null;
    }

    /// <summary>The step of a name.</summary>
    public static TreeStep? Find(Article article, string? stepId) => article.Steps.FirstOrDefault(step => step.Id == stepId);

    // A tree that was checked has no circle of tests; the bound keeps one that wasn't from turning for ever.
    private static TreeStep? Settle(Article article, TreeStep step, IReadOnlyDictionary<string, string> known)
    {
        for (var i = 0; i < MaximumSteps && step.When is { } test; i++)
        {
            var next = Holds(test, known) switch { true => step.Then, false => step.Else, null => step.Unknown };
            if (Find(article, next) is not { } found) return null;
            step = found;
        }
        return step.When is null ? step : null;
    }

    /// <summary>Whether a test holds; null when nothing is known about it.</summary>
    public static bool? Holds(string test, IReadOnlyDictionary<string, string> known)
    {
        if (Parse(test) is not var (name, op, value) || !known.TryGetValue(name, out var is_)) return null;
        if (Number(is_) is { } left && Number(value) is { } right)
            return op switch { ">=" => left >= right, "<=" => left <= right, ">" => left > right, "<" => left < right, "=" => left == right, _ => left != right };
        var same = is_.Equals(value, StringComparison.OrdinalIgnoreCase);
        return op switch { "=" => same, "!=" => !same, _ => null };
    }

    /// <summary>The first fault of an article's steps; null when they can be walked.</summary>
    internal static ArticleFault? Fault(Article article)
    {
        if (article.Level != ArticleLevel.Tree) return article.Steps.IsEmpty ? null : new("steps", "Only a decision tree has steps.");
        if (article.Steps.Length is 0 or > MaximumSteps) return new("steps", $"A decision tree has 1 to {MaximumSteps} steps.");
        if (article.Steps.Any(static step => step?.Id is null || step.Choices.Any(static choice => choice?.Next is null))) return new("steps", "Every step has an id, every choice leads somewhere.");
        if (article.Steps.Select(static step => step.Id).Distinct().Count() != article.Steps.Length) return new("steps", "Two steps have the same id.");
        foreach (var step in article.Steps)
            if (FaultOf(article, step) is { } fault) return new($"steps.{step.Id}", fault);
        return HasCircle(article) ? new("steps", "These steps lead in a circle: every way must end.") : null;
    }

    private static string? FaultOf(Article article, TreeStep step)
    {
        if (step.When is not null)
        {
            if (Parse(step.When) is null) return "A test is a name, one of = != < <= > >=, and a value.";
            return step.Choices.IsEmpty && LeadsOn(step).All(next => Find(article, next) is not null) && step is { Then: not null, Else: not null, Unknown: not null }
                ? null : "A test has no choices, and its three ways (then, else, unknown) lead to steps of the tree.";
        }
        if (!ArticleCheck.IsText(step.Zh ?? step.En, MaximumSaid)) return $"What is said has 1 to {MaximumSaid} characters.";
        if (step.Choices.Length > MaximumChoices) return $"At most {MaximumChoices} choices.";
        if (!step.Choices.All(choice => ArticleCheck.IsText(choice.Zh, MaximumChoice) && (choice.En is null || ArticleCheck.IsText(choice.En, MaximumChoice)))) return $"A choice has 1 to {MaximumChoice} characters.";
        return LeadsOn(step).All(next => Find(article, next) is not null) ? null : "A choice leads to a step that isn't there.";
    }

    private static bool HasCircle(Article article)
    {
        var done = new Dictionary<string, bool>();
        return article.Steps.Any(step => Circles(step.Id));

        bool Circles(string id)
        {
            if (done.TryGetValue(id, out var over)) return !over;
            done[id] = false;
            if (LeadsOn(Find(article, id)!).Any(Circles)) return true;
            done[id] = true;
            return false;
        }
    }

    private static IEnumerable<string> LeadsOn(TreeStep step) =>
        step.When is null ? step.Choices.Select(static choice => choice.Next) : new[] { step.Then, step.Else, step.Unknown }.OfType<string>();

    private static (string Name, string Operator, string Value)? Parse(string test)
    {
        foreach (var op in Operators)
        {
            var at = test.IndexOf(op, StringComparison.Ordinal);
            if (at <= 0) continue;
            var (name, value) = (test[..at].Trim(), test[(at + op.Length)..].Trim());
            return name.Length > 0 && name.All(char.IsAsciiLetterOrDigit) && value.Length > 0 ? (name, op, value) : null;
        }
        return null;
    }

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
