using System.Collections.Immutable;

namespace CampusCare.Domain.Tickets;

/// <summary>
/// What a command leads to: events to store, nothing (it was done before: repeating is harmless), or a named "no".
/// </summary>
public readonly record struct Decision(ImmutableArray<TicketEvent> Events, RefusalCode? No, string Detail, string? Field)
{
    /// <summary>Done before; the answer is the ticket as it stands.</summary>
    public static readonly Decision Nothing = new([], null, "", null);

    /// <summary>These events, in this order, all or none.</summary>
    public static Decision That(params ReadOnlySpan<TicketEvent> events) => new([.. events], null, "", null);

    /// <summary>Refused. <paramref name="detail"/> says what happened and what to do.</summary>
    public static Decision Refuse(RefusalCode code, string detail, string? field = null) => new([], code, detail, field);
}
