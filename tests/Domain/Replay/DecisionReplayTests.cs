using CampusCare.Domain.Replay;
using CampusCare.Domain.Routing;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Domain.Tickets;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Tests.Replay;

/// <summary>Decisions made again from what the journals tell.</summary>
public sealed class DecisionReplayTests
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;

    [Theory]
    [InlineData(StrategyName.BestMatch)]
    [InlineData(StrategyName.LongestIdle)]
    [InlineData(StrategyName.LeastLoaded)]
    public void Where_queues_hear_everything_at_once_all_decisions_are_identical(StrategyName strategy)
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var decisions = DecisionReplay.Run(new DayMaker(seed, AtOnce, strategy).Make(agents: 8, contacts: 200));

            decisions.Count.ShouldBeGreaterThanOrEqualTo(200);
            decisions.ShouldAllBe(decision => decision.Verdict == Verdict.Identical);
        }
    }

    [Fact]
    public void Where_words_are_under_way_each_difference_has_its_reason()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var decisions = DecisionReplay.Run(new DayMaker(seed, TimeSpan.FromSeconds(4)).Make(agents: 8, contacts: 200));

            decisions.ShouldNotContain(decision => decision.Verdict == Verdict.Different);
            var late = decisions.Where(decision => decision.Verdict == Verdict.AsKnown).ToList();
            late.ShouldNotBeEmpty();
            late.ShouldAllBe(decision => decision.Reason.Contains("under way"));
        }
    }

    [Fact]
    public void Another_agent_than_the_rules_choose_is_seen()
    {
        var history = new DayMaker(1, AtOnce).Make(agents: 8, contacts: 100);
        foreach (var index in OffersOf(history).Where((_, i) => i % 7 == 0))
        {
            var offered = (Offered)history.Tickets[index].Event;
            var other = offered.AgentId == "a0" ? "a1" : "a0";

            var decision = Replayed(history, index, offered with { AgentId = other });

            decision.Verdict.ShouldBe(Verdict.Different);
            decision.Reason.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Other_figures_than_the_rules_compute_are_seen()
    {
        var history = new DayMaker(2, AtOnce).Make(agents: 8, contacts: 100);
        foreach (var index in OffersOf(history).Where((_, i) => i % 7 == 0))
        {
            var offered = (Offered)history.Tickets[index].Event;
            var why = offered.Explanation!;
            var flattered = why.Best.SetItem(0, why.Best[0] with { Score = why.Best[0].Score + 0.1 });

            Replayed(history, index, offered with { Explanation = why with { Best = flattered } }).Verdict.ShouldBe(Verdict.Different);
            Replayed(history, index, offered with { Explanation = why with { Ring = why.Ring + 1 } }).Verdict.ShouldBe(Verdict.Different);
            Replayed(history, index, offered with { Explanation = why with { Strategy = StrategyName.LeastLoaded } }).Verdict.ShouldBe(Verdict.Different);
        }
    }

    [Fact]
    public void A_record_that_the_agent_tells_a_little_later_counts()
    {
        var history = new DayMaker(2, AtOnce).Make(agents: 8, contacts: 100);
        var index = OffersOf(history).ElementAt(50);
        var (at, offered) = (history.Tickets[index].At, (Offered)history.Tickets[index].Event);
        var chosen = offered.Explanation!.Best[0];
        // Faster by so much, and as good, as makes the best still better.
        var record = new Experience(Category.LateDelivery, 30, 1, 9);
        var merit = new AgentRecord(record.HandleSeconds, record.SolvedAtFirst, record.Count).Merit;
        var better = chosen with { Merit = merit, Score = chosen.Score - chosen.Merit + merit };
        var changed = offered with { Explanation = offered.Explanation with { Best = offered.Explanation.Best.SetItem(0, better) } };
        var told = history with { Staff = [.. history.Staff, new StaffHappened(at.AddSeconds(3), offered.AgentId, new RecordsSet([record]))] };

        Replayed(history, index, changed).Verdict.ShouldBe(Verdict.Different);
        Replayed(told, index, changed).ShouldSatisfyAllConditions(
            decision => decision.Verdict.ShouldBe(Verdict.AsKnown),
            decision => decision.Reason.ShouldContain("under way"));
    }

    [Fact]
    public void A_ticket_out_of_its_turn_is_seen()
    {
        var history = new DayMaker(3, AtOnce).Make(agents: 4, contacts: 100);
        var line = DecisionReplay.Run(history).ToDictionary(decision => decision.Journaled.TicketId + decision.Journaled.At);
        var seen = 0;
        foreach (var waited in line.Values.Where(decision => decision.Journaled.At - DayMaker.Noon > TimeSpan.FromSeconds(120)).Take(40))
        {
            // Whoever was queued with it and came before it should have been served: here it pretends to have come last.
            var tickets = history.Tickets.Select(happened => happened.TicketId == waited.Journaled.TicketId && happened.Event is Queued queued
                ? happened with { Event = queued with { PriorityKey = long.MaxValue } }
                : happened).ToList();
            var result = DecisionReplay.Run(history with { Tickets = tickets }).First(decision => decision.Journaled.TicketId == waited.Journaled.TicketId);
            if (result.Verdict != Verdict.Different) continue;
            result.Reason.ShouldContain("came before it");
            seen++;
        }
        seen.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Without_the_staff_journal_nothing_is_pretended()
    {
        var history = new DayMaker(4, AtOnce).Make(agents: 4, contacts: 20);

        DecisionReplay.Run(history with { Staff = [] }).ShouldAllBe(decision => decision.Verdict == Verdict.NotComparable && decision.Reason != "");
        var first = OffersOf(history).First();
        Replayed(history, first, (Offered)history.Tickets[first].Event with { AgentId = "south/a1" }).Reason.ShouldContain("lent");
    }

    [Fact]
    public void Only_decisions_of_the_span_are_told_of()
    {
        var history = new DayMaker(5, AtOnce).Make(agents: 8, contacts: 100);

        var late = DecisionReplay.Run(history with { From = DayMaker.Noon.AddSeconds(150) });

        late.Count.ShouldBeInRange(20, 90);
        late.ShouldAllBe(decision => decision.Journaled.At >= DayMaker.Noon.AddSeconds(150) && decision.Verdict == Verdict.Identical);
    }

    private static IEnumerable<int> OffersOf(History history) =>
        Enumerable.Range(0, history.Tickets.Count).Where(index => history.Tickets[index].Event is Offered);

    // The decision whose stored offer was changed.
    private static ReplayedDecision Replayed(History history, int index, Offered changed)
    {
        var tickets = history.Tickets.ToList();
        tickets[index] = tickets[index] with { Event = changed };
        // Who accepts is who was offered it.
        for (var later = index + 1; later < tickets.Count; later++)
            if (tickets[later].TicketId == tickets[index].TicketId && tickets[later].Event is Accepted accepted && accepted.ReservationId == changed.ReservationId)
                tickets[later] = tickets[later] with { Event = accepted with { AgentId = changed.AgentId } };
        return DecisionReplay.Run(history with { Tickets = tickets }).Single(decision => decision.Journaled.Offered == changed);
    }
}
