using CampusCare.Domain.Staffing;

namespace CampusCare.Domain.Routing;

/// <summary>A queue that other campuses of its region ask for help, as it stands.</summary>
/// <param name="ArrivalsPerSecond">Its own, see <see cref="ArrivalRate"/>.</param>
/// <param name="HandleTime">Mean time that a ticket holds a slot.</param>
/// <param name="Patience">How long its customers are willing to wait, on average: 1/θ of <see cref="AbandonmentRate"/>.</param>
/// <param name="Slots">Of its agents at work, lent ones too.</param>
/// <param name="Lent">Slots that serve other campuses now.</param>
/// <param name="Waiting">Its own tickets in line.</param>
public readonly record struct LenderLoad(
    double ArrivalsPerSecond, TimeSpan HandleTime, TimeSpan Patience, int Slots, int Lent, int Waiting);

/// <summary>
/// A queue lends agents only while its own service level holds without them. It is projected by Erlang A with slots as
/// servers: an agent with three chats counts as three, each as slow as chats are when three go on at once. Lending asks
/// for more than taking back does, so that agents don't go to and fro.
/// </summary>
/// <param name="Target">The part of arrivals to be answered in time.</param>
/// <param name="Within">In time.</param>
/// <param name="Margin">How much above the target it must be to lend.</param>
public sealed record Lending(double Target, TimeSpan Within, double Margin = 0.05)
{
    /// <summary>80 % in 20 s.</summary>
    public static readonly Lending Default = new(0.8, TimeSpan.FromSeconds(20));

    /// <summary>The most slots that are lent at one asking: more are asked for again, at the load of then.</summary>
    public const int MaximumAtOnce = 32;

    /// <summary>How many more slots can be lent now. None while its own customers wait; never the last slot.</summary>
    public int CanLend(LenderLoad load)
    {
        if (load.Waiting > 0) return 0;
        var least = Target + Margin;
        int no = 0, yes = Math.Min(MaximumAtOnce, load.Slots - load.Lent - 1);
        if (yes <= 0 || Bears(load, yes, least)) return Math.Max(0, yes);
        // Fewer slots never answer better: the largest loan that is borne lies below the first that is not.
        for (var refused = yes; refused - no > 1;)
        {
            var middle = (no + refused) / 2;
            if (Bears(load, middle, least)) no = middle;
            else refused = middle;
        }
        return no;
    }

    /// <summary>How many lent slots must come home now: as few as the target needs.</summary>
    public int TakeBack(LenderLoad load)
    {
        int few = 0, enough = load.Lent;
        if (load.Lent == 0 || Bears(load, 0, Target)) return 0;
        while (enough - few > 1)
        {
            var middle = (few + enough) / 2;
            if (Bears(load, -middle, Target)) enough = middle;
            else few = middle;
        }
        return enough;
    }

    /// <summary>What is wrong with it, in words; null when nothing is.</summary>
    public string? Fault() =>
        Target is not (> 0 and <= 1) ? "The target of lending is a part of arrivals, above 0 and at most 1."
        : Within < TimeSpan.Zero ? "The time of lending's target can't be negative."
        : Margin is not (>= 0 and < 1) ? "The margin of lending is from 0 to below 1."
        : null;

    // The long run by Erlang A; a surge of this minute shows in the line before it shows in the rate.
    private bool Bears(LenderLoad load, int more, double least)
    {
        var slots = load.Slots - load.Lent - more;
        if (slots <= 0) return false;
        if (load.Waiting > 0 && ExpectedWait.Of(load.Waiting, slots, 0, load.HandleTime)!.Value.Expected > Within) return false;
        return load.ArrivalsPerSecond <= 0 || ServiceLevel(load, slots) >= least;
    }

    private double ServiceLevel(LenderLoad load, int slots) =>
        new ErlangA(load.ArrivalsPerSecond, load.HandleTime.TotalSeconds, load.Patience.TotalSeconds, slots)
            .ServiceLevelAnswered(Within.TotalSeconds);
}
