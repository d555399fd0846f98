using CampusCare.Domain.Routing;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Routing;

public sealed class RingTests
{
    private static readonly Ring[] Rings =
    [
        new(TimeSpan.FromSeconds(30), LowerLevelsBy: 1, Without: ["pod-quick"]),
        new(TimeSpan.FromSeconds(60), LowerLevelsBy: 3, Without: ["pod-quick"], Queues: ["general"]),
        new(TimeSpan.FromSeconds(120), LowerLevelsBy: 4, Without: ["pod-quick", "english"], Region: true),
    ];

    private static readonly Demand Asked = new(
        Category.FoodSafety, [new SkillLevel("safety", 3), new SkillLevel("english", 1), new SkillLevel("pod-quick", 1)], [], "known");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(29.999, 0)]
    [InlineData(30, 1)]
    [InlineData(60, 2)]
    [InlineData(9_999, 3)]
    public void A_ring_begins_at_its_time(double waited, int ring) => Ring.At(Rings, TimeSpan.FromSeconds(waited)).ShouldBe(ring);

    [Fact]
    public void Each_ring_asks_for_less_and_never_below_level_one()
    {
        Ring.Relax(Asked, Rings, 0).ShouldBe(Asked);
        Levels(1).ShouldBe([new SkillLevel("safety", 2), new SkillLevel("english", 1)]);
        Levels(2).ShouldBe([new SkillLevel("safety", 1), new SkillLevel("english", 1)]);
        Levels(3).ShouldBe([new SkillLevel("safety", 1)]);
        Ring.Relax(Asked, Rings, 1).OnlyAgent.ShouldBeNull();
    }

    [Fact]
    public void Whoever_meets_a_demand_meets_it_in_every_later_ring()
    {
        foreach (var skills in from a in Enumerable.Range(0, 6) from b in Enumerable.Range(0, 2) from c in Enumerable.Range(0, 2) select (a, b, c))
        {
            var agent = new Candidate("known", [new("safety", skills.a), new("english", skills.b), new("pod-quick", skills.c)], new Room(1, 0, 0), new Room(1, 0, 0), 0,
                System.Collections.Immutable.ImmutableDictionary<Category, AgentRecord>.Empty);
            var met = Enumerable.Range(0, 4).Select(ring => Ring.Relax(Asked, Rings, ring).IsMetBy(agent)).ToList();
            met.ShouldBe(met.Order());
        }
    }

    [Fact]
    public void Rings_that_make_no_sense_are_named()
    {
        Ring.Fault(Rings).ShouldBeNull();
        Ring.Fault([Rings[1], Rings[0]])!.ShouldContain("Ring 2");
        Ring.Fault([new Ring(TimeSpan.Zero)])!.ShouldContain("Ring 1");
        Ring.Fault([new Ring(TimeSpan.FromSeconds(1), LowerLevelsBy: 5)])!.ShouldContain("0 to 4");
        Ring.Fault([.. Enumerable.Range(1, 7).Select(i => new Ring(TimeSpan.FromSeconds(i)))])!.ShouldContain("at most 6");
    }

    [Theory]
    [InlineData(0, true, 0, 15)]
    [InlineData(14.9, true, 0, 15)]
    [InlineData(15, false, 0, 30)]
    [InlineData(30, false, 1, 60)]
    [InlineData(120, false, 3, null)]
    public void A_ticket_waits_for_the_agent_it_knows_and_then_for_more_and_more_others(double waited, bool sticky, int ring, int? next)
    {
        var stage = Stage.At(Asked with { OnlyAgent = null }, "known", TimeSpan.FromSeconds(15), Rings, TimeSpan.FromSeconds(waited));
        stage.Demand.OnlyAgent.ShouldBe(sticky ? "known" : null);
        stage.Ring.ShouldBe(ring);
        stage.NextChange?.TotalSeconds.ShouldBe(next!.Value);
        (stage.NextChange is null).ShouldBe(next is null);
    }

    [Fact]
    public void A_ring_ends_the_wait_for_the_known_agent() =>
        Stage.At(Asked, "known", TimeSpan.FromSeconds(300), Rings, TimeSpan.FromSeconds(31)).Demand.OnlyAgent.ShouldBeNull();

    private static IEnumerable<SkillLevel> Levels(int ring) => Ring.Relax(Asked, Rings, ring).Hard;
}
