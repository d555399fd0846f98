using System.Collections.Immutable;
using CampusCare.Domain.Routing;
using CampusCare.Domain.ServiceLevels;

namespace CampusCare.Domain.Tickets;

/// <summary>Who is asked after the line that has a ticket: a queue with what its agents must know, or the product team.</summary>
/// <param name="Queue">The next line; null: there is none.</param>
/// <param name="Requirements">What its agents must know.</param>
/// <param name="NextDueAt">When the line after it is asked; null: never.</param>
/// <param name="ToProduct">Whether the product team can be told when there is no next line.</param>
public sealed record NextTier(string? Queue, ImmutableArray<SkillLevel> Requirements, DateTimeOffset? NextDueAt, bool ToProduct);

/// <summary>Clocks that run out.</summary>
public static partial class TicketRules
{
    /// <summary>How many lines are asked in turn; a circle of lines ends here.</summary>
    public const int MaximumEscalations = 4;

    /// <summary>How often the product team's endpoint is tried.</summary>
    public const int MaximumProductAttempts = 8;

    private static readonly TimeSpan FirstProductDelay = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What has run out by now. A waiting ticket goes to the head of its line; one whose line had its time is handed to
    /// the next. An offer under way is let end first.
    /// </summary>
    public static Decision ClocksDue(Ticket ticket, NextTier next, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<TicketEvent>();
        long? key = ticket.Phase is TicketPhase.Waiting or TicketPhase.Offered ? Math.Min(ticket.PriorityKey, Priority.HeadKey(now)) : null;
        foreach (var clock in ticket.Clocks)
        {
            if (clock.State != ClockState.Active || clock.DueAt > now || clock.Kind is ClockKind.Product or ClockKind.Reply or ClockKind.Payment) continue;
            if (clock.Kind != ClockKind.Tier) events.Add(new ClockMissed(clock.Kind, clock.DueAt, key));
            else if (ticket.Phase is TicketPhase.Waiting or TicketPhase.Assigned) events.Add(Escalate(ticket, next, key ?? ticket.PriorityKey));
        }
        return events.Count == 0 ? Decision.Nothing : Decision.That([.. events]);
    }

    private static Escalated Escalate(Ticket ticket, NextTier next, long key)
    {
        var tier = ticket.Escalations + 1;
        return next.Queue is null || tier > MaximumEscalations
            ? new Escalated(tier, null, Moves: false, key, [], null, next.ToProduct)
            : new Escalated(tier, next.Queue, ticket.Phase == TicketPhase.Waiting, key, next.Requirements, next.NextDueAt);
    }

    /// <summary>How an attempt to tell the product team ended. Attempts wait twice as long each time, then end.</summary>
    public static Decision TellProduct(Ticket ticket, bool taken, DateTimeOffset now)
    {
        if (ticket.Clocks.Running(ClockKind.Product) is null) return Decision.Nothing;
        var attempts = ticket.ProductAttempts + 1;
        return taken || attempts >= MaximumProductAttempts
            ? Decision.That(new ProductTold(taken, attempts))
            : Decision.That(new ProductDelayed(attempts, now + FirstProductDelay * (1 << attempts)));
    }
}
