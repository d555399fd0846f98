using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Routing;

/// <summary>
/// The order of a waiting line. The key is <c>waitingSince − weight</c> in milliseconds and never changes while the
/// ticket waits, so ageing costs nothing: a ticket with weight w is served like one that came w earlier. Nobody
/// starves: a ticket can only be overtaken by those that come within <see cref="MaximumWeight"/> after it.
/// </summary>
public static class Priority
{
    /// <summary>The bound of overtaking.</summary>
    public static readonly TimeSpan MaximumWeight = TimeSpan.FromMinutes(45);

    /// <summary>Smaller is served earlier.</summary>
    public static long Key(DateTimeOffset waitingSince, Urgency urgency, Category category, bool reopened = false) =>
        waitingSince.ToUnixTimeMilliseconds() - (long)Weight(urgency, category, reopened).TotalMilliseconds;

    /// <summary>How much earlier the ticket is taken to have come.</summary>
    public static TimeSpan Weight(Urgency urgency, Category category, bool reopened)
    {
        var weight = urgency switch
        {
            Urgency.Critical => TimeSpan.FromMinutes(30),
            Urgency.High => TimeSpan.FromMinutes(10),
            Urgency.Normal => TimeSpan.FromMinutes(2),
            _ => TimeSpan.Zero,
        };
        if (category == Category.FoodSafety) weight += TimeSpan.FromMinutes(10);
        if (reopened) weight += TimeSpan.FromMinutes(5);
        return weight < MaximumWeight ? weight : MaximumWeight;
    }
}
