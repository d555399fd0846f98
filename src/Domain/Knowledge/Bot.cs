using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Knowledge;

/// <summary>What the bot of a campus may do.</summary>
/// <param name="Confidence">From which confidence on it answers, 0–1.</param>
/// <param name="NotFor">What goes to a person at once, besides food safety.</param>
public sealed record BotPolicy(double Confidence, ImmutableArray<Category> NotFor);

/// <summary>A customer's words for the bot.</summary>
/// <param name="Text">The words.</param>
/// <param name="Category">What triage takes them to be about.</param>
/// <param name="Urgency">How soon a person should look.</param>
/// <param name="Sentiment">Their mood.</param>
/// <param name="Role">Who writes.</param>
/// <param name="OrderNumber">The order that it is about, when known.</param>
/// <param name="Now">When.</param>
/// <param name="Outside">Whether the customer reads it outside of our pages, where no buttons are.</param>
public sealed record BotQuestion(
    string Text, Category Category, Urgency Urgency, Sentiment Sentiment, CustomerRole Role, string? OrderNumber, DateTimeOffset Now, bool Outside = false);

/// <summary>What the bot does with a customer's words.</summary>
public enum BotDoes
{
    /// <summary>Nothing: the matter goes to a person as if there were no bot.</summary>
    Nothing,

    /// <summary>It answers, or asks the next question of a decision tree.</summary>
    Answer,

    /// <summary>It didn't understand, and asks for other words.</summary>
    AskAgain,

    /// <summary>It was told that the answer helped.</summary>
    Thank,

    /// <summary>It hands the matter to a person.</summary>
    HandOver,
}

/// <summary>Why the bot handed a matter to a person.</summary>
public enum HandOverReason
{
    /// <summary>The customer asked for a person.</summary>
    Asked,

    /// <summary>The customer said that the answer didn't help.</summary>
    NotHelped,

    /// <summary>The mood sank, or stayed low after an answer.</summary>
    Mood,

    /// <summary>It misunderstood twice, or said all it knows.</summary>
    Misses,

    /// <summary>Health or safety is at stake, or the campus wants a person for it.</summary>
    Urgent,

    /// <summary>A decision tree ends with a person.</summary>
    Tree,

    /// <summary>Something would be given, and a person has to look at it first.</summary>
    Looked,
}

/// <summary>What the bot does next.</summary>
/// <param name="Does">What kind of thing.</param>
/// <param name="Language">In which language.</param>
/// <param name="Text">What it says; null: nothing.</param>
public sealed record BotTurn(BotDoes Does, string Language, string? Text = null)
{
    /// <summary>Nothing at all.</summary>
    public static readonly BotTurn None = new(BotDoes.Nothing, Routing.Language.Chinese);

    /// <summary>The article that it answers with; null when with none.</summary>
    public string? ArticleId { get; init; }

    /// <summary>Which version of it.</summary>
    public int Version { get; init; }

    /// <summary>How sure it is, 0–1.</summary>
    public double Confidence { get; init; }

    /// <summary>The step of a decision tree that now waits for a choice; null when none does.</summary>
    public string? Step { get; init; }

    /// <summary>What the customer may choose.</summary>
    public ImmutableArray<string> Choices { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Why it hands over.</summary>
    public HandOverReason? Reason { get; init; }
}

/// <summary>What the bot said so far, from the ticket's journal.</summary>
/// <param name="ArticleId">The article that it answered with last.</param>
/// <param name="Version">Which version.</param>
/// <param name="Language">In which language it speaks.</param>
public sealed record BotTalk(string ArticleId, int Version, string Language)
{
    /// <summary>The step of a decision tree that waits for a choice; null when none does.</summary>
    public string? Step { get; init; }

    /// <summary>What the customer may choose.</summary>
    public ImmutableArray<string> Choices { get; init => field = value.OrEmpty(); } = [];

    /// <summary>All articles that it answered with.</summary>
    public ImmutableArray<string> Tried { get; init => field = value.OrEmpty(); } = [];

    /// <summary>How often it didn't understand.</summary>
    public int Misses { get; init; }

    /// <summary>Whether the last answer helped; null while nobody said.</summary>
    public bool? Helped { get; init; }

    /// <summary>Why a person has the matter now; null while the bot has it.</summary>
    public HandOverReason? HandedOver { get; init; }
}

/// <summary>
/// The bot: what it answers, and when it gives way to a person. It answers what it is sure of, never where health or
/// safety is at stake, and never more than <see cref="MaximumAnswers"/> times; who asks for a person gets one at once.
/// </summary>
public static class Bot
{
    /// <summary>After so many misunderstandings a person takes over.</summary>
    public const int MaximumMisses = 2;

    /// <summary>After so many different answers a person takes over.</summary>
    public const int MaximumAnswers = 4;

    /// <summary>The first words of a customer.</summary>
    public static BotTurn Open(BotPolicy policy, Shelf shelf, BotQuestion question)
    {
        var language = Routing.Language.Of(question.Text);
        if (CustomerWords.WantsPerson(question.Text)) return BotTurn.None;
        if (IsForPerson(policy, question)) return Meanwhile(shelf, question, language);
        return BestAnswer(policy, shelf, question, language, []) ?? BotTurn.None;
    }

