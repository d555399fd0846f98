using CampusCare.Domain.Tickets;

namespace CampusCare.Domain.Tests.Tickets;

/// <summary>A ticket, one decision further.</summary>
internal static class TicketSteps
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 17, 30, 0, TimeSpan.Zero);

    /// <summary>The decision must be one, and lead to something.</summary>
    public static Ticket Must(Ticket ticket, Decision decision, DateTimeOffset? at = null)
    {
        decision.No.ShouldBeNull(decision.Detail);
        decision.Events.ShouldNotBeEmpty();
        return Apply(ticket, decision, at ?? Start);
    }

    public static Ticket Apply(Ticket ticket, Decision decision, DateTimeOffset at) =>
        decision.Events.Aggregate(ticket, (state, happened) => state.Apply(happened, at));
}
