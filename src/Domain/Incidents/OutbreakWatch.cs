using CampusCare.Domain.Forecasting;

namespace CampusCare.Domain.Incidents;

/// <summary>
/// Whether more people than usual come about one thing. A suspicion begins when those of the last two minutes are at least
/// five, at least three times as many as usual, and more than come by chance once in ten million looks; on a day, or in a
/// rush, in which people come about everything, as many more are usual. It ends when they were near that for three minutes
/// on end, so that what goes up and down is one suspicion.
/// </summary>
/// <param name="Since">When the suspicion that goes on arose; null when there is none.</param>
/// <param name="CalmSince">Since when as many come as usual again, while it goes on.</param>
public sealed record OutbreakWatch(DateTimeOffset? Since, DateTimeOffset? CalmSince)
{
    /// <summary>Nothing unusual.</summary>
    public static readonly OutbreakWatch Quiet = new(null, null);

    /// <summary>The time over which people are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(2);

    /// <summary>How often it is looked at.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>How long as many come as usual until a suspicion is over.</summary>
    public static readonly TimeSpan Calm = TimeSpan.FromMinutes(3);

    /// <summary>Of what is usual, from which on it is suspicious.</summary>
    public const double Factor = 3;

    /// <summary>Of what is usual, up to which a suspicion calms down.</summary>
    public const double CalmFactor = 1.5;

    /// <summary>Fewer people in two minutes need nobody to be told.</summary>
    public const int LeastPeople = 5;

    private const double NoChance = 1 - 1e-7, Usual = 0.9;

    /// <summary>The next look.</summary>
    /// <param name="at">When.</param>
    /// <param name="came">People who came about it in the last <see cref="Window"/>.</param>
    /// <param name="usual">How many usually do.</param>
    public OutbreakWatch Seen(DateTimeOffset at, int came, Expectation usual)
    {
        if (Since is null)
            return came >= LeastPeople && came >= Factor * usual.Mean && came > new NegativeBinomial(usual.Mean, usual.Spread).Quantile(NoChance) ? new OutbreakWatch(at, null) : this;
        if (came > Math.Max(CalmFactor * usual.Mean, new NegativeBinomial(usual.Mean, usual.Spread).Quantile(Usual))) return CalmSince is null ? this : this with { CalmSince = null };
        var calm = CalmSince ?? at;
        return at - calm >= Calm ? Quiet : this with { CalmSince = calm };
    }
}

/// <summary>How many people usually come: a negative binomial count.</summary>
/// <param name="Mean">Above 0.</param>
/// <param name="Spread">0 on, see <see cref="NegativeBinomial"/>.</param>
public readonly record struct Expectation(double Mean, double Spread);
