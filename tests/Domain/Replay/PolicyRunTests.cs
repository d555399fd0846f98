using System.Collections.Immutable;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Domain.Tests.Replay;

/// <summary>The same arrivals under another policy.</summary>
public sealed class PolicyRunTests
{
    [Fact]
    public void Every_round_has_one_outcome_and_no_agent_more_than_fits()
    {
        var history = new DayMaker(1, TimeSpan.Zero).Make(agents: 6, contacts: 150);

        foreach (var strategy in Enum.GetValues<StrategyName>())
        {
            var outcomes = PolicyRun.Run(history, All(new PolicyChange(strategy, null, null)));

            outcomes.Select(outcome => (outcome.Stint.TicketId, outcome.Stint.Round)).ShouldBeUnique();
            outcomes.Count.ShouldBe(150);
            outcomes.ShouldAllBe(outcome => outcome.AgentId != null && outcome.Waited >= TimeSpan.Zero);
            foreach (var agent in outcomes.GroupBy(outcome => outcome.AgentId)) MostAtOnce(agent).ShouldBeLessThanOrEqualTo(2, agent.Key);
        }
    }

    [Fact]
    public void The_policy_of_that_time_gives_about_the_waits_of_that_time()
    {
        var history = new DayMaker(2, TimeSpan.Zero).Make(agents: 8, contacts: 200);
        var outcomes = PolicyRun.Run(history, ChangedPolicy.None);

        var (journaled, modelled) = (WaitFigures.Journaled([.. outcomes]), WaitFigures.Modelled([.. outcomes]));

        modelled.Taken.ShouldBe(journaled.Taken);
        modelled.MeanSeconds!.Value.ShouldBe(journaled.MeanSeconds!.Value, 0.25 * journaled.MeanSeconds.Value);
    }

    [Fact]
    public void Another_strategy_chooses_others_and_rings_shorten_waits()
    {
        var history = new DayMaker(3, TimeSpan.Zero).Make(agents: 6, contacts: 150);
        var same = PolicyRun.Run(history, ChangedPolicy.None);

        var idle = PolicyRun.Run(history, All(new PolicyChange(StrategyName.LongestIdle, null, null)));
        idle.Zip(same).Count(pair => pair.First.AgentId != pair.Second.AgentId).ShouldBeGreaterThan(20);

        var relaxed = PolicyRun.Run(history, All(new PolicyChange(null, [new Ring(TimeSpan.FromSeconds(1), 4)], null)));
        WaitFigures.Modelled([.. relaxed]).MeanSeconds!.Value.ShouldBeLessThan(WaitFigures.Modelled([.. same]).MeanSeconds!.Value);
    }

    [Fact]
    public void A_policy_file_is_read_whole_or_every_problem_named()
    {
        var good = PolicyFile.Read("""
            { "queues": {
                "delivery": { "strategy": "longestIdle", "stickySeconds": 15, "rings": [{ "afterSeconds": 20, "lowerLevelsBy": 1, "without": ["pod:quick"], "queues": ["general"] }] },
                "*": { "strategy": "roundRobin" } } }
            """u8.ToArray());
        good.Problems.ShouldBeEmpty();
        var policy = new QueuePolicy("delivery", StrategyName.BestMatch, [], 0, 20);
        var changed = good.Policy!.For("delivery")!.Of(policy);
        (changed.Strategy, changed.StickySeconds, changed.OfferSeconds).ShouldBe((StrategyName.LongestIdle, 15, 20));
        changed.Rings.ShouldHaveSingleItem().Queues.ShouldBe(["general"]);
        good.Policy.For("food")!.Of(policy).Strategy.ShouldBe(StrategyName.RoundRobin);

        var bad = PolicyFile.Read("""
            { "queues": { "delivery": { "strategy": "fastest", "stickySeconds": -1, "colour": 1, "rings": [{ "lowerLevelsBy": 9 }] } } }
            """u8.ToArray());
        bad.Policy.ShouldBeNull();
        bad.Problems.Select(problem => problem.Field).ShouldBe(
            ["queues.delivery.colour", "queues.delivery.strategy", "queues.delivery.rings[0].afterSeconds", "queues.delivery.rings[0].lowerLevelsBy", "queues.delivery.stickySeconds"]);
        foreach (var broken in new[] { "", "[]", "{", "{}", """{"queues":[]}""" })
            PolicyFile.Read(System.Text.Encoding.UTF8.GetBytes(broken)).Problems.ShouldNotBeEmpty(broken);
        PolicyFile.Read("""{"queues":{"*":{"rings":[{"afterSeconds":30},{"afterSeconds":20}]}}}"""u8.ToArray()).Problems.ShouldHaveSingleItem().Field.ShouldBe("queues.*.rings");
    }

    [Fact]
    public void The_documented_example_can_be_used()
    {
        var reading = PolicyFile.Read(File.ReadAllBytes(Path.Combine(Simulation.Models.Repository, "docs", "examples", "policy.json")));

        reading.Problems.ShouldBeEmpty();
        reading.Policy!.For("safety")!.Strategy.ShouldBe(StrategyName.BestMatch);
        reading.Policy.For("delivery")!.Rings!.Value.ShouldHaveSingleItem().Queues.ShouldBe(["general"]);
    }

    private static ChangedPolicy All(PolicyChange change) => new(ImmutableDictionary<string, PolicyChange>.Empty.Add(ChangedPolicy.AllQueues, change));

    private static int MostAtOnce(IEnumerable<ModelledStint> outcomes)
    {
        var changes = outcomes.SelectMany(outcome =>
        {
            var taken = outcome.Stint.Ticket.WaitingSince + outcome.Waited!.Value;
            return new[] { (At: taken, By: 1), (At: taken + outcome.Stint.HandleTime!.Value, By: -1) };
        });
        var (now, most) = (0, 0);
        foreach (var (_, by) in changes.OrderBy(change => change.At).ThenBy(change => change.By)) most = Math.Max(most, now += by);
        return most;
    }
}
