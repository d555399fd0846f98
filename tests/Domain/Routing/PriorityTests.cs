using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Routing;

public sealed class PriorityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Nobody_is_overtaken_by_one_who_comes_later_than_the_bound()
    {
        foreach (var early in AllKeys(Noon))
            foreach (var late in AllKeys(Noon + Priority.MaximumWeight + TimeSpan.FromMilliseconds(1)))
                early.ShouldBeLessThan(late);
    }

    [Fact]
    public void Food_safety_goes_before_all_others_of_the_same_moment()
    {
        var safety = Priority.Key(Noon, Urgency.Critical, Category.FoodSafety);
        foreach (var category in Enum.GetValues<Category>().Where(c => c != Category.FoodSafety))
            foreach (var urgency in Enum.GetValues<Urgency>())
                safety.ShouldBeLessThan(Priority.Key(Noon, urgency, category));
    }

    [Fact]
    public void Among_equals_first_come_first_served() =>
        Priority.Key(Noon, Urgency.Normal, Category.Other).ShouldBeLessThan(Priority.Key(Noon.AddMilliseconds(1), Urgency.Normal, Category.Other));

    [Theory]
    [InlineData(1, 10, 10, 300, 0.0)]
    [InlineData(12, 10, 2, 300, 300.0)]
    [InlineData(5, 10, 0, 120, 60.0)]
    public void Expected_wait_is_the_line_before_the_ticket_over_the_rate_of_the_slots(int position, int slots, int free, int handle, double seconds) =>
        ExpectedWait.Of(position, slots, free, TimeSpan.FromSeconds(handle))!.Value.TotalSeconds.ShouldBe(seconds, 1e-9);

    [Fact]
    public void Without_agents_nobody_promises_a_time() => ExpectedWait.Of(1, 0, 0, TimeSpan.FromSeconds(60)).ShouldBeNull();

    private static IEnumerable<long> AllKeys(DateTimeOffset at) =>
        from urgency in Enum.GetValues<Urgency>()
        from category in Enum.GetValues<Category>()
        from reopened in new[] { false, true }
        select Priority.Key(at, urgency, category, reopened);
}
