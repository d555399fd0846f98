using System.Collections.Immutable;
using System.Text;
using CampusCare.Contracts;
using CampusCare.Contracts.Audits;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Reviews;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Privacy;
using CampusCare.Domain.Reviews;
using CampusCare.Domain.Triage;
using CampusCare.Gateway.Identity;
using CampusCare.Gateway.Problems;

namespace CampusCare.Gateway.UseCases;

/// <summary>A decision that was made without a person, for one to look at.</summary>
/// <param name="ReviewId">Names it.</param>
/// <param name="State">How it stands.</param>
/// <param name="Review">What was decided, and what was said of it.</param>
public sealed record ReviewLine(string ReviewId, ReviewState State, Review Review);

/// <summary>A decision with the conversation that it was made in.</summary>
/// <param name="Line">The decision.</param>
/// <param name="History">The ticket and all of its events.</param>
public sealed record ReviewSheet(ReviewLine Line, TicketHistory History);

/// <summary>What an inspector says of a decision.</summary>
/// <param name="Right">Whether it was right; of an answer or a remedy, whether it was right and helpful.</param>
/// <param name="Category">Of a wrong triage: what the message is about in truth. What is left out is as decided.</param>
/// <param name="Urgency">How urgent it is in truth.</param>
/// <param name="Sentiment">Which mood it has in truth.</param>
/// <param name="Reason">Why it was wrong, at most 300 characters; needed for an answer or a remedy.</param>
public sealed record JudgementRequest(bool? Right, Category? Category = null, Urgency? Urgency = null, Sentiment? Sentiment = null, string? Reason = null);

/// <summary>How decisions did that people looked at.</summary>
/// <param name="Days">Of so many days, today included.</param>
/// <param name="Percent">So many of a hundred decisions are looked at.</param>
/// <param name="Counts">By kind and category.</param>
public sealed record ReviewFigures(int Days, int Percent, ReviewCount[] Counts);

/// <summary>
/// What is decided without a person, looked at by one. The words of a conversation are read from its ticket, and only a
/// corrected message is kept, masked before it leaves here.
/// </summary>
internal sealed class ReviewDecisions(Cluster cluster, AuditTrail trail, TimeProvider time)
{
    /// <summary>Figures are of so many days.</summary>
    public const int FigureDays = 28;

    private static readonly Problem Unknown = ProblemOf.NotFound("There is no such review.");

    /// <summary>What waits, oldest first, page by page.</summary>
    public async Task<Reply<ReviewLine[]>> Waiting(Caller caller, string? after, int limit)
    {
        var from = ReviewIds.Read(after);
        if (after is not null && from is null) return ProblemOf.Invalid("cursor", "`cursor` is none that this list gave. Take it from the Link header of the page before, or leave it out.");
        var lines = new List<ReviewLine>();
        var today = Today;
        for (var day = from is { } mark && mark.Day > today.AddDays(-ReviewRules.OpenDays) ? mark.Day : today.AddDays(-ReviewRules.OpenDays); day <= today && lines.Count < limit; day = day.AddDays(1))
        {
            var page = await cluster.Read(Grain(caller, day).Waiting(day == from?.Day ? from.Value.Name : null, limit - lines.Count), static found => (Reply<Review[]>)found.ToArray());
            if (page.Value is not { } found) return page.Problem!;
            lines.AddRange(found.Select(Line));
        }
        return lines.ToArray();
    }

    /// <summary>One, with its conversation. On record.</summary>
    public async Task<Reply<ReviewSheet>> Open(Caller caller, string id) => await trail.Keep(caller, AuditActions.ReviewOpened, id, "", await Sheet(caller, id));

    /// <summary>What a person says of it. On record.</summary>
    public async Task<Reply<ReviewLine>> Judge(Caller caller, string id, JudgementRequest request)
    {
        if (request.Right is not { } right) return ProblemOf.Invalid("right", "`right` is missing: true, or false with what is wrong.");
        if (Check.Note(request.Reason, "reason") is { } no) return no;
        var found = await Sheet(caller, id);
        if (found.Value is not { } sheet) return found.Problem!;
        var names = NamesIn(sheet.History);
        var command = new JudgeReview(
            Supervise.Me(caller), ReviewIds.Read(id)!.Value.Name, right, request.Category, request.Urgency, request.Sentiment,
            request.Reason is null ? null : Redaction.Masked(request.Reason, names), Short(Redaction.Masked(sheet.History.Events[0].Text ?? "", names)));
        var reply = (await cluster.Command(Grain(caller, ReviewIds.Read(id)!.Value.Day).Judge(command))).Map(Line);
        return await trail.Keep(caller, AuditActions.DecisionReviewed, id, right ? "right" : "wrong", reply);
    }

