namespace CampusCare.Domain.Forecasting;

/// <summary>How forecasts of nights in a row compare with what came.</summary>
/// <param name="Slots">How many slots were foretold, each night's two days.</param>
/// <param name="Wape">Sum of absolute errors over the sum of contacts.</param>
/// <param name="LastWeekWape">The same of "as in the same slot a week ago".</param>
/// <param name="InBand">
/// The part within the band that is meant to hold eight of ten, of slots that expect at least five contacts: of fewer, whole
/// numbers alone make any band hold more.
/// </param>
public sealed record Accuracy(int Slots, double Wape, double LastWeekWape, double InBand)
{
    private const int Week = 7 * SlotSeries.PerDay;
    private const double LeastForBand = 5;

    /// <summary>By which part the error is smaller than last week's.</summary>
    public double Better => 1 - Wape / LastWeekWape;

    /// <summary>Forecasts the last nights of a series of whole days, each as if at that midnight, and compares.</summary>
    /// <param name="series">What happened: contacts of all slots known.</param>
    /// <param name="foreseen">The same with rain as it was forecast; what a night may know of the days after it.</param>
    /// <param name="nights">How many, at least 1; the series has 16 days more.</param>
    public static Accuracy Of(SlotSeries series, SlotSeries foreseen, int nights)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(nights);
        ArgumentOutOfRangeException.ThrowIfLessThan(series.Count, (nights + 16) * SlotSeries.PerDay);
        double error = 0, lastWeek = 0, contacts = 0;
        int slots = 0, banded = 0, within = 0;
        for (var night = 0; night < nights; night++)
        {
            var from = (series.Count / SlotSeries.PerDay - 1 - nights + night) * SlotSeries.PerDay;
            var told = Forecast.Of(series.SeenAt(from, foreseen), from);
            for (var i = 0; i < told.Count; i++)
            {
                if (series[from + i].Contacts is not { } came) continue;
                error += Math.Abs(came - told[i].Expected);
                lastWeek += Math.Abs(came - (series[from + i - Week].Contacts ?? came));
                contacts += came;
                slots++;
                if (told[i].Expected < LeastForBand) continue;
                banded++;
                if (came >= told[i].Low && came <= told[i].High) within++;
            }
        }
        return new Accuracy(slots, error / contacts, lastWeek / contacts, (double)within / Math.Max(1, banded));
    }
}
