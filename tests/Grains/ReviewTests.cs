using System.Diagnostics;
using CampusCare.Contracts;
using CampusCare.Contracts.Campuses;
using CampusCare.Contracts.Reviews;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Reviews;
using CampusCare.Domain.Triage;
using CampusCare.Grains.Reviews;

namespace CampusCare.Grains.Tests;

/// <summary>What waits for a person's look, and what becomes of it.</summary>
public sealed class ReviewTests
{
    private static readonly SupervisorRef Inspector = new(CampusHost.Campus, "qi", "质检员");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly SupervisorRef Boss = new(CampusHost.Campus, "boss", "主管");

    private static Review Of(string ticket, DateTimeOffset at, long seq = 1, DecisionKind kind = DecisionKind.Triage) =>
        new(ticket, seq, kind, at, Category.LateDelivery, Urgency.Normal, Sentiment.Negative);

    // A hint comes when it comes, and may get lost: told again, it is kept once.
    private static async Task<IReadOnlyList<Review>> Waiting(IReviewDayGrain day, int count, params Review[] hints)
    {
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Patience;)
        {
            foreach (var hint in hints) await day.Sampled(hint);
            if (await day.Waiting(null, 100) is { Length: var there } found && there >= count) return found;
        }
        throw new TimeoutException($"There are no {count} reviews.");
    }

    [Fact]
    public async Task A_verdict_that_was_answered_survives_everything_and_is_the_only_one()
    {
        await using var campus = await CampusHost.Start();
        (await campus.Grains.Campus(CampusHost.Campus).ConfigureReviews(new ReviewSettings(100))).Refusal.ShouldBeNull();
        var ticket = (await campus.Ask("c1")).Value!.Ticket;
        var today = ReviewRules.Today(ticket.OpenedAt);
        var day = campus.Grains.ReviewDay(CampusHost.Campus, today);
        var review = (await Waiting(day, 1)).ShouldHaveSingleItem();
        (review.TicketId, review.Seq, review.Category).ShouldBe((ticket.TicketId, 1L, ticket.Category));
        ReviewIds.Read(ReviewIds.Of(review)).ShouldBe((today, new ReviewName(ticket.TicketId, 1)));

        var verdict = new JudgeReview(Inspector, new ReviewName(ticket.TicketId, 1), Right: true);
        (await day.Judge(verdict with { Inspector = new SupervisorRef("south", "qi", "x") })).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        (await day.Judge(verdict)).Value!.Verdict!.By.ShouldBe("qi");
        await campus.Restart();
        day = campus.Grains.ReviewDay(CampusHost.Campus, today);
        (await day.Judge(verdict)).Value!.Verdict!.By.ShouldBe("qi");
        (await day.Judge(verdict with { Inspector = Boss })).Refusal!.Code.ShouldBe(RefusalCode.AlreadyReviewed);
        // Told again, as after a crash, it doesn't wait again.
        (await Waiting(day, 1, review, Of("other", ticket.OpenedAt))).Select(static waiting => waiting.TicketId).ShouldBe(["other"]);
    }

    [Fact]
    public async Task What_nobody_judged_in_a_week_lapses_and_what_was_judged_is_forgotten_after_its_time()
    {
        var time = new PastTime(TimeSpan.FromDays(100));
        await using var campus = await CampusHost.Start(services: time.Register);
        var began = time.GetUtcNow();
        IReviewDayGrain Day() => campus.Grains.ReviewDay(CampusHost.Campus, ReviewRules.Today(began));
        await Waiting(Day(), 3, Of("a", began), Of("b", began), Of("c", began));
        (await Day().Judge(new JudgeReview(Inspector, new ReviewName("a", 1), false, Category.RiderConduct, Text: "骑手骂人"))).Refusal.ShouldBeNull();

        await time.Pass(campus, TimeSpan.FromDays(9));
        (await Day().Waiting(null, 10)).ShouldBeEmpty();
        (await Day().Judge(new JudgeReview(Inspector, new ReviewName("b", 1), true))).Refusal!.Code.ShouldBe(RefusalCode.ReviewLapsed);
        (await Day().Count()).ShouldBe([new ReviewCount(DecisionKind.Triage, Category.LateDelivery, 0, 1, 0, 2)]);
        await Day().AsReference<IRemindable>().ReceiveReminder("review", default);
        (await Day().Count()).ShouldBe([new ReviewCount(DecisionKind.Triage, Category.LateDelivery, 0, 1, 0, 2)], "they are gone, and counted");
        (await Day().Get(Inspector, new ReviewName("b", 1))).Refusal!.Code.ShouldBe(RefusalCode.NotFound);
        (await Day().Corrections()).ShouldBe([new Correction("骑手骂人", Category.RiderConduct, Urgency.Normal, Sentiment.Negative)]);

        await time.Pass(campus, TimeSpan.FromDays(92));
        await Day().AsReference<IRemindable>().ReceiveReminder("review", default);
        (await Day().Count()).ShouldBeEmpty();
        (await Day().Corrections()).ShouldBeEmpty();
    }

    [Fact]
    public void A_day_has_room_for_so_many_and_keeps_each_once()
    {
        var at = DateTimeOffset.UnixEpoch;
        var full = new ReviewDayState().With(Enumerable.Range(0, 3_000).Select(i => Of($"t{i}", at))).With([Of("t1", at), Of("late", at)]);
        full.Reviews.Length.ShouldBe(ReviewRules.MaximumPerDay);
        full.Reviews.Select(static review => review.TicketId).Distinct().Count().ShouldBe(ReviewRules.MaximumPerDay);
        var lapsed = full.Lapse(static _ => true);
        (lapsed.Reviews.Length, lapsed.Count(hasLapsed: true).Single().Lapsed).ShouldBe((0, ReviewRules.MaximumPerDay));
        lapsed.With([Of("more", at)]).Reviews.ShouldBeEmpty();
    }
}
