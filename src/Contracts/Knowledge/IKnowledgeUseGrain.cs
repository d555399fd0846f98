using System.Collections.Immutable;
using CampusCare.Domain;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Knowledge;

/// <summary>How a campus's articles did: a statistic, drawn from what tickets tell; the journals stay the truth.</summary>
[Alias("KnowledgeUse")]
public interface IKnowledgeUseGrain : IGrainWithStringKey
{
    /// <summary>What happened since the desk told last.</summary>
    Task Add(UseNews news);

    /// <summary>How articles did, the questions without an answer, and the last 30 days.</summary>
    [AlwaysInterleave] Task<UseReport> Report();
}

/// <summary>What a desk saw.</summary>
/// <param name="Contacts">How many contacts began.</param>
/// <param name="Answered">How many of them the bot answered.</param>
/// <param name="Helped">How many customers said that it helped.</param>
/// <param name="NotHelped">How many said that it didn't.</param>
/// <param name="HandedOver">How many answered ones went to a person after all.</param>
[GenerateSerializer, Immutable, Alias("UseNews")]
public sealed record UseNews([property: Id(0)] int Contacts, [property: Id(1)] int Answered, [property: Id(2)] int Helped, [property: Id(3)] int NotHelped, [property: Id(4)] int HandedOver)
{
    /// <summary>By article.</summary>
    [Id(5)] public ImmutableArray<ArticleUse> Articles { get; init => field = value.OrEmpty(); } = [];

    /// <summary>Questions without an answer.</summary>
    [Id(6)] public ImmutableArray<string> Unanswered { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>How an article did.</summary>
/// <param name="ArticleId">The article.</param>
/// <param name="Shown">How often the bot answered with it.</param>
/// <param name="Helped">How often it helped.</param>
/// <param name="NotHelped">How often it didn't.</param>
/// <param name="Inserted">How often an agent took it.</param>
[GenerateSerializer, Immutable, Alias("ArticleUse")]
public sealed record ArticleUse([property: Id(0)] string ArticleId, [property: Id(1)] int Shown = 0, [property: Id(2)] int Helped = 0, [property: Id(3)] int NotHelped = 0, [property: Id(4)] int Inserted = 0)
{
    /// <summary>What people asked whom it helped.</summary>
    [Id(5)] public ImmutableArray<QuestionAsked> Asked { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>A question that an article answered; digits are hidden. Forgotten after 30 days.</summary>
[GenerateSerializer, Immutable, Alias("QuestionAsked")]
public sealed record QuestionAsked([property: Id(0)] string Text, [property: Id(1)] DateTimeOffset Last);

/// <summary>A day of a campus. Solved without a person: answered − handed over.</summary>
[GenerateSerializer, Immutable, Alias("UseDay")]
public sealed record UseDay(
    [property: Id(0)] DateOnly Day, [property: Id(1)] int Contacts, [property: Id(2)] int Answered, [property: Id(3)] int Helped, [property: Id(4)] int NotHelped, [property: Id(5)] int HandedOver);

/// <summary>Similar questions without an answer.</summary>
[GenerateSerializer, Immutable, Alias("GapView")]
public sealed record GapView([property: Id(0)] string Example, [property: Id(1)] int Count, [property: Id(2)] DateTimeOffset Last)
{
    /// <summary>Some of the others.</summary>
    [Id(3)] public ImmutableArray<string> Samples { get; init => field = value.OrEmpty(); } = [];
}

/// <summary>How a campus's knowledge did.</summary>
/// <param name="Articles">All articles that were used.</param>
/// <param name="Gaps">Questions without an answer, the most frequent first.</param>
/// <param name="Days">The last days, newest last.</param>
[GenerateSerializer, Immutable, Alias("UseReport")]
public sealed record UseReport([property: Id(0)] ImmutableArray<ArticleUse> Articles, [property: Id(1)] ImmutableArray<GapView> Gaps, [property: Id(2)] ImmutableArray<UseDay> Days);
