using System.Collections.Immutable;
using CampusCare.Contracts;
using CampusCare.Contracts.Knowledge;
using CampusCare.Domain.Knowledge;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace CampusCare.Grains.Knowledge;

/// <inheritdoc cref="IKnowledgeDeskGrain"/>
/// <remarks>One on each silo, so that a ticket's question never leaves its machine. What it counted and didn't tell yet is lost with it.</remarks>
[StatelessWorker(1)]
public sealed partial class KnowledgeDeskGrain(TimeProvider time, ILogger<KnowledgeDeskGrain> log) : Grain, IKnowledgeDeskGrain
{
    /// <summary>How many questions without an answer are kept until they are told; the rest is only counted.</summary>
    public const int MaximumUnanswered = 50;

    /// <summary>How often the shelf learns from what helped: each time its index is built anew.</summary>
    public static readonly TimeSpan LearningPeriod = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, ArticleUse> _uses = [];
    private readonly List<string> _unanswered = [];
    private Shelf _shelf = Shelf.Empty;
    private PublishedLibrary _own = new(-1, []);
    private PublishedLibrary _shared = new(-1, []);
    private DateTimeOffset _learnedAt;
    private UseNews _news = Nothing;

    private static readonly UseNews Nothing = new(0, 0, 0, 0, 0);

    private string Campus => GrainKeys.Split(this.GetPrimaryKeyString()).Id;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Refresh();
        this.RegisterGrainTimer(KeepFresh, new GrainTimerCreationOptions(IKnowledgeDeskGrain.Freshness, IKnowledgeDeskGrain.Freshness));
    }

    public Task<BotReply> Ask(BotWords words)
    {
        var question = new BotQuestion(words.Text, words.Category, words.Urgency, words.Sentiment, words.Role, words.OrderNumber, time.GetUtcNow(), words.Outside);
        var policy = new BotPolicy(words.Confidence, words.NotFor);
        var turn = words.Before is { } before ? Bot.Hear(policy, _shelf, before.Talk(), question) : Bot.Open(policy, _shelf, question);
        Count(words, turn);
        return Task.FromResult(turn.Reply());
    }

    public Task<ImmutableArray<ArticleHit>> Search(ArticleSearch search)
    {
        var question = new ShelfQuestion(search.Text, time.GetUtcNow()) { ForStaff = search.ForStaff, Role = search.Role, Category = search.Category };
        return Task.FromResult<ImmutableArray<ArticleHit>>([.. _shelf.Find(question, search.Limit).Select(match => Hit(match.Entry, search.Language, match.Confidence)).OfType<ArticleHit>()]);
    }

    public Task<ArticleHit?> Read(string articleId, string language) => Task.FromResult(
        _shelf.Get(articleId) is { Article.StaffOnly: false } entry && entry.Article.HoldsAt(time.GetUtcNow()) ? Hit(entry, language, 1) : null);

    public Task Heard(AnswerNews news)
    {
        if (news.HandedOver) _news = _news with { HandedOver = _news.HandedOver + 1 };
        if (news.Helped == true) _news = _news with { Helped = _news.Helped + 1 };
        if (news.Helped == false) _news = _news with { NotHelped = _news.NotHelped + 1 };
        if (news.ArticleId is { } article)
            Add(new ArticleUse(article, 0, news.Helped == true ? 1 : 0, news.Helped == false ? 1 : 0, news.Inserted ? 1 : 0) { Asked = news.Question is { } question && (news.Helped == true || news.Inserted) ? [new QuestionAsked(Gaps.Hide(question), time.GetUtcNow())] : [] });
        if (news is { HandedOver: true, Question: { } open, Helped: not true }) Unanswered(open);
        return Task.CompletedTask;
    }

    private void Count(BotWords words, BotTurn turn)
    {
        if (words.Before is null)
        {
            _news = _news with { Contacts = _news.Contacts + 1, Answered = _news.Answered + (turn.Does == BotDoes.Answer ? 1 : 0) };
            if (turn.Does == BotDoes.Nothing && words.Category is not Domain.Triage.Category.FoodSafety) Unanswered(words.Text);
        }
        if (turn is { Does: BotDoes.Answer, ArticleId: { } article } && words.Before?.Step is null) Add(new ArticleUse(article, Shown: 1));
    }

    private void Unanswered(string question)
    {
        if (_unanswered.Count < MaximumUnanswered) _unanswered.Add(question);
    }

    private void Add(ArticleUse use)
    {
        var before = _uses.GetValueOrDefault(use.ArticleId) ?? new ArticleUse(use.ArticleId);
        _uses[use.ArticleId] = before.Plus(use);
    }

    private ArticleHit? Hit(PublishedArticle entry, string language, double confidence)
    {
        var text = entry.Article.In(language);
        return _shelf.Fill(text.Body, language) is { } body ? new ArticleHit(entry.Article.Id, entry.Version, text.Title, body, Math.Round(confidence, 3)) : null;
    }

    private async Task KeepFresh()
    {
        try
        {
            await Tell();
            await Refresh();
        }
        catch (Exception error) when (error is not InvalidOperationException)
        {
            NotFresh(error, Campus);
        }
    }

    private async Task Tell()
    {
        if (_news == Nothing && _uses.Count == 0 && _unanswered.Count == 0) return;
        var news = _news with { Articles = [.. _uses.Values.OrderBy(static use => use.ArticleId, StringComparer.Ordinal)], Unanswered = [.. _unanswered] };
        _news = Nothing;
        _uses.Clear();
        _unanswered.Clear();
        await GrainFactory.KnowledgeUse(Campus).Add(news);
    }

    private async Task Refresh()
    {
        var own = await GrainFactory.Knowledge(Campus).Published(_own.Revision);
        var shared = await GrainFactory.Knowledge(GrainKeys.SharedLibrary).Published(_shared.Revision);
        if (own is null && shared is null && time.GetUtcNow() - _learnedAt < LearningPeriod) return;
        var records = (await GrainFactory.KnowledgeUse(Campus).Report()).Articles;
        (_own, _shared, _learnedAt) = (own ?? _own, shared ?? _shared, time.GetUtcNow());
        _shelf = new Shelf(_shared.Articles.Select(static article => article.Entry()), _own.Articles.Select(static article => article.Entry()), [.. records.Select(static use => use.Record())]);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The knowledge desk of {Campus} could not be refreshed; it goes on with what it has.")]
    private partial void NotFresh(Exception error, string campus);
}