    /// <summary>How the decisions of the last weeks did.</summary>
    public async Task<Reply<ReviewFigures>> Figures(Caller caller)
    {
        var percent = await cluster.Read(cluster.Grains.Campus(caller.Campus).Settings(), static settings => (Reply<ReviewSettings>)(settings?.Reviews ?? new ReviewSettings()));
        var days = await OfDays(caller, FigureDays, static grain => grain.Count());
        if (percent.Value is not { } settings) return percent.Problem!;
        return days.Map(counts => new ReviewFigures(FigureDays, settings.Percent,
        [
            .. counts.GroupBy(static count => (count.Kind, count.Category)).OrderBy(static group => group.Key).Select(static group => new ReviewCount(
                group.Key.Kind, group.Key.Category, group.Sum(static count => count.Right), group.Sum(static count => count.Wrong), group.Sum(static count => count.Waiting), group.Sum(static count => count.Lapsed))),
        ]));
    }

    /// <summary>The corrected messages, as a file that training takes. On record.</summary>
    public async Task<Reply<string>> Corrections(Caller caller)
    {
        var found = await OfDays(caller, ReviewRules.KeptDays + 1, static grain => grain.Corrections());
        var file = found.Map(static corrections => corrections
            .Aggregate(new StringBuilder(LabelledText.Header).Append('\n'), static (text, correction) =>
                text.Append(new LabelledText(correction.Text, [correction.Category], correction.Sentiment, correction.Urgency).Line()).Append('\n'))
            .ToString());
        return await trail.Keep(caller, AuditActions.CorrectionsExported, "", "", file);
    }

    /// <summary>Changes how much is looked at.</summary>
    public async Task<Reply<CampusSettings>> Change(Caller caller, ReviewSettings reviews, long? version)
    {
        var reply = await cluster.Command(cluster.Grains.Campus(caller.Campus).ConfigureReviews(reviews, version));
        return await trail.Keep(caller, AuditActions.ReviewsChanged, "", $"{reviews.Percent} %", reply);
    }

    private DateOnly Today => ReviewRules.Today(time.GetUtcNow());

    private IReviewDayGrain Grain(Caller caller, DateOnly day) => cluster.Grains.ReviewDay(caller.Campus, day);

    // An erased conversation is gone, and with it what could be said of it.
    private async Task<Reply<ReviewSheet>> Sheet(Caller caller, string id)
    {
        if (ReviewIds.Read(id) is not var (day, name) || !Check.IsTicketId(name.TicketId)) return Unknown;
        var found = await cluster.Read(Grain(caller, day).Get(Supervise.Me(caller), name));
        if (found.Value is not { } review) return found.Problem!;
        var history = await cluster.Read(cluster.Grains.Ticket(caller.Campus, name.TicketId).History(0));
        if (history.Value is not { } ticket) return history.Problem!;
        return ticket.Events.Any(static happened => happened.Type == TicketEventTypes.Erased) ? Unknown : new ReviewSheet(Line(review), Visible.To(caller, ticket));
    }

    private async Task<Reply<T[]>> OfDays<T>(Caller caller, int days, Func<IReviewDayGrain, Task<ImmutableArray<T>>> ask)
    {
        var today = Today;
        var pages = await Task.WhenAll(Enumerable.Range(1, days).Select(ago => cluster.Read(ask(Grain(caller, today.AddDays(ago - days))), static found => (Reply<T[]>)found.ToArray())));
        return pages.FirstOrDefault(static page => page.Problem is not null)?.Problem is { } no ? no : pages.SelectMany(static page => page.Value!).ToArray();
    }

    private ReviewLine Line(Review review) => new(
        ReviewIds.Of(review),
        review.Verdict is not null ? ReviewState.Judged : ReviewRules.HasLapsed(ReviewRules.Today(review.At), time.GetUtcNow()) ? ReviewState.Lapsed : ReviewState.Waiting,
        review);

    private static IEnumerable<string?> NamesIn(TicketHistory history) =>
        [history.Ticket.Customer.Name, history.Ticket.AgentName, history.Ticket.Order?.Rider, .. history.Events.Where(static happened => happened.Author != Author.Bot).Select(static happened => happened.AuthorName)];

    // Half a surrogate pair is no text.
    private static string Short(string text) => text.Length <= ReviewRules.MaximumText
        ? text
        : text[..(char.IsHighSurrogate(text[ReviewRules.MaximumText - 1]) ? ReviewRules.MaximumText - 1 : ReviewRules.MaximumText)];
}
