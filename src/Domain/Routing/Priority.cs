using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Routing;

/// <summary>Coarse order of tickets of one moment: no smaller reason lifts a ticket over a band.</summary>
public enum PriorityBand
{
    /// <summary>Can wait: praise, questions.</summary>
    Low,
    /// <summary>The usual.</summary>
    Normal,
    /// <summary>Somebody is stuck now.</summary>
    High,
    /// <summary>Health is at stake: food safety, a traffic injury.</summary>
    Safety,
}

/// <summary>Why a ticket may go before others.</summary>
/// <param name="Urgency">How soon a person should look.</param>
/// <param name="Category">What it is about.</param>
/// <param name="Sentiment">The mood of the message.</param>
/// <param name="Tier">What the customer was promised.</param>
/// <param name="Reopened">Whether we said once that it was solved, and it was not.</param>
public readonly record struct PriorityFactors(
    Urgency Urgency, Category Category, Sentiment Sentiment, CustomerTier Tier = CustomerTier.Standard, bool Reopened = false)
{
    /// <summary>The band that these factors put a ticket in.</summary>
    public PriorityBand Band => (Urgency, Category) switch
    {
        (Urgency.Critical, _) or (_, Category.FoodSafety) => PriorityBand.Safety,
        (Urgency.High, _) => PriorityBand.High,
        (Urgency.Normal, _) => PriorityBand.Normal,
        _ => PriorityBand.Low,
    };
}

/// <summary>
/// The order of a waiting line. The key is <c>waitingSince − weight</c> in milliseconds and never changes while the
/// ticket waits, so ageing costs nothing: a ticket with weight w is served like one that came w earlier. Nobody
/// starves: a ticket can only be overtaken by those that come within <see cref="MaximumWeight"/> after it.
/// </summary>
public static class Priority
{
    /// <summary>The bound of overtaking: the largest weight that factors can add up to.</summary>
    public static readonly TimeSpan MaximumWeight = TimeSpan.FromMinutes(45);

    /// <summary>Smaller is served earlier.</summary>
    public static long Key(DateTimeOffset waitingSince, PriorityFactors factors) => KeyOf(waitingSince - Weight(factors));

    /// <summary>
    /// As if the weightiest ticket of all came now, so before all that come later: for a ticket that returns to the head
    /// of its line because its agent vanished, or that missed a clock. Those who wait keep their bound, counted to this
    /// return.
    /// </summary>
    public static long HeadKey(DateTimeOffset now) => KeyOf(now - MaximumWeight);

    /// <summary>How much earlier the ticket is taken to have come: its band, and less than one band for all else.</summary>
    public static TimeSpan Weight(PriorityFactors factors)
    {
        var band = factors.Band;
        var minutes = MinutesOf(band) + MinutesOf(factors.Category);
        if (factors.Reopened) minutes += 3;
        if (factors.Sentiment == Sentiment.Negative) minutes += 1;
        // Where health is at stake, nobody's money goes first.
        if (factors.Tier == CustomerTier.Vip && band != PriorityBand.Safety) minutes += 3;
        return TimeSpan.FromMinutes(minutes);
    }

    private static int MinutesOf(PriorityBand band) => band switch
    {
        PriorityBand.Safety => 39,
        PriorityBand.High => 24,
        PriorityBand.Normal => 12,
        _ => 0,
    };

    // A meal on its way can still be saved, but not for long.
    private static int MinutesOf(Category category) => category switch
    {
        Category.FoodSafety => 2,
        Category.LateDelivery or Category.MissingItem or Category.WrongItem or Category.AddressAndContact => 1,
        _ => 0,
    };

    private static long KeyOf(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
