namespace CampusCare.Domain.Routing;

/// <summary>EWT: how long the ticket at a position will wait.</summary>
public static class ExpectedWait
{
    /// <summary>
    /// Position over the rate at which the agents finish: <c>position × handleTime ÷ slots</c>. A mean-value estimate
    /// (Little's law on the line before the ticket); null without slots.
    /// </summary>
    /// <param name="position">1 for the next one.</param>
    /// <param name="slots">Slots of agents at work, free or not.</param>
    /// <param name="free">Slots that are free now: the line before them is served at once.</param>
    /// <param name="handleTime">Mean time that a ticket holds a slot.</param>
    public static TimeSpan? Of(int position, int slots, int free, TimeSpan handleTime) =>
        slots <= 0 ? null
        : position <= free ? TimeSpan.Zero
        : (position - free) * handleTime / slots;
}
