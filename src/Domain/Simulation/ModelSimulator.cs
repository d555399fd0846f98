namespace CampusCare.Domain.Simulation;

/// <summary>
/// Simulates a model. The same model, number of replications and seed give the same report to the last bit, on any
/// machine and with any number of workers.
/// </summary>
public static class ModelSimulator
{
    /// <summary>More make no interval narrower that anybody would read.</summary>
    public const int MostReplications = 10_000_000;

    // Replications are counted in batches, so that memory is bounded and their order is kept.
    private const int Batch = 64;

    /// <param name="model">What to play.</param>
    /// <param name="replications">1–<see cref="MostReplications"/> independent days.</param>
    /// <param name="seed">Decides all chance.</param>
    /// <param name="workers">How many play days at once; 0 for as many as the machine has processors.</param>
    /// <param name="stop">Looked at between batches of replications.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static SimulationReport Run(ContactCenterModel model, int replications, long seed, int workers = 0, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replications, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(replications, MostReplications);
        var players = new Replication[Math.Clamp(workers > 0 ? workers : Environment.ProcessorCount, 1, Batch)];
        for (var worker = 0; worker < players.Length; worker++) players[worker] = new Replication(model, (ulong)seed);
        var tallies = new Tally[Math.Min(Batch, replications)];
        for (var i = 0; i < tallies.Length; i++) tallies[i] = new Tally(model);
        var statistics = new Statistics(model);
        for (var first = 0; first < replications; first += Batch)
        {
            stop.ThrowIfCancellationRequested();
            var (from, count) = (first, Math.Min(Batch, replications - first));
            Parallel.For(0, players.Length, worker =>
            {
                for (var i = worker; i < count; i += players.Length) players[worker].Run(from + i, tallies[i]);
            });
            for (var i = 0; i < count; i++) statistics.Add(tallies[i]);
        }
        return statistics.Report(seed);
    }
}
