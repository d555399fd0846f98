namespace CampusCare.PeakHour;

/// <summary>Milliseconds, by nearest rank over every sample: nothing is bucketed or interpolated.</summary>
public sealed record Latency(double P50, double P95, double P99, double Max)
{
    /// <summary>The figures of these samples; all zero when there are none.</summary>
    public static Latency Of(IEnumerable<TimeSpan> samples)
    {
        var sorted = samples.Select(sample => sample.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0 ? new(0, 0, 0, 0) : new(Rank(0.50), Rank(0.95), Rank(0.99), Round(sorted[^1]));

        double Rank(double share) => Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1]);
    }

    private static double Round(double milliseconds) => Math.Round(milliseconds, 2);
}
