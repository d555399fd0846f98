using CampusCare.Contracts;
using CampusCare.Contracts.Reviews;
using CampusCare.Domain.Reviews;
using CampusCare.Domain.Tickets;

namespace CampusCare.Grains.Tickets;

/// <summary>What was decided without a person is shown to one, now and then.</summary>
public sealed partial class TicketGrain
{
    private int _reviewPercent = ReviewRules.UsualPercent;

    // A hint: what gets lost is one sample less, and nobody waits for it.
    private void Sample(Ticket before)
    {
        if (_reviewPercent == 0 || _ticket.State.ErasedAt is not null) return;
        foreach (var (seq, happened, at) in _ticket.EventsAfter(before.Seq))
            if (DecisionOf(happened) is var (kind, detail) && ReviewRules.IsChosen(_id, seq, _reviewPercent)) _ = GrainFactory.ReviewDay(_campus, ReviewRules.Today(at)).Sampled(ReviewOf(seq, kind, at, happened, detail));
    }

    // The days' grains call nobody, so that they can be waited for.
    private async Task ForgetReviews()
    {
        var now = time.GetUtcNow();
        foreach (var day in _ticket.EventsAfter(0).Where(static entry => DecisionOf(entry.Happened) is not null).Select(static entry => ReviewRules.Today(entry.At)).Distinct())
            if (!ReviewRules.IsOver(day, now)) await GrainFactory.ReviewDay(_campus, day).Forget(_id);
    }

    private static (DecisionKind Kind, string? Detail)? DecisionOf(TicketEvent happened) => happened switch
    {
        Opened { ConsultationOf: null } => (DecisionKind.Triage, null),
        Recategorized => (DecisionKind.Triage, null),
        Answered e => (DecisionKind.Answer, $"{e.ArticleId}@{e.Version}"),
        RemedyDecided { AgentId: null } e => (DecisionKind.Remedy, e.Rule),
        _ => null,
    };

    private Review ReviewOf(long seq, DecisionKind kind, DateTimeOffset at, TicketEvent happened, string? detail) => happened is Opened opened
        ? new Review(_id, seq, kind, at, opened.Category, opened.Urgency, opened.Sentiment)
        : new Review(_id, seq, kind, at, _ticket.State.Category, _ticket.State.Urgency, _ticket.State.Sentiment, detail);
}
