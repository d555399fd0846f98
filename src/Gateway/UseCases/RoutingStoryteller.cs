using System.Globalization;
using CampusCare.Contracts.Queues;
using CampusCare.Contracts.Tickets;
using CampusCare.Domain;
using CampusCare.Domain.Routing.Strategies;

namespace CampusCare.Gateway.UseCases;

/// <summary>Tells the story of a ticket's routing from its events.</summary>
internal sealed class RoutingStoryteller
{
    /// <summary>Who waits shorter didn't wait for anybody: finding and storing take so long.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    private readonly List<WaitingStretch> _waits = [];
    private readonly List<RoutingDecision> _decisions = [];
    private (DateTimeOffset Since, WaitBegan Why)? _waiting;

    /// <summary>The story so far.</summary>
    public static RoutingStory Of(TicketHistory history)
    {
        var teller = new RoutingStoryteller();
        foreach (var happened in history.Events) teller.Hear(happened);
        if (teller._waiting is { } waiting) teller._waits.Add(new WaitingStretch(waiting.Since, null, waiting.Why, null, "It waits until somebody who fits has room."));
        return new RoutingStory(history.Ticket.TicketId, [.. teller._waits], [.. teller._decisions]);
    }

    private void Hear(TicketEventView happened)
    {
        switch (happened.Type)
        {
            case TicketEventTypes.Queued:
                _waiting ??= (happened.At, WaitBegan.Arrived);
                break;
            case TicketEventTypes.Reopened:
                _waiting = (happened.At, WaitBegan.Reopened);
                break;
            case TicketEventTypes.Transferred:
                _waiting = (happened.At, WaitBegan.HandedOver);
                break;
            case TicketEventTypes.Returned:
                _waiting = (happened.At, WaitBegan.AgentGone);
                break;
            case TicketEventTypes.Offered:
                EndWait(happened.At, WaitEnded.Offered, WaitedFor(happened));
                _decisions.Add(new RoutingDecision(
                    happened.Seq, happened.At, happened.AuthorId!, happened.AuthorName, happened.Explanation,
                    Words(happened.Explanation) ?? happened.Detail ?? "", ReservationState.Pending, null, null));
                break;
            case TicketEventTypes.Accepted:
                EndOffer(happened, ReservationState.Accepted);
                break;
            case TicketEventTypes.OfferRejected:
                WaitAgain(happened, ReservationState.Rejected, WaitBegan.Declined);
                break;
            case TicketEventTypes.OfferTimedOut:
                WaitAgain(happened, ReservationState.TimedOut, WaitBegan.Missed);
                break;
            case TicketEventTypes.OfferRescinded:
                WaitAgain(happened, ReservationState.Rescinded, WaitBegan.TakenBack);
                break;
            case TicketEventTypes.Closed:
                EndOffer(happened, ReservationState.Canceled);
                EndWait(happened.At, WaitEnded.Closed, "It was closed before somebody who fits had room.");
                break;
        }
    }

    private void WaitAgain(TicketEventView happened, ReservationState how, WaitBegan began)
    {
        EndOffer(happened, how);
        _waiting = (happened.At, began);
    }

    private void EndOffer(TicketEventView happened, ReservationState how)
    {
        if (_decisions is [.., { Outcome: ReservationState.Pending } last])
            _decisions[^1] = last with { Outcome = how, EndedAt = happened.At, Reason = how == ReservationState.Accepted ? null : happened.Detail };
    }

    private void EndWait(DateTimeOffset at, WaitEnded how, string why)
    {
        if (_waiting is { } waiting) _waits.Add(new WaitingStretch(waiting.Since, at, waiting.Why, how, why));
        _waiting = null;
    }

    private string WaitedFor(TicketEventView offered)
    {
        if (_waiting is not { } waiting || offered.At - waiting.Since < AtOnce) return "Somebody who fits had room at once.";
        return offered.Explanation switch
        {
            { Ring: > 0 } why => string.Create(CultureInfo.InvariantCulture, $"Nobody who fits had room until it asked for less (ring {why.Ring})."),
            { Eligible: 1 } => $"It waited until {offered.AuthorId} had room; nobody else who fits had.",
            _ => "It waited for its turn, until somebody who fits had room.",
        };
    }

    private static string? Words(MatchExplanation? why)
    {
        if (why is not { Best: [var chosen, .. var others] }) return null;
        var words = string.Create(CultureInfo.InvariantCulture,
            $"{Words(why.Strategy)} of {why.Eligible} who could take it{(why.Ring == 0 ? "" : $" once it asked for less (ring {why.Ring})")}: {Words(chosen)}.");
        return others.IsEmpty ? words : $"{words} Next: {string.Join("; ", others.Select(Words))}.";
    }

    private static string Words(CandidateScore agent) => string.Create(CultureInfo.InvariantCulture,
        $"{agent.AgentId} with {agent.Score:0.##} ({string.Concat(agent.Levels.Select(static has => $"{has.Skill} {has.Level}, "))}load {100 * agent.Load:0} %, record {agent.Merit:+0.##;-0.##;0})");

    private static string Words(StrategyName strategy) => strategy switch
    {
        StrategyName.BestMatch => "The best match",
        StrategyName.LongestIdle => "The longest idle",
        StrategyName.RoundRobin => "The next in turn",
        StrategyName.LeastLoaded => "The least loaded",
        _ => strategy.ToString(),
    };
}
