using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Routing;

public sealed class PriorityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly PriorityFactors[] All =
    [
        .. from urgency in Enum.GetValues<Urgency>()
           from category in Enum.GetValues<Category>()
           from sentiment in Enum.GetValues<Sentiment>()
           from tier in Enum.GetValues<CustomerTier>()
           from reopened in new[] { false, true }
           select new PriorityFactors(urgency, category, sentiment, tier, reopened),
    ];

    [Fact]
    public void Nobody_is_overtaken_by_one_who_comes_later_than_the_bound()
    {
        All.Min(Priority.Weight).ShouldBe(TimeSpan.Zero);
        All.Max(Priority.Weight).ShouldBe(Priority.MaximumWeight);

        var later = Noon + Priority.MaximumWeight + TimeSpan.FromMilliseconds(1);
        All.Max(early => Priority.Key(Noon, early)).ShouldBeLessThan(All.Min(late => Priority.Key(later, late)));
    }

    [Fact]
    public void No_smaller_reason_lifts_a_ticket_over_a_band()
    {
        var bands = All.GroupBy(static factors => factors.Band).OrderBy(static band => band.Key).ToList();

        bands.Count.ShouldBe(4);
        foreach (var (lower, higher) in bands.Zip(bands.Skip(1)))
            lower.Max(Priority.Weight).ShouldBeLessThan(higher.Min(Priority.Weight), $"{lower.Key} and {higher.Key}");
    }

    [Fact]
    public void Injuries_and_food_safety_are_a_band_of_their_own_where_money_does_not_count()
    {
        foreach (var factors in All)
        {
            (factors.Band == PriorityBand.Safety).ShouldBe(factors.Urgency == Urgency.Critical || factors.Category == Category.FoodSafety);
            if (factors.Band != PriorityBand.Safety) continue;
            Priority.Weight(factors with { Tier = CustomerTier.Vip }).ShouldBe(Priority.Weight(factors with { Tier = CustomerTier.Standard }));
        }
    }

    [Fact]
    public void Food_safety_goes_before_another_category_of_the_same_moment_and_circumstances()
    {
        foreach (var other in All.Where(static factors => factors.Category != Category.FoodSafety))
            Key(other with { Category = Category.FoodSafety }).ShouldBeLessThan(Key(other), other.ToString());
    }

    [Fact]
    public void Within_a_band_vip_the_upset_and_the_reopened_go_first()
    {
        foreach (var factors in All.Where(static factors => factors is { Tier: CustomerTier.Standard, Sentiment: Sentiment.Neutral, Reopened: false }))
        {
            Key(factors with { Sentiment = Sentiment.Negative }).ShouldBeLessThan(Key(factors));
            Key(factors with { Reopened = true }).ShouldBeLessThan(Key(factors));
            if (factors.Band != PriorityBand.Safety) Key(factors with { Tier = CustomerTier.Vip }).ShouldBeLessThan(Key(factors));
        }
    }

    [Fact]
    public void Among_equals_first_come_first_served()
    {
        foreach (var factors in All)
            Priority.Key(Noon, factors).ShouldBeLessThan(Priority.Key(Noon.AddMilliseconds(1), factors));
    }

    [Fact]
    public void A_ticket_that_returns_to_the_head_goes_before_all_that_come_later()
    {
        var head = Priority.HeadKey(Noon);
        foreach (var factors in All) head.ShouldBeLessThan(Priority.Key(Noon.AddMilliseconds(1), factors));
    }

    [Fact]
    public void One_who_waits_is_overtaken_by_a_return_to_the_head_only_within_the_bound()
    {
        var later = Priority.HeadKey(Noon + Priority.MaximumWeight + TimeSpan.FromMilliseconds(1));
        foreach (var factors in All) Priority.Key(Noon, factors).ShouldBeLessThan(later);
    }

    private static long Key(PriorityFactors factors) => Priority.Key(Noon, factors);
}
