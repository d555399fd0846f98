using System.Collections.Immutable;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Triage;

namespace CampusCare.Contracts.Knowledge;

/// <summary>What one version of an article says; see docs/knowledge.md for each field.</summary>
/// <param name="Level">Fact, case or decision tree.</param>
/// <param name="Categories">What it is about; empty: anything.</param>
[GenerateSerializer, Immutable, Alias("ArticleContent")]
public sealed record ArticleContent([property: Id(0)] ArticleLevel Level, ImmutableArray<Category> Categories)
{
    /// <summary>What it is about; empty: anything.</summary>
    [Id(1)] public ImmutableArray<Category> Categories { get; init => field = value.OrEmpty(); } = Categories.OrEmpty();

    /// <summary>Whom it concerns; empty: everybody.</summary>
    [Id(2)] public ImmutableArray<CustomerRole> Roles { get; init => field = value.OrEmpty(); } = [];

    /// <summary>In Chinese; null when it has no Chinese text.</summary>
    [Id(3)] public ArticleWords? Zh { get; init; }

    /// <summary>In English; null when it has no English text.</summary>
    [Id(4)] public ArticleWords? En { get; init; }

    /// <summary>The values that it defines.</summary>
    [Id(5)] public ImmutableArray<FactContent> Facts { get; init => field = value.OrEmpty(); } = [];

    /// <summary>The steps of a tree; the first one begins.</summary>
    [Id(6)] public ImmutableArray<StepContent> Steps { get; init => field = value.OrEmpty(); } = [];

    /// <summary>From when on it holds.</summary>
    [Id(7)] public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when it holds.</summary>
    [Id(8)] public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Whether only staff see it.</summary>
    [Id(9)] public bool StaffOnly { get; init; }

    /// <summary>Whether a person has to act in any case.</summary>
    [Id(10)] public bool NeedsPerson { get; init; }
}

