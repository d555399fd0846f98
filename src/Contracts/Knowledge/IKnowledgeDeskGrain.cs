using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Triage;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Knowledge;

/// <summary>
/// Answers questions from a campus's shelf: its own and the shared articles, with an index over them, kept in memory on
/// each silo. Edits are known to it within <see cref="Freshness"/>.
/// </summary>
[Alias("KnowledgeDesk")]
public interface IKnowledgeDeskGrain : IGrainWithStringKey
{
    /// <summary>How old the shelf may be.</summary>
    static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    /// <summary>What the bot does with a customer's words.</summary>
    Task<BotReply> Ask(BotWords words);

    /// <summary>The articles that fit a text, best first.</summary>
    Task<ImmutableArray<ArticleHit>> Search(ArticleSearch search);

    /// <summary>The text of an article for customers; null when it isn't published here.</summary>
    Task<ArticleHit?> Read(string articleId, string language);

    /// <summary>A ticket's hint: what became of an answer. For statistics: a lost one is not missed.</summary>
    [OneWay] Task Heard(AnswerNews news);
}

/// <summary>A customer's words for the bot; see <see cref="BotQuestion"/> and <see cref="BotTalk"/>.</summary>
[GenerateSerializer, Immutable, Alias("BotWords")]
public sealed record BotWords(
    [property: Id(0)] string Text, [property: Id(1)] Category Category, [property: Id(2)] Urgency Urgency, [property: Id(3)] Sentiment Sentiment,
    [property: Id(4)] CustomerRole Role, [property: Id(5)] string? OrderNumber, [property: Id(6)] bool Outside, [property: Id(7)] double Confidence)
{
    /// <summary>What goes to a person at once.</summary>
    [Id(8)] public ImmutableArray<Category> NotFor { get; init => field = value.OrEmpty(); } = [];

    /// <summary>What the bot said so far; null: these are the first words.</summary>
    [Id(9)] public BotSaid? Before { get; init; }
}

/// <summary>What the bot said so far.</summary>
[GenerateSerializer, Immutable, Alias("BotSaid")]
public sealed record BotSaid([property: Id(0)] string ArticleId, [property: Id(1)] int Version, [property: Id(2)] string Language, [property: Id(3)] string? Step, [property: Id(4)] int Misses)
{
    /// <summary>All articles that it answered with.</summary>
    [Id(5)] public ImmutableArray<string> Tried { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Whether the last answer helped.</summary>
    [Id(6)] public bool? Helped { get; init; }
}

/// <summary>What the bot does; see <see cref="BotTurn"/>.</summary>
[GenerateSerializer, Immutable, Alias("BotReply")]
public sealed record BotReply([property: Id(0)] BotDoes Does, [property: Id(1)] string Language, [property: Id(2)] string? Text)
{
    /// <summary>The article.</summary>
    [Id(3)] public string? ArticleId { get; init; }

    /// <summary>Its version.</summary>
    [Id(4)] public int Version { get; init; }

    /// <summary>How sure.</summary>
    [Id(5)] public double Confidence { get; init; }

    /// <summary>The step that waits for a choice.</summary>
    [Id(6)] public string? Step { get; init; }

    /// <summary>The choices.</summary>
    [Id(7)] public ImmutableArray<string> Choices { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Why it hands over.</summary>
    [Id(8)] public HandOverReason? Reason { get; init; }
}

/// <summary>A search for articles.</summary>
/// <param name="Text">The words.</param>
/// <param name="Language">In which language the texts shall be.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="ForStaff">Whether articles for staff only may be found.</param>
/// <param name="Role">Whose matter it is; null: anybody's.</param>
/// <param name="Category">What it is about, when known.</param>
[GenerateSerializer, Immutable, Alias("ArticleSearch")]
public sealed record ArticleSearch(
    [property: Id(0)] string Text, [property: Id(1)] string Language, [property: Id(2)] int Limit, [property: Id(3)] bool ForStaff = false, [property: Id(4)] CustomerRole? Role = null, [property: Id(5)] Category? Category = null);

/// <summary>An article that was found.</summary>
/// <param name="ArticleId">Its id.</param>
/// <param name="Version">Its published version.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">The answer, with values in place.</param>
/// <param name="Confidence">How probable it is that this is what was asked, 0–1.</param>
[GenerateSerializer, Immutable, Alias("ArticleHit")]
public sealed record ArticleHit([property: Id(0)] string ArticleId, [property: Id(1)] int Version, [property: Id(2)] string Title, [property: Id(3)] string Text, [property: Id(4)] double Confidence);

/// <summary>What became of an answer.</summary>
/// <param name="ArticleId">The article; null when there was none.</param>
/// <param name="Helped">The customer's verdict; null when there is none.</param>
/// <param name="HandedOver">Whether it went to a person.</param>
/// <param name="Inserted">Whether an agent took the article as an answer.</param>
/// <param name="Question">What was asked, to learn from; null when nothing is to be learned.</param>
[GenerateSerializer, Immutable, Alias("AnswerNews")]
public sealed record AnswerNews([property: Id(0)] string? ArticleId, [property: Id(1)] bool? Helped, [property: Id(2)] bool HandedOver, [property: Id(3)] bool Inserted, [property: Id(4)] string? Question);
