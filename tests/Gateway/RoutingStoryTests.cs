using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Routing.Strategies;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Tests;

/// <summary>Why this agent, why this wait: told from a ticket's events.</summary>
public sealed class RoutingStoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly List<TicketEventView> _events = [];

    [Fact]
    public void Each_wait_has_a_begin_an_end_and_a_reason_and_each_offer_its_outcome()
    {
        Happens(0, TicketEventTypes.Opened);
        Happens(0, TicketEventTypes.Queued);
        Offered(0.01, "a1", ring: 0, eligible: 3);
        Happens(5, TicketEventTypes.OfferRejected, "busy");
        Offered(25, "a2", ring: 1, eligible: 2);
        Happens(45, TicketEventTypes.OfferTimedOut);
        Offered(60, "a3", ring: 0, eligible: 1);
        Happens(61, TicketEventTypes.Accepted);
        Happens(80, TicketEventTypes.Resolved);
        Happens(90, TicketEventTypes.Reopened);

        var story = Story();

        story.Decisions.Select(decision => (decision.AgentId, decision.Outcome, decision.Reason)).ShouldBe(
            [("a1", ReservationState.Rejected, "busy"), ("a2", ReservationState.TimedOut, null), ("a3", ReservationState.Accepted, null)]);
        story.Decisions[2].EndedAt.ShouldBe(Noon.AddSeconds(61));
        story.Decisions[0].Why.ShouldBe("The best match of 3 who could take it: a1 with 0.8 (food 4, load 25 %, record +0.05). Next: other with 0.5 (food 3, load 0 %, record 0).");
        story.Waits.Select(wait => ((wait.Since - Noon).TotalSeconds, (wait.Until - Noon)?.TotalSeconds, wait.Began, wait.Ended)).ShouldBe(
        [
            (0, 0.01, WaitBegan.Arrived, WaitEnded.Offered),
            (5, 25, WaitBegan.Declined, WaitEnded.Offered),
            (45, 60, WaitBegan.Missed, WaitEnded.Offered),
            (90, null, WaitBegan.Reopened, (WaitEnded?)null),
        ]);
        story.Waits.Select(wait => wait.Why).ShouldBe(
        [
            "Somebody who fits had room at once.",
            "Nobody who fits had room until it asked for less (ring 1).",
            "It waited until a3 had room; nobody else who fits had.",
            "It waits until somebody who fits has room.",
        ]);
    }

    [Fact]
    public void Who_gives_up_ends_the_wait_and_takes_the_offer_back()
    {
        Happens(0, TicketEventTypes.Queued);
        Happens(30, TicketEventTypes.Closed, "givenUp");
        Story().Waits.ShouldHaveSingleItem().Ended.ShouldBe(WaitEnded.Closed);

        _events.Clear();
        Happens(0, TicketEventTypes.Queued);
        Offered(3, "a1", ring: 0, eligible: 2);
        Happens(4, TicketEventTypes.Closed, "givenUp");
        Story().Decisions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            decision => decision.Outcome.ShouldBe(ReservationState.Canceled),
            decision => decision.EndedAt.ShouldBe(Noon.AddSeconds(4)));
    }

    private RoutingStory Story() => RoutingStoryteller.Of(new TicketHistory(LiveParts.Ticket(_events.Count), [.. _events]));

    private void Happens(double second, string type, string? detail = null) => _events.Add(new(_events.Count + 1, Noon.AddSeconds(second), type, Detail: detail));

    private void Offered(double second, string agent, int ring, int eligible)
    {
        CandidateScore[] best = [new(agent, 0.8, 0.25, 0.05, [new SkillNeed("food", 4)]), new("other", 0.5, 0, 0, [new SkillNeed("food", 3)])];
        _events.Add(new(
            _events.Count + 1, Noon.AddSeconds(second), TicketEventTypes.Offered, Author.Agent, agent, "小林",
            Explanation: new MatchExplanation(StrategyName.BestMatch, ring, eligible, [.. best.Take(eligible)])));
    }
}
