using System.Collections.Frozen;
using CampusCare.Contracts.Tickets;

namespace CampusCare.Contracts.Webhooks;

/// <summary>What subscribers can hear of, by the names that they know, and the ticket events that these are.</summary>
public static class WebhookEvents
{
    /// <summary>Most subscriptions of a campus.</summary>
    public const int MaximumSubscriptions = 10;

    /// <summary>The longest address.</summary>
    public const int MaximumUrl = 1000;

    /// <summary>What a test tells.</summary>
    public const string Test = "test";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        [TicketEventTypes.Opened] = "ticket.opened",
        [TicketEventTypes.Queued] = "ticket.queued",
        [TicketEventTypes.Accepted] = "ticket.assigned",
        [TicketEventTypes.Message] = "ticket.message",
        [TicketEventTypes.Transferred] = "ticket.transferred",
        [TicketEventTypes.Returned] = "ticket.returned",
        [TicketEventTypes.Escalated] = "ticket.escalated",
        [TicketEventTypes.Resolved] = "ticket.resolved",
        [TicketEventTypes.Reopened] = "ticket.reopened",
        [TicketEventTypes.Rated] = "ticket.rated",
        [TicketEventTypes.Closed] = "ticket.closed",
        [TicketEventTypes.ClockMissed] = "clock.missed",
    }.ToFrozenDictionary();

    /// <summary>An incident was declared.</summary>
    public const string IncidentDeclared = "incident.declared";

    /// <summary>Something else is said of one.</summary>
    public const string IncidentChanged = "incident.changed";

    /// <summary>One is over.</summary>
    public const string IncidentEnded = "incident.ended";

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All { get; } = [.. Names.Values.Concat([IncidentDeclared, IncidentChanged, IncidentEnded]).Order(StringComparer.Ordinal)];

    /// <summary>The name of a ticket event; null for one that nobody outside hears of.</summary>
    public static string? NameOf(string type) => Names.GetValueOrDefault(type);
}
