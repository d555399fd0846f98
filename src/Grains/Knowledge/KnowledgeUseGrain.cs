using System.Collections.Immutable;
using CampusCare.Contracts.Knowledge;
using CampusCare.Domain.Knowledge;

namespace CampusCare.Grains.Knowledge;

/// <summary>How a campus's articles did.</summary>
[GenerateSerializer, Immutable, Alias("KnowledgeUseState")]
public sealed record KnowledgeUseState
{
    /// <summary>By article.</summary>
    [Id(0)] public ImmutableArray<ArticleUse> Articles { get; init; } = [];

    /// <summary>Questions without an answer.</summary>
    [Id(1)] public ImmutableArray<GapView> Gaps { get; init; } = [];

    /// <summary>The last days, newest last.</summary>
    [Id(2)] public ImmutableArray<UseDay> Days { get; init; } = [];
}

/// <inheritdoc cref="IKnowledgeUseGrain"/>
public sealed class KnowledgeUseGrain(
    [PersistentState("knowledgeUse", StateStores.Main)] IPersistentState<KnowledgeUseState> state, TimeProvider time) : Grain, IKnowledgeUseGrain
{
    /// <summary>How many days are remembered; questions are forgotten after <see cref="ArticleRecord.Memory"/>.</summary>
    public const int MaximumDays = 30;

    // Campuses live by the clock of China.
    private static readonly TimeSpan CampusOffset = TimeSpan.FromHours(8);

    public Task Add(UseNews news)
    {
        var now = time.GetUtcNow();
        var gaps = state.State.Gaps.Where(gap => now - gap.Last < ArticleRecord.Memory).Select(static gap => new Gap(gap.Example, gap.Count, gap.Last) { Samples = gap.Samples }).ToImmutableArray();
        foreach (var question in news.Unanswered) gaps = Gaps.With(gaps, question, now);
        return state.Save(state.State with
        {
            Articles = [.. With(state.State.Articles, news.Articles).Select(use => use.Record().Forget(now).Use())],
            Gaps = [.. gaps.Select(static gap => new GapView(gap.Example, gap.Count, gap.Last) { Samples = gap.Samples })],
            Days = With(state.State.Days, news, DateOnly.FromDateTime(now.ToOffset(CampusOffset).DateTime)),
        });
    }

    public Task<UseReport> Report() => Task.FromResult(new UseReport(
        state.State.Articles, [.. state.State.Gaps.OrderByDescending(static gap => gap.Count).ThenByDescending(static gap => gap.Last)], state.State.Days));

    private static ImmutableArray<ArticleUse> With(ImmutableArray<ArticleUse> known, ImmutableArray<ArticleUse> news)
    {
        var byId = known.ToDictionary(static use => use.ArticleId);
        foreach (var use in news)
        {
            var before = byId.GetValueOrDefault(use.ArticleId) ?? new ArticleUse(use.ArticleId);
            byId[use.ArticleId] = before.Plus(use);
        }
        return [.. byId.Values.OrderBy(static use => use.ArticleId, StringComparer.Ordinal)];
    }

    private static ImmutableArray<UseDay> With(ImmutableArray<UseDay> days, UseNews news, DateOnly today)
    {
        var before = days.IsEmpty || days[^1].Day != today ? new UseDay(today, 0, 0, 0, 0, 0) : days[^1];
        var others = days.IsEmpty || days[^1].Day != today ? days : days[..^1];
        if (others.Length >= MaximumDays) others = others[^(MaximumDays - 1)..];
        return others.Add(new UseDay(today, before.Contacts + news.Contacts, before.Answered + news.Answered, before.Helped + news.Helped, before.NotHelped + news.NotHelped, before.HandedOver + news.HandedOver));
    }
}
