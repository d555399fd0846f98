using System.Runtime.InteropServices;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Knowledge;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Knowledge;
using CampusCare.Domain.Routing;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>A customer's verdict on the bot's answer.</summary>
public sealed record VerdictRequest(AnswerVerdict? Verdict);

/// <summary>Articles: searched by everybody, written, reviewed and published by those who may, and judged by customers.</summary>
internal sealed class UseKnowledge(Cluster cluster, ReadTickets tickets, AuditTrail trail)
{
    /// <summary>Most articles of a search.</summary>
    public const int MaximumHits = 20;

    /// <summary>How many articles are suggested for a ticket.</summary>
    public const int Suggested = 3;

    private static readonly Problem NoArticle = ProblemOf.NotFound("There is no such article.");

    /// <summary>The articles that fit a text.</summary>
    public async Task<Reply<ArticleHit[]>> Search(Caller caller, string? text, string? language, int limit)
    {
        if (Check.Text(text, "q") is { } no) return no;
        if (language is not (null or Language.Chinese or Language.English)) return ProblemOf.Invalid("language", "`language` must be zh or en.");
        if (limit is < 1 or > MaximumHits) return ProblemOf.Invalid("limit", $"`limit` must be 1 to {MaximumHits}.");
        return await Find(caller, new ArticleSearch(text!, language ?? Language.Of(text!), limit, !caller.IsCustomer, caller.IsCustomer ? caller.Kind : null));
    }

    /// <summary>The articles that fit a ticket, in its customer's language.</summary>
    public async Task<Reply<ArticleHit[]>> Suggest(Caller caller, string ticketId)
    {
        var found = await tickets.Get(caller, ticketId);
        if (found.Value is not { } ticket) return found.Problem!;
        if (ticket.Subject.Length == 0) return Array.Empty<ArticleHit>();
        return await Find(caller, new ArticleSearch(ticket.Subject, Language.Of(ticket.Subject), Suggested, true, ticket.Customer.Role, ticket.Category));
    }

    /// <summary>An agent took an article as an answer: search learns the words that it was taken for.</summary>
    public async Task<Reply<Done>> Insert(Caller caller, string ticketId, string articleId)
    {
        var found = await tickets.Get(caller, ticketId);
        if (found.Value is not { } ticket) return found.Problem!;
        if (Check.Id(articleId, "article") is not null) return NoArticle;
        var known = await cluster.Read(cluster.Grains.KnowledgeDesk(ticket.Campus).Read(articleId, Language.Chinese), static hit => hit ?? (Reply<ArticleHit>)NoArticle);
        if (known.Problem is { } no) return no;
        return await cluster.Done(cluster.Grains.KnowledgeDesk(ticket.Campus).Heard(new AnswerNews(articleId, null, false, true, ticket.Subject))) is { } problem ? problem : Done.Value;
    }

    /// <summary>The articles of the campus, or the shared ones, by id.</summary>
    public Task<Reply<ArticleLine[]>> List(Caller caller, bool shared, string? after, int limit) => cluster.Read(
        Library(caller, shared).List(after, limit), static lines => (Reply<ArticleLine[]>)ImmutableCollectionsMarshal.AsArray(lines)!);

    /// <summary>An article with its history.</summary>
    public async Task<Reply<ArticleView>> Get(Caller caller, string articleId, bool shared) =>
        Check.Id(articleId, "article") is not null ? NoArticle : await cluster.Read(Library(caller, shared).Get(articleId));

    /// <summary>Writes a new version.</summary>
    public async Task<Reply<ArticleView>> Write(Caller caller, string articleId, ArticleContent content, long? revision)
    {
        if (Check.Id(articleId, "article") is { } no) return no;
        if (HasHole(content)) return ProblemOf.Invalid("content", "Something in the article is missing: no text, value, step or choice may be null.");
        var reply = await cluster.Command(Library(caller, shared: false).Write(new WriteArticle(articleId, content, caller.Id, revision)));
        return await trail.Keep(caller, AuditActions.ArticleWritten, articleId, "", reply);
    }

    /// <summary>Reviews, publishes or takes back a version.</summary>
    public async Task<Reply<ArticleView>> Move(Caller caller, string articleId, int version, ArticleMove move, long? revision)
    {
        if (Check.Id(articleId, "article") is not null) return NoArticle;
        var reply = await cluster.Command(Library(caller, shared: false).Move(new MoveArticle(articleId, version, move, caller.Id, revision)));
        return await trail.Keep(caller, AuditActions.ArticleMoved, articleId, $"{version} {move}", reply);
    }

    /// <summary>How the campus's knowledge did, and what it lacks.</summary>
    public Task<Reply<UseReport>> Report(Caller caller) =>
        cluster.Read(cluster.Grains.KnowledgeUse(caller.Campus).Report(), static report => (Reply<UseReport>)report);

    /// <summary>Changes what the bot may answer.</summary>
    public async Task<Reply<CampusSettings>> ChangeBot(Caller caller, BotSettings bot, long? version)
    {
        var reply = await cluster.Command(cluster.Grains.Campus(caller.Campus).ConfigureBot(bot, version));
        return await trail.Keep(caller, AuditActions.BotChanged, "", bot.On ? "on" : "off", reply);
    }

    /// <summary>The customer says whether the answer helped, or asks for a person.</summary>
    public async Task<Reply<TicketView>> Judge(Caller caller, string ticketId, AnswerVerdict? verdict)
    {
        if (Check.Ticket(ticketId) is { } no) return no;
        if (verdict is not { } word) return ProblemOf.Invalid("verdict", "`verdict` must be helped, notHelped or person.");
        var reply = await cluster.Command(cluster.Grains.Ticket(caller.Campus, ticketId).Judge(new JudgeAnswer(caller.Id, word)));
        return reply.Map(ticket => Visible.To(caller, ticket));
    }

    private Task<Reply<ArticleHit[]>> Find(Caller caller, ArticleSearch search) => cluster.Read(
        cluster.Grains.KnowledgeDesk(caller.Campus).Search(search), static hits => (Reply<ArticleHit[]>)ImmutableCollectionsMarshal.AsArray(hits)!);

    private IKnowledgeGrain Library(Caller caller, bool shared) => cluster.Grains.Knowledge(shared ? GrainKeys.SharedLibrary : caller.Campus);

    // What came as JSON may lack what the types promise.
    private static bool HasHole(ArticleContent content) =>
        HasHole(content.Zh) || HasHole(content.En) || content.Facts.Any(static fact => fact is null || fact.Name is null || fact.Zh is null)
        || content.Steps.Any(static step => step?.Id is null || step.Choices.Any(static choice => choice?.Zh is null || choice.Next is null));

    private static bool HasHole(ArticleWords? words) => words is not null && (words.Title is null || words.Body is null || words.Asks.Contains(null!));
}
