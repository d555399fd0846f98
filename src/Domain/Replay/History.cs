using CampusCare.Domain.Tickets;

namespace CampusCare.Domain.Replay;

/// <summary>An event of a ticket, as the journal has it.</summary>
public readonly record struct TicketHappened(DateTimeOffset At, string TicketId, TicketEvent Event);

/// <summary>An event of the staff journal; without an agent it concerns the campus.</summary>
public readonly record struct StaffHappened(DateTimeOffset At, string? AgentId, StaffEvent Event);

/// <summary>
/// What a campus's journals tell of a span, and of before it as far as it matters: events of tickets that were open, and
/// the last words about staff and queues. Both lists in the order of time.
/// </summary>
/// <param name="From">Decisions from here on are compared.</param>
/// <param name="To">The end, excluded.</param>
/// <param name="Tickets">Each ticket's events are complete from its first one on, and in their order.</param>
/// <param name="Staff">Likewise for each agent, from some word on.</param>
public sealed record History(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<TicketHappened> Tickets, IReadOnlyList<StaffHappened> Staff);

/// <summary>A decision of a queue, as the journal tells it.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="At">When it was decided: a little before the offer was stored.</param>
/// <param name="Offered">What was stored.</param>
/// <param name="Queue">The ticket's queue.</param>
/// <param name="PriorityKey">The ticket's place in the line.</param>
public sealed record JournaledDecision(string TicketId, DateTimeOffset At, Offered Offered, string Queue, long PriorityKey);

/// <summary>One thing that happened: exactly one of the three is there. Events of a ticket that were stored together are one step.</summary>
internal readonly record struct Step(DateTimeOffset At, StaffHappened? Staff, IReadOnlyList<TicketHappened>? Ticket, JournaledDecision? Decision)
{
    /// <summary>
    /// A history step by step, with each decision before the offer that came of it. At one moment, what queues knew comes
    /// first, then their decisions in the order of their lines, then what came of them.
    /// </summary>
    public static IReadOnlyList<Step> Of(History history)
    {
        var steps = history.Staff.Select(static happened => new Step(happened.At, happened, null, null))
            .Concat(Appends(history))
            .Concat(DecisionsOf(history).Select(static decision => new Step(decision.At, null, null, decision)));
        return
        [
            .. steps.OrderBy(static step => step.At).ThenBy(static step => step.Rank)
                .ThenBy(static step => step.Decision?.Queue, StringComparer.Ordinal)
                .ThenBy(static step => step.Decision?.PriorityKey)
                .ThenBy(static step => step.Decision?.TicketId, StringComparer.Ordinal),
        ];
    }

    private int Rank => Decision is not null ? 1 : ComesOfADecision ? 2 : 0;

    // What happened to the ticket at the moment of its offer happened after the decision.
    private bool ComesOfADecision { get; init; }

    // An offer begins an append of its own; an acceptance in the agent's name is stored with it.
    private static IEnumerable<Step> Appends(History history)
    {
        var append = new List<TicketHappened>();
        var offered = new Dictionary<string, DateTimeOffset>();
        foreach (var happened in history.Tickets)
        {
            if (append.Count > 0 && (append[0].TicketId != happened.TicketId || append[0].At != happened.At || happened.Event is Offered))
            {
                yield return StepOf(append, offered);
                append = [];
            }
            append.Add(happened);
        }
        if (append.Count > 0) yield return StepOf(append, offered);
    }

    private static Step StepOf(List<TicketHappened> append, Dictionary<string, DateTimeOffset> offered)
    {
        var (at, ticketId, first) = append[0];
        if (first is Offered) offered[ticketId] = at;
        return new Step(at, null, append, null) { ComesOfADecision = offered.TryGetValue(ticketId, out var last) && last == at };
    }

    private static IEnumerable<JournaledDecision> DecisionsOf(History history)
    {
        var tickets = new Dictionary<string, Tickets.Ticket>();
        var policies = history.Staff.Where(static happened => happened.Event is QueuesSet).ToArray();
        foreach (var happened in history.Tickets)
        {
            var before = tickets.GetValueOrDefault(happened.TicketId, Tickets.Ticket.None);
            tickets[happened.TicketId] = before.Apply(happened.Event, happened.At);
            if (happened.Event is not Offered offered) continue;
            yield return new JournaledDecision(
                happened.TicketId, DecidedAt(offered, happened.At, OfferTime(policies, before.Queue, happened.At)), offered, before.Queue, before.PriorityKey);
        }
    }

    // The deadline was set at the decision. Where it can't be (other settings by then), the time of storing is near enough.
    private static DateTimeOffset DecidedAt(Offered offered, DateTimeOffset storedAt, TimeSpan? offerTime) =>
        offerTime is { } time && Cut(offered.ExpiresAt - time) is var decidedAt && decidedAt <= storedAt && storedAt - decidedAt < LongestWay
            ? decidedAt
            : storedAt;

    // The journal's own times are cut to microseconds, those within events are not.
    private static DateTimeOffset Cut(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));

    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(10);

    private static TimeSpan? OfferTime(IReadOnlyList<StaffHappened> policies, string queue, DateTimeOffset at) =>
        policies.LastOrDefault(happened => happened.At <= at).Event is QueuesSet set && set.Queues.FirstOrDefault(policy => policy.Queue == queue) is { } policy
            ? TimeSpan.FromSeconds(policy.OfferSeconds)
            : null;
}
