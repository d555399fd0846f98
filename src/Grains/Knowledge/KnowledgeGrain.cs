using System.Collections.Immutable;
using System.Text.Json;
using CampusCare.Contracts;
using CampusCare.Contracts.Knowledge;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using Orleans.Placement;
using Refusal = CampusCare.Contracts.Refusal;

namespace CampusCare.Grains.Knowledge;

/// <summary>A library.</summary>
[GenerateSerializer, Immutable, Alias("KnowledgeState")]
public sealed record KnowledgeState
{
    /// <summary>Grows with every change.</summary>
    [Id(0)] public long Revision { get; init; }

    /// <summary>By id.</summary>
    [Id(1)] public ImmutableSortedDictionary<string, ArticleView> Articles { get; init; } = ImmutableSortedDictionary.Create<string, ArticleView>(StringComparer.Ordinal);
}

/// <inheritdoc cref="IKnowledgeGrain"/>
[HashBasedPlacement]
public sealed class KnowledgeGrain(
    [PersistentState("knowledge", StateStores.Main)] IPersistentState<KnowledgeState> state, TimeProvider time) : Grain, IKnowledgeGrain
{
    /// <summary>Most articles of a library: all of it is stored with each edit.</summary>
    public const int MaximumArticles = 2_000;

    /// <summary>Most versions that are remembered of one article.</summary>
    public const int MaximumVersions = 30;

    private bool IsShared => GrainKeys.Split(this.GetPrimaryKeyString()).Id == GrainKeys.SharedLibrary;

    public Task<ImmutableArray<ArticleLine>> List(string? after, int limit) => Task.FromResult<ImmutableArray<ArticleLine>>(
        [.. state.State.Articles.Values.Where(article => after is null || string.CompareOrdinal(article.ArticleId, after) > 0).Take(limit).Select(Line)]);

    public Task<Outcome<ArticleView>> Get(string articleId) =>
        Task.FromResult<Outcome<ArticleView>>(Find(articleId) is { } article ? article : Unknown);

    public async Task<Outcome<ArticleView>> Write(WriteArticle command)
    {
        if (ArticleCheck.Fault(command.Content.Article(command.ArticleId)) is { } fault) return new Refusal(RefusalCode.Invalid, fault.Detail, fault.Field);
        var known = Find(command.ArticleId);
        if (known?.Versions[^1] is { State: ArticleState.Draft } latest && latest.By == command.By && IsSame(latest.Content, command.Content)) return known;
        if (Changed(known, command.Revision) is { } no) return no;
        if (known is null && state.State.Articles.Count >= MaximumArticles) return new Refusal(RefusalCode.Invalid, $"A library holds {MaximumArticles} articles.", "id");
        var versions = known?.Versions ?? [];
        var draft = new ArticleVersion(versions.IsEmpty ? 1 : versions[^1].Version + 1, ArticleState.Draft, command.Content, command.By, time.GetUtcNow());
        if (versions.Length >= MaximumVersions && versions.FirstOrDefault(static version => version.State != ArticleState.Published) is { } oldest) versions = versions.Remove(oldest);
        return await Keep(new ArticleView(command.ArticleId, (known?.Revision ?? 0) + 1, versions.Add(draft)) { Shared = IsShared });
    }

    public async Task<Outcome<ArticleView>> Move(MoveArticle command)
    {
        if (Find(command.ArticleId) is not { } article) return Unknown;
        if (Changed(article, command.Revision) is { } no) return no;
        if (article.Versions.FirstOrDefault(version => version.Version == command.Version) is not { } version) return new Refusal(RefusalCode.NotFound, "There is no such version of this article.");
        var (next, why) = Lifecycle.After(version.State, command.Move, version.By, command.By);
        if (why is not null) return new Refusal(RefusalCode.Invalid, why, "move");
        if (next == version.State) return article;
        var versions = article.Versions;
        // One version is published at a time.
        if (next == ArticleState.Published)
            versions = [.. versions.Select(static other => other.State == ArticleState.Published ? other with { State = ArticleState.Retired } : other)];
        var moved = version with
        {
            State = next,
            ReviewedBy = next == ArticleState.Reviewed ? command.By : version.ReviewedBy,
            PublishedBy = next == ArticleState.Published ? command.By : version.PublishedBy,
        };
        return await Keep(article with { Revision = article.Revision + 1, Versions = versions.Replace(version, moved) });
    }

    public async Task<int> TakeIn(ImmutableArray<PublishedVersion> articles)
    {
        var now = time.GetUtcNow();
        var fresh = articles.Where(article => Find(article.ArticleId) is null).Take(MaximumArticles - state.State.Articles.Count).ToList();
        if (fresh.Count == 0) return 0;
        var added = fresh.Select(article => KeyValuePair.Create(article.ArticleId, new ArticleView(article.ArticleId, 1,
            [new ArticleVersion(1, ArticleState.Published, article.Content, Setup, now) { ReviewedBy = Setup, PublishedBy = Setup }])
        { Shared = IsShared }));
        await state.Save(state.State with { Revision = state.State.Revision + 1, Articles = state.State.Articles.AddRange(added) });
        return fresh.Count;
    }

    // In place of a person's id, for what came with the program.
    private const string Setup = "setup";

    public Task<PublishedLibrary?> Published(long known) => Task.FromResult(known == state.State.Revision
        ? null
        : new PublishedLibrary(state.State.Revision,
        [
            .. state.State.Articles.Values.SelectMany(static article => article.Versions.Where(static version => version.State == ArticleState.Published)
                .Select(version => new PublishedVersion(article.ArticleId, version.Version, version.Content))),
        ]));

    private async Task<Outcome<ArticleView>> Keep(ArticleView article)
    {
        await state.Save(state.State with { Revision = state.State.Revision + 1, Articles = state.State.Articles.SetItem(article.ArticleId, article) });
        return article;
    }

    private ArticleView? Find(string articleId) => state.State.Articles.GetValueOrDefault(articleId);

    // Arrays inside of records are equal only to themselves; their stored form says it all.
    private static bool IsSame(ArticleContent one, ArticleContent other) =>
        JsonSerializer.Serialize(one, StateJson.Default.ArticleContent) == JsonSerializer.Serialize(other, StateJson.Default.ArticleContent);

    private static Refusal? Changed(ArticleView? article, long? seen) => seen is { } revision && revision != (article?.Revision ?? 0)
        ? new Refusal(RefusalCode.PreconditionFailed, "The article was changed meanwhile. Read it again, and change what is there now.")
        : null;

    private static readonly Refusal Unknown = new(RefusalCode.NotFound, "There is no such article.");

    private static ArticleLine Line(ArticleView article)
    {
        var latest = article.Versions[^1];
        return new ArticleLine(
            article.ArticleId, latest.Content.Level, latest.Content.Zh?.Title, latest.Content.En?.Title, latest.State, latest.Version,
            article.Versions.LastOrDefault(static version => version.State == ArticleState.Published)?.Version, article.Shared);
    }
}
