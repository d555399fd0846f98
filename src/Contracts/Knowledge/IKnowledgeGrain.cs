using System.Collections.Immutable;
using Orleans.Concurrency;

namespace CampusCare.Contracts.Knowledge;

/// <summary>A library of articles: a campus's own, or the one that all campuses share.</summary>
[Alias("Knowledge")]
public interface IKnowledgeGrain : IGrainWithStringKey
{
    /// <summary>The articles after an id, by id.</summary>
    [AlwaysInterleave] Task<ImmutableArray<ArticleLine>> List(string? after, int limit);

    /// <summary>An article with its history.</summary>
    [AlwaysInterleave] Task<Outcome<ArticleView>> Get(string articleId);

    /// <summary>Appends a draft. The same content as the latest draft is written once.</summary>
    Task<Outcome<ArticleView>> Write(WriteArticle command);

    /// <summary>Reviews, publishes or takes back a version. Repeating it is harmless.</summary>
    Task<Outcome<ArticleView>> Move(MoveArticle command);

    /// <summary>Takes articles in as published, those whose id is not known yet: for the first start of a campus.</summary>
    Task<int> TakeIn(ImmutableArray<PublishedVersion> articles);

    /// <summary>What is published; null when the library's revision is still the one that the caller knows.</summary>
    [AlwaysInterleave] Task<PublishedLibrary?> Published(long known);
}
