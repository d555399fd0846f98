using CampusCare.Domain.Tickets;

namespace CampusCare.Domain.Replay;

/// <summary>One round of a ticket: it waits, an agent has it, the agent's slot is free again. A transfer or a reopening begins the next.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Round">1 for the first.</param>
/// <param name="Ticket">The ticket as it began to wait.</param>
/// <param name="ArrivedAt">When it began to wait.</param>
public sealed record Stint(string TicketId, int Round, Ticket Ticket, DateTimeOffset ArrivedAt)
{
    /// <summary>When it was offered to who took it.</summary>
    public DateTimeOffset? OfferedAt { get; init; }

    /// <summary>When somebody took it; null when nobody did in the span.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Who took it.</summary>
    public string? AgentId { get; init; }

    /// <summary>When it left the agent's slot, after-contact work included; null when it hasn't.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the customer gave up waiting.</summary>
    public DateTimeOffset? GaveUpAt { get; init; }

    /// <summary>How long the customer waited until somebody took it; null when nobody did.</summary>
    public TimeSpan? Waited => AcceptedAt - Ticket.WaitingSince;

    /// <summary>How long the agent took to answer the offer.</summary>
    public TimeSpan? AnswerTime => AcceptedAt - OfferedAt;

    /// <summary>How long it held the agent's slot once taken.</summary>
    public TimeSpan? HandleTime => EndedAt - AcceptedAt;

    /// <summary>All rounds of a history, each ticket's in their order.</summary>
    public static IReadOnlyList<Stint> Of(History history)
    {
        var stints = new List<Stint>();
        foreach (var ticket in history.Tickets.GroupBy(static happened => happened.TicketId))
            stints.AddRange(OfTicket(ticket.Key, ticket));
        return [.. stints.OrderBy(static stint => stint.ArrivedAt).ThenBy(static stint => stint.TicketId, StringComparer.Ordinal).ThenBy(static stint => stint.Round)];
    }

    private static List<Stint> OfTicket(string ticketId, IEnumerable<TicketHappened> events)
    {
        var stints = new List<Stint>();
        var ticket = Ticket.None;
        foreach (var (at, _, happened) in events)
        {
            var before = ticket;
            ticket = ticket.Apply(happened, at);
            if (stints.Count > 0) stints[^1] = stints[^1].After(happened, before, ticket, at);
            if (happened is Queued or Reopened or Transferred or Returned) stints.Add(new Stint(ticketId, stints.Count + 1, ticket, at));
        }
        return stints;
    }

    private Stint After(TicketEvent happened, Ticket before, Ticket after, DateTimeOffset at) => happened switch
    {
        Offered => this with { OfferedAt = at },
        Accepted accepted => this with { AcceptedAt = at, AgentId = accepted.AgentId },
        Closed when AcceptedAt is null => this with { GaveUpAt = at },
        _ when AcceptedAt is not null && EndedAt is null && ReplayedCampus.SlotOf(before) is not null && ReplayedCampus.SlotOf(after) is null => this with { EndedAt = at },
        _ => this,
    };
}
