using CampusCare.Domain.Reviews;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Reviews;

public sealed class ReviewRulesTests
{
    private static readonly Meaning Late = new(Category.LateDelivery, Urgency.Normal, Sentiment.Negative);
    private static readonly DateOnly Day = new(2026, 3, 2);

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(50)]
    public void So_many_of_a_hundred_are_chosen_whatever_their_seqs(int percent)
    {
        var tickets = Enumerable.Range(0, 20_000).Select(static i => $"t{i:x8}").ToList();
        foreach (var seq in new[] { 1L, 2, 3, 17 })
            (100.0 * tickets.Count(ticket => ReviewRules.IsChosen(ticket, seq, percent)) / tickets.Count).ShouldBe(percent, 0.12 * percent);
        var both = tickets.Count(ticket => ReviewRules.IsChosen(ticket, 1, percent) && ReviewRules.IsChosen(ticket, 2, percent));
        ((double)both / tickets.Count).ShouldBe(percent / 100.0 * percent / 100, 0.3 * percent / 100, "one decision of a ticket says nothing of the next");
    }

    [Fact]
    public void The_same_decision_is_chosen_everywhere_and_a_higher_share_only_adds()
    {
        // Said once and for all: replays, both engines and later versions have to agree.
        Enumerable.Range(1, 60).Select(static seq => (long)seq).Where(static seq => ReviewRules.IsChosen("5h2k8m0q1r7t3v9x", seq, ReviewRules.UsualPercent)).ShouldBe(Expected);
        for (var i = 0; i < 2_000; i++)
        {
            var ticket = $"ticket-{i}";
            ReviewRules.IsChosen(ticket, 1, 0).ShouldBeFalse();
            ReviewRules.IsChosen(ticket, 1, 100).ShouldBeTrue();
            if (ReviewRules.IsChosen(ticket, 1, 5)) ReviewRules.IsChosen(ticket, 1, 10).ShouldBeTrue();
        }
    }

    private static readonly long[] Expected = [4, 10, 18, 21, 25, 27, 31];

    [Fact]
    public void A_decision_can_be_judged_for_a_week_and_is_kept_for_ninety_days()
    {
        var midnight = new DateTimeOffset(Day, TimeOnly.MinValue, TimeSpan.Zero);
        ReviewRules.HasLapsed(Day, midnight.AddDays(8).AddTicks(-1)).ShouldBeFalse();
        ReviewRules.HasLapsed(Day, midnight.AddDays(8)).ShouldBeTrue();
        ReviewRules.IsOver(Day, midnight.AddDays(91).AddTicks(-1)).ShouldBeFalse();
        ReviewRules.IsOver(Day, midnight.AddDays(91)).ShouldBeTrue();
        ReviewRules.Today(new DateTimeOffset(2026, 3, 3, 7, 0, 0, TimeSpan.FromHours(8))).ShouldBe(Day, "a day is one of UTC");
    }

    public static TheoryData<DecisionKind, Judgement, string?> Judgements => new()
    {
        { DecisionKind.Triage, new(true), null },
        { DecisionKind.Triage, new(true, Late), null },
        { DecisionKind.Triage, new(true, Late with { Urgency = Urgency.High }), "right" },
        { DecisionKind.Triage, new(false), "category" },
        { DecisionKind.Triage, new(false, Late, "same"), "category" },
        { DecisionKind.Triage, new(false, Late with { Category = Category.RiderConduct }), null },
        { DecisionKind.Triage, new(false, Late with { Sentiment = Sentiment.Neutral }), null },
        { DecisionKind.Answer, new(true), null },
        { DecisionKind.Answer, new(false), "reason" },
        { DecisionKind.Answer, new(false, null, " "), "reason" },
        { DecisionKind.Answer, new(false, null, "answers another question"), null },
        { DecisionKind.Answer, new(false, Late with { Category = Category.Other }, "x"), "category" },
        { DecisionKind.Remedy, new(false, null, "it was not late"), null },
        { DecisionKind.Remedy, new(false, null, new string('x', ReviewRules.MaximumText + 1)), "reason" },
    };

    [Theory, MemberData(nameof(Judgements))]
    public void A_wrong_triage_is_corrected_and_anything_else_gets_a_reason(DecisionKind kind, Judgement judgement, string? field)
    {
        var fault = ReviewRules.Fault(kind, Late, judgement);
        (fault?.Field).ShouldBe(field);
        if (field is not null) fault!.Value.No.ShouldBe(RefusalCode.Invalid);
    }
}
