using CampusCare.Domain.ServiceLevels;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.ServiceLevels;

public sealed class ServiceTargetsTests
{
    private static readonly ServiceTargets Delivery = new(
        new Targets(TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(2), TimeSpan.FromHours(1)),
        [new CategoryTargets(Category.FoodSafety, new Targets(TimeSpan.FromSeconds(10), Resolution: TimeSpan.FromMinutes(30)))]);

    [Fact]
    public void A_category_replaces_what_it_names_and_keeps_the_rest()
    {
        Delivery.For(Category.LateDelivery, CustomerTier.Standard).ShouldBe(Delivery.Usual);
        Delivery.For(Category.FoodSafety, CustomerTier.Standard)
            .ShouldBe(new Targets(TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public void A_vip_is_never_answered_later_than_others()
    {
        Delivery.For(Category.LateDelivery, CustomerTier.Vip).ShouldBe(Delivery.Usual with { FirstResponse = TimeSpan.FromSeconds(15) });
        Delivery.For(Category.FoodSafety, CustomerTier.Vip).FirstResponse.ShouldBe(TimeSpan.FromSeconds(10));
        ServiceTargets.None.For(Category.Other, CustomerTier.Vip).ShouldBe(new Targets(TimeSpan.FromSeconds(15)));
        (Delivery with { VipFirstResponse = null }).For(Category.LateDelivery, CustomerTier.Vip).ShouldBe(Delivery.Usual);
    }

    [Fact]
    public void Clocks_are_due_in_open_time()
    {
        var weekdays = new WorkCalendar(TimeSpan.FromHours(8), [new OpenSpan(DayOfWeek.Monday, 600, 840), new OpenSpan(DayOfWeek.Tuesday, 600, 840)], []);
        var monday = new DateTimeOffset(2026, 3, 2, 13, 59, 30, TimeSpan.FromHours(8));

        Delivery.Usual.DueAt(ClockKind.FirstResponse, monday, weekdays).ShouldBe(monday.AddDays(1).Date.AddHours(10).AddSeconds(30).AsChina());
        Delivery.Usual.DueAt(ClockKind.Resolution, monday, WorkCalendar.AlwaysOpen).ShouldBe(monday.AddHours(1));
        Delivery.Usual.DueAt(ClockKind.Promise, monday, weekdays).ShouldBeNull();
        Targets.None.DueAt(ClockKind.FirstResponse, monday, weekdays).ShouldBeNull();
    }

    [Fact]
    public void Bad_targets_are_told_in_words()
    {
        Delivery.Fault().ShouldBeNull();
        (Delivery with { Usual = new Targets(TimeSpan.Zero) }).Fault().ShouldNotBeNull().ShouldContain("FirstResponse");
        (Delivery with { Usual = new Targets(Resolution: TimeSpan.FromDays(31)) }).Fault().ShouldNotBeNull().ShouldContain("Resolution");
        (Delivery with { VipFirstResponse = TimeSpan.FromSeconds(-1) }).Fault().ShouldNotBeNull().ShouldContain("VIP");
        (Delivery with { Categories = [.. Delivery.Categories, .. Delivery.Categories] }).Fault().ShouldNotBeNull().ShouldContain("FoodSafety");
    }
}

file static class China
{
    public static DateTimeOffset AsChina(this DateTime local) => new(local, TimeSpan.FromHours(8));
}
