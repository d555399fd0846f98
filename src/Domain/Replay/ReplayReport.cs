namespace CampusCare.Domain.Replay;

/// <summary>What a replay found.</summary>
/// <param name="Decisions">Each journaled decision beside the one of the rules.</param>
/// <param name="Modelled">Each round under the policy of that time, as the model plays it: what the changed policy is to be set beside.</param>
/// <param name="Changed">Each round under the changed policy; null without one. A round that follows another one may be missing where that one was given up.</param>
public sealed record ReplayReport(
    IReadOnlyList<ReplayedDecision> Decisions, IReadOnlyList<ModelledStint> Modelled, IReadOnlyList<ModelledStint>? Changed)
{
    /// <summary>Replays a history and, if there is one, plays it under a changed policy.</summary>
    public static ReplayReport Of(History history, ChangedPolicy? policy) => new(
        DecisionReplay.Run(history),
        PolicyRun.Run(history, ChangedPolicy.None),
        policy is null ? null : PolicyRun.Run(history, policy));

    /// <summary>How many decisions came out so.</summary>
    public int Count(Verdict verdict) => Decisions.Count(decision => decision.Verdict == verdict);
}

/// <summary>Waits of some rounds.</summary>
/// <param name="Rounds">How many.</param>
/// <param name="Taken">How many somebody took.</param>
/// <param name="GaveUp">How many customers gave up.</param>
/// <param name="MeanSeconds">ASA: mean wait of those taken; null without any.</param>
/// <param name="P95Seconds">95 of 100 of those taken waited at most so long.</param>
/// <param name="WithinTarget">Share of all rounds taken within <see cref="TargetSeconds"/>.</param>
public sealed record WaitFigures(int Rounds, int Taken, int GaveUp, double? MeanSeconds, double? P95Seconds, double WithinTarget)
{
    /// <summary>The service-level time: 20 s, as in 80/20.</summary>
    public const int TargetSeconds = 20;

    /// <summary>As the journal has them.</summary>
    public static WaitFigures Journaled(IReadOnlyCollection<ModelledStint> rounds) =>
        Of(rounds.Count, rounds.Select(static round => round.Stint.Waited), rounds.Count(static round => round.Stint.GaveUpAt is not null));

    /// <summary>As they were modelled.</summary>
    public static WaitFigures Modelled(IReadOnlyCollection<ModelledStint> rounds) =>
        Of(rounds.Count, rounds.Select(static round => round.Waited), rounds.Count(static round => round.GaveUp));

    private static WaitFigures Of(int rounds, IEnumerable<TimeSpan?> waits, int gaveUp)
    {
        var taken = waits.Where(static wait => wait is not null).Select(static wait => wait!.Value.TotalSeconds).Order().ToArray();
        return new WaitFigures(
            rounds, taken.Length, gaveUp,
            taken.Length == 0 ? null : taken.Average(),
            taken.Length == 0 ? null : taken[(int)Math.Ceiling(0.95 * taken.Length) - 1],
            rounds == 0 ? 0 : (double)taken.Count(static seconds => seconds <= TargetSeconds) / rounds);
    }
}
