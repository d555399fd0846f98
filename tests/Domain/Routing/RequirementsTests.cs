using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Routing;

public sealed class RequirementsTests
{
    private static readonly SkillRule English = new("english", 2, Hard: true, Language: Language.English);
    private static readonly SkillRule Riders = new("riders", 3, Hard: false, Role: CustomerRole.Rider);

    [Fact]
    public void A_queue_without_rules_asks_for_its_own_skill()
    {
        var asked = For([]);
        asked.Hard.ShouldBe([new SkillLevel("delivery", 2)]);
        asked.Soft.ShouldBeEmpty();
    }

    [Fact]
    public void Rules_add_what_they_say_to_the_tickets_that_they_mean()
    {
        For([English, Riders], language: Language.Chinese, role: CustomerRole.Student).Hard.Length.ShouldBe(1);
        For([English, Riders], language: Language.English).Hard.ShouldBe([new SkillLevel("delivery", 2), new SkillLevel("english", 2)]);
        For([English, Riders], role: CustomerRole.Rider).Soft.ShouldBe([new SkillLevel("riders", 3)]);
        For([new SkillRule(Pods.DeepExperts, 1, true, Category: Category.FoodSafety)], category: Category.FoodSafety).Hard[1].Skill.ShouldBe(Pods.DeepExperts);
        For([new SkillRule(Pods.QuickResponders, 1, true, Tier: CustomerTier.Vip)]).Hard.Length.ShouldBe(1);
        For([new SkillRule(Pods.QuickResponders, 1, true, Tier: CustomerTier.Vip)], tier: CustomerTier.Vip).Hard.Length.ShouldBe(2);
    }

    [Fact]
    public void The_highest_level_counts_and_a_need_beats_a_wish()
    {
        var asked = For(
        [
            new SkillRule("english", 2, true), new SkillRule("english", 4, true), new SkillRule("english", 5, false),
            new SkillRule("delivery", 3, true), new SkillRule("delivery", 5, false), new SkillRule("allergies", 1, false), new SkillRule("allergies", 2, false),
        ]);
        asked.Hard.ShouldBe([new SkillLevel("delivery", 3), new SkillLevel("english", 4)]);
        asked.Soft.ShouldBe([new SkillLevel("allergies", 2)]);
    }

    [Fact]
    public void Any_order_of_the_rules_asks_the_same()
    {
        var random = new Random(1);
        string[] skills = ["delivery", "english", "riders", "allergies", Pods.DeepExperts];
        for (var i = 0; i < 200; i++)
        {
            var rules = Enumerable.Range(0, random.Next(10))
                .Select(_ => new SkillRule(skills[random.Next(skills.Length)], random.Next(1, 6), random.Next(2) == 0)).ToArray();
            var asked = For(rules);
            random.Shuffle(rules);
            var again = For(rules);

            again.Hard.ShouldBe(asked.Hard);
            again.Soft.ShouldBe(asked.Soft);
            asked.Hard[0].Skill.ShouldBe("delivery");
            asked.Hard.Concat(asked.Soft).Select(static need => need.Skill).ShouldBeUnique();
            foreach (var rule in rules.Where(static rule => rule.Hard)) asked.Hard.ShouldContain(need => need.Skill == rule.Skill && need.Level >= rule.Level);
        }
    }

    [Fact]
    public void A_ring_waives_a_pod()
    {
        var asked = For([new SkillRule(Pods.QuickResponders, 1, true)]);
        Ring.Relax(new Demand(Category.Other, asked.Hard, asked.Soft), [new Ring(TimeSpan.FromSeconds(20), Without: [Pods.QuickResponders])], 1)
            .Hard.ShouldBe([new SkillLevel("delivery", 2)]);
    }

    [Fact]
    public void Bad_rules_are_told_in_words()
    {
        SkillRule.Fault([English, Riders]).ShouldBeNull();
        SkillRule.Fault([English with { Level = 6 }]).ShouldNotBeNull().ShouldContain("1 to 5");
        SkillRule.Fault([English with { Language = "fr" }]).ShouldNotBeNull().ShouldContain("'fr'");
        SkillRule.Fault([English with { Skill = "pod:lunch" }]).ShouldNotBeNull().ShouldContain("pod:quick, pod:expert, pod:quality");
        SkillRule.Fault([English with { Skill = "English" }]).ShouldNotBeNull().ShouldContain("can't name a skill");
        SkillRule.Fault([.. Enumerable.Repeat(English, SkillRule.Maximum + 1)]).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("外卖一直没到", Language.Chinese)]
    [InlineData("My order has not arrived yet", Language.English)]
    [InlineData("我的 order 还没到，rider 不接 call", Language.Chinese)]
    [InlineData("The 麻辣烫 that I ordered was cold and nobody picks up the phone", Language.English)]
    [InlineData("12345678901", Language.Chinese)]
    [InlineData("", Language.Chinese)]
    [InlineData("MT20260302 A座", Language.Chinese)]
    [InlineData("refund please", Language.English)]
    [InlineData("Où est ma commande ?", Language.English)]
    [InlineData("𠮷野家的饭", Language.Chinese)]
    public void The_language_is_that_of_most_of_the_words(string text, string language) => Language.Of(text).ShouldBe(language);

    private static Requirements For(
        SkillRule[] rules, CustomerRole role = CustomerRole.Student, string language = Language.Chinese,
        Category category = Category.LateDelivery, CustomerTier tier = CustomerTier.Standard) =>
        Requirements.For("delivery", 2, rules, role, language, category, tier);
}
