namespace CampusCare.PathBenchmark;

/// <summary>What was measured of one way.</summary>
/// <param name="What">The way.</param>
/// <param name="PerSecond">Contacts (or rows) a second, the last one assigned (or stored).</param>
/// <param name="Waits">How long each answer took, in milliseconds.</param>
/// <param name="ServerMs">Processor time of our (or the compared) server, each, in milliseconds; 0 where there is none.</param>
/// <param name="DatabaseMs">Processor time of PostgreSQL, each, in milliseconds; 0 where there is none.</param>
internal sealed record Figure(string What, double PerSecond, IReadOnlyList<double> Waits, double ServerMs, double DatabaseMs)
{
    public double Percentile(double share)
    {
        var sorted = Waits.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>The same thing measured twice.</summary>
    public Figure And(Figure again) => new(
        What, (PerSecond + again.PerSecond) / 2, [.. Waits, .. again.Waits], (ServerMs + again.ServerMs) / 2, (DatabaseMs + again.DatabaseMs) / 2);
}
