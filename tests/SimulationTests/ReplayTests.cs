using System.Collections.Immutable;
using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Tickets;
using CampusCare.Grains.Journals;

namespace CampusCare.Simulation.Tests;

/// <summary>A rush with the real grains, replayed from its journals.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_rush_replays_with_identical_decisions(int seed)
    {
        var decisions = DecisionReplay.Run(await RushOf(seed));

        decisions.Count.ShouldBeGreaterThanOrEqualTo(290);
        // An agent's own comparison with the journal may free a slot a moment before the word of its end, which then counts
        // for no record: the scores of a few later decisions differ by that one case.
        var different = decisions.Where(decision => decision.Verdict is Verdict.Different or Verdict.NotComparable).Select(decision => decision.Reason).ToList();
        different.Count.ShouldBeLessThanOrEqualTo(decisions.Count / 200, string.Join(" ", different));
        decisions.Count(decision => decision.Verdict == Verdict.Identical).ShouldBeGreaterThan((int)(0.9 * decisions.Count));
        decisions.Where(decision => decision.Verdict == Verdict.AsKnown).ShouldAllBe(decision => decision.Reason.Contains("under way"));
    }

    [Fact]
    public async Task After_faults_nearly_all_decisions_still_replay_and_each_other_one_has_a_reason()
    {
        var decisions = DecisionReplay.Run(await RushOf(1, faults: true));

        decisions.Count(decision => decision.Verdict is Verdict.Identical or Verdict.AsKnown).ShouldBeGreaterThan((int)(0.8 * decisions.Count));
        decisions.Where(decision => decision.Verdict != Verdict.Identical).ShouldAllBe(decision => decision.Reason != "");
    }

    [Fact]
    public async Task A_changed_policy_changes_some_decisions_and_everybody_has_an_outcome()
    {
        var report = ReplayReport.Of(
            await RushOf(1), new ChangedPolicy(ImmutableDictionary<string, PolicyChange>.Empty.Add(ChangedPolicy.AllQueues, new PolicyChange(StrategyName.LongestIdle, null, null))));

        var same = report.Modelled.ToDictionary(round => (round.Stint.TicketId, round.Stint.Round));
        report.Changed!.Count(round => same.TryGetValue((round.Stint.TicketId, round.Stint.Round), out var before) && before.AgentId != round.AgentId).ShouldBeGreaterThan(100);
        report.Changed!.ShouldAllBe(round => round.AgentId != null || round.GaveUp);
        var (journaled, modelled) = (WaitFigures.Journaled(report.Modelled), WaitFigures.Modelled(report.Modelled));
        modelled.Rounds.ShouldBeGreaterThanOrEqualTo(300);
        Math.Abs(modelled.Taken - journaled.Taken).ShouldBeLessThan(15);
    }

    [Fact]
    public async Task A_decision_that_was_changed_in_the_journal_is_told_of()
    {
        var history = await RushOf(1);
        var index = history.Tickets.ToList().FindIndex(100, happened => happened.Event is Offered { Explanation.Eligible: > 3 });
        var offered = (Offered)history.Tickets[index].Event;
        var other = Enumerable.Range(0, 12).Select(i => $"a{i}").First(agent => offered.Explanation!.Best.All(best => best.AgentId != agent));
        var changed = history.Tickets.ToArray();
        changed[index] = changed[index] with { Event = offered with { AgentId = other } };

        var decision = DecisionReplay.Run(history with { Tickets = changed }).Single(decision => decision.Journaled.Offered.AgentId == other && decision.Journaled.TicketId == changed[index].TicketId);

        decision.Verdict.ShouldBe(Verdict.Different);
        decision.Reason.ShouldContain(other);
    }

    private static async Task<History> RushOf(int seed, bool faults = false)
    {
        using var world = new CampusWorld(seed, new WorldOptions { Faults = faults });
        world.Run();
        return (await new HistoryReader(world.Tickets, world.Staff).Read("north", DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue))!;
    }
}