/// <summary>An article in one language.</summary>
/// <param name="Title">At most 80 characters.</param>
/// <param name="Body">At most 2,000 characters; <c>{name}</c> stands for the value of a fact.</param>
[GenerateSerializer, Immutable, Alias("ArticleWords")]
public sealed record ArticleWords([property: Id(0)] string Title, [property: Id(1)] string Body)
{
    /// <summary>How people ask for it, at most 20.</summary>
    [Id(2)] public ImmutableArray<string> Asks { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>A value with a name.</summary>
[GenerateSerializer, Immutable, Alias("FactContent")]
public sealed record FactContent([property: Id(0)] string Name, [property: Id(1)] string Zh, [property: Id(2)] string? En = null);

/// <summary>A step of a decision tree: a test, a question with choices, or an end.</summary>
[GenerateSerializer, Immutable, Alias("StepContent")]
public sealed record StepContent([property: Id(0)] string Id, [property: Id(1)] string? Zh = null, [property: Id(2)] string? En = null)
{
    /// <summary>What the customer may answer.</summary>
    [Id(3)] public ImmutableArray<ChoiceContent> Choices { get; init => field = value.OrEmpty(); } = [];

    /// <summary>A test such as <c>minutes &gt;= 30</c>.</summary>
    [Id(4)] public string? When { get; init; }

    /// <summary>Where to go when it holds.</summary>
    [Id(5)] public string? Then { get; init; }

    /// <summary>Where to go when it doesn't.</summary>
    [Id(6)] public string? Else { get; init; }

    /// <summary>Where to go when nothing is known.</summary>
    [Id(7)] public string? Unknown { get; init; }

    /// <summary>Whether this way ends with a person.</summary>
    [Id(8)] public bool ToPerson { get; init; }
}

/// <summary>What a customer may answer.</summary>
[GenerateSerializer, Immutable, Alias("ChoiceContent")]
public sealed record ChoiceContent([property: Id(0)] string Zh, [property: Id(1)] string? En, [property: Id(2)] string Next);

/// <summary>One version of an article, for ever as it was written.</summary>
/// <param name="Version">1, 2, 3…</param>
/// <param name="State">How far it has come.</param>
/// <param name="Content">What it says.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
[GenerateSerializer, Immutable, Alias("ArticleVersion")]
public sealed record ArticleVersion(
    [property: Id(0)] int Version, [property: Id(1)] ArticleState State, [property: Id(2)] ArticleContent Content, [property: Id(3)] string By, [property: Id(4)] DateTimeOffset At)
{
    /// <summary>Who found it right; null while nobody did.</summary>
    [Id(5)] public string? ReviewedBy { get; init; }

    /// <summary>Who published it; null while nobody did.</summary>
    [Id(6)] public string? PublishedBy { get; init; }
}

/// <summary>An article with its history.</summary>
/// <param name="ArticleId">Its id.</param>
/// <param name="Revision">Grows with every change, whatever it is: for If-Match.</param>
/// <param name="Versions">Oldest first; the oldest of more than 30 are forgotten, never the published one.</param>
[GenerateSerializer, Immutable, Alias("ArticleView")]
public sealed record ArticleView([property: Id(0)] string ArticleId, [property: Id(1)] long Revision, [property: Id(2)] ImmutableArray<ArticleVersion> Versions)
{
    /// <summary>Whether all campuses share it.</summary>
    [Id(3)] public bool Shared { get; init; }
}

/// <summary>An article in a list.</summary>
/// <param name="ArticleId">Its id.</param>
/// <param name="Level">Its kind.</param>
/// <param name="TitleZh">Its Chinese title.</param>
/// <param name="TitleEn">Its English title.</param>
/// <param name="State">How far its latest version has come.</param>
/// <param name="Version">The latest version.</param>
/// <param name="Published">The published version; null when none is.</param>
/// <param name="Shared">Whether all campuses share it.</param>
[GenerateSerializer, Immutable, Alias("ArticleLine")]
public sealed record ArticleLine(
    [property: Id(0)] string ArticleId, [property: Id(1)] ArticleLevel Level, [property: Id(2)] string? TitleZh, [property: Id(3)] string? TitleEn,
    [property: Id(4)] ArticleState State, [property: Id(5)] int Version, [property: Id(6)] int? Published, [property: Id(7)] bool Shared);

/// <summary>Writes a new version of an article, or a new article.</summary>
/// <param name="ArticleId">1–64 of a–z, 0–9 and dash.</param>
/// <param name="Content">What it says.</param>
/// <param name="By">Who writes.</param>
/// <param name="Revision">The revision that the writer saw; null: whatever there is.</param>
[GenerateSerializer, Immutable, Alias("WriteArticle")]
public sealed record WriteArticle([property: Id(0)] string ArticleId, [property: Id(1)] ArticleContent Content, [property: Id(2)] string By, [property: Id(3)] long? Revision = null);

/// <summary>Reviews, publishes or takes back a version.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="Version">The version.</param>
/// <param name="Move">What to do.</param>
/// <param name="By">Who does.</param>
/// <param name="Revision">The revision that the caller saw; null: whatever there is.</param>
[GenerateSerializer, Immutable, Alias("MoveArticle")]
public sealed record MoveArticle(
    [property: Id(0)] string ArticleId, [property: Id(1)] int Version, [property: Id(2)] ArticleMove Move, [property: Id(3)] string By, [property: Id(4)] long? Revision = null);

/// <summary>What is published in a library.</summary>
/// <param name="Revision">The library's revision.</param>
/// <param name="Articles">The published versions.</param>
[GenerateSerializer, Immutable, Alias("PublishedLibrary")]
public sealed record PublishedLibrary([property: Id(0)] long Revision, [property: Id(1)] ImmutableArray<PublishedVersion> Articles);

/// <summary>A published version.</summary>
[GenerateSerializer, Immutable, Alias("PublishedVersion")]
public sealed record PublishedVersion([property: Id(0)] string ArticleId, [property: Id(1)] int Version, [property: Id(2)] ArticleContent Content);