    /// <summary>What a customer says after an answer.</summary>
    public static BotTurn Hear(BotPolicy policy, Shelf shelf, BotTalk talk, BotQuestion question)
    {
        var language = talk.Language;
        if (CustomerWords.WantsPerson(question.Text) || (question.Outside && question.Text.Trim() == "0")) return HandOver(HandOverReason.Asked, language);
        if (NextStep(shelf, talk, question) is { } next) return next;
        switch (CustomerWords.Verdict(question.Text, question.Outside))
        {
            case true: return new BotTurn(BotDoes.Thank, language, talk.Helped == true ? null : BotTexts.Thanks(language));
            case false: return HandOver(HandOverReason.NotHelped, language);
        }
        if (IsForPerson(policy, question)) return Meanwhile(shelf, question, language) is { Does: BotDoes.HandOver } advice ? advice : HandOver(HandOverReason.Urgent, language);
        if (question.Sentiment == Sentiment.Negative) return HandOver(HandOverReason.Mood, language);
        if (talk.Tried.Length >= MaximumAnswers) return HandOver(HandOverReason.Misses, language);
        if (BestAnswer(policy, shelf, question, language, talk.Tried) is { } answer) return answer;
        return talk.Misses + 1 >= MaximumMisses ? HandOver(HandOverReason.Misses, language) : new BotTurn(BotDoes.AskAgain, language, BotTexts.AskAgain(language));
    }

    /// <summary>The hand-over for a reason, with a word to the customer.</summary>
    public static BotTurn HandOver(HandOverReason reason, string language) =>
        new(BotDoes.HandOver, language, BotTexts.HandOver(reason, language)) { Reason = reason };

    private static bool IsForPerson(BotPolicy policy, BotQuestion question) =>
        question.Category == Category.FoodSafety || question.Urgency == Urgency.Critical || policy.NotFor.Contains(question.Category);

    // A person is on the way; what to do until then is said at once.
    private static BotTurn Meanwhile(Shelf shelf, BotQuestion question, string language)
    {
        var advice = shelf.Find(Ask(question), 1) is [{ Entry.Article: { NeedsPerson: true } article } match] && article.Categories.Contains(question.Category) ? match : null;
        if (advice is null || shelf.Fill(advice.Entry.Article.In(language).Body, language) is not { } body) return BotTurn.None;
        return new BotTurn(BotDoes.HandOver, language, body)
        {
            ArticleId = advice.Entry.Article.Id,
            Version = advice.Entry.Version,
            Confidence = advice.Confidence,
            Reason = HandOverReason.Urgent,
        };
    }

    private static BotTurn? BestAnswer(BotPolicy policy, Shelf shelf, BotQuestion question, string language, ImmutableArray<string> tried)
    {
        foreach (var match in shelf.Find(Ask(question), MaximumAnswers + 1))
        {
            if (match.Confidence < policy.Confidence) return null;
            var article = match.Entry.Article;
            if (tried.Contains(article.Id)) continue;
            if (article.NeedsPerson) return null;
            if (Say(shelf, match, question, language) is { } turn) return turn;
        }
        return null;
    }

    private static BotTurn? Say(Shelf shelf, ArticleMatch match, BotQuestion question, string language)
    {
        var (article, version) = (match.Entry.Article, match.Entry.Version);
        var step = article.Steps.IsEmpty ? null : DecisionTree.Begin(article, Known(question));
        if (shelf.Fill(step?.In(language) ?? article.In(language).Body, language) is not { } body) return null;
        if (step is { ToPerson: true }) return HandOver(HandOverReason.Tree, language);
        var text = BotTexts.WithEmpathy(body, question, language);
        return Answer(article, version, step, text, question, language) with { Confidence = match.Confidence };
    }

    // The choice that a customer made in a tree; null when the words are no choice, or the tree has changed meanwhile.
    private static BotTurn? NextStep(Shelf shelf, BotTalk talk, BotQuestion question)
    {
        if (talk.Step is null || shelf.Get(talk.ArticleId) is not { } entry) return null;
        if (DecisionTree.Next(entry.Article, talk.Step, question.Text, Known(question)) is not { } step) return null;
        if (step.ToPerson) return HandOver(HandOverReason.Tree, talk.Language);
        return shelf.Fill(step.In(talk.Language), talk.Language) is { } text ? Answer(entry.Article, entry.Version, step, text, question, talk.Language) with { Confidence = 1 } : null;
    }

    private static BotTurn Answer(Article article, int version, TreeStep? step, string text, BotQuestion question, string language)
    {
        ImmutableArray<string> choices = step is null ? [] : [.. step.Choices.Select(choice => choice.In(language))];
        return new BotTurn(BotDoes.Answer, language, question.Outside ? BotTexts.WithoutButtons(text, choices, language) : text)
        {
            ArticleId = article.Id,
            Version = version,
            Step = choices.IsEmpty ? null : step!.Id,
            Choices = choices,
        };
    }

    private static ShelfQuestion Ask(BotQuestion question) => new(question.Text, question.Now) { Role = question.Role, Category = question.Category };

    /// <summary>What is known of the matter, for the tests of decision trees: <c>order</c>, <c>role</c>, and what the words say (<c>minutes</c>, <c>amount</c>).</summary>
    internal static Dictionary<string, string> Known(BotQuestion question)
    {
        var known = new Dictionary<string, string> { ["role"] = question.Role.ToString(), ["order"] = question.OrderNumber is null ? "no" : "yes" };
        foreach (var entity in EntityExtractor.Extract(question.Text))
        {
            if (entity is { Kind: EntityKind.Time } && entity.Value.EndsWith('m')) known["minutes"] = entity.Value[..^1];
            else if (entity.Kind == EntityKind.Amount) known["amount"] = entity.Value;
        }
        return known;
    }
}
