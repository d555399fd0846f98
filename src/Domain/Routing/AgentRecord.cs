using System.Collections.Immutable;
using CampusCare.Domain.Triage;

namespace CampusCare.Domain.Routing;

/// <summary>
/// How fast and how well an agent solved tickets of one category: exponentially weighted averages that begin as a
/// plain mean over the cases seen and a prior (Bayesian shrinkage), so that a newcomer counts as an average agent
/// until there is evidence.
/// </summary>
/// <param name="HandleSeconds">Mean time to solve.</param>
/// <param name="SolvedAtFirst">Share solved at the first contact, in [0, 1].</param>
/// <param name="Count">Cases seen.</param>
public sealed record AgentRecord(double HandleSeconds, double SolvedAtFirst, int Count)
{
    /// <summary>What is believed of somebody unknown, worth <see cref="PriorWeight"/> cases.</summary>
    public static readonly AgentRecord Prior = new(300, 0.7, 0);

    /// <summary>How many cases the prior is worth.</summary>
    public const int PriorWeight = 10;

    /// <summary>The least weight of a new case: older ones fade over about as many cases as its reciprocal.</summary>
    public const double MinimumWeight = 0.02;

    /// <summary>The record after one more case.</summary>
    public AgentRecord With(double handleSeconds, bool solvedAtFirst)
    {
        var weight = Math.Max(MinimumWeight, 1.0 / (PriorWeight + Count + 1));
        return new AgentRecord(
            HandleSeconds + weight * (handleSeconds - HandleSeconds),
            SolvedAtFirst + weight * ((solvedAtFirst ? 1 : 0) - SolvedAtFirst),
            Count + 1);
    }

    /// <summary>0 for an average agent, up to 1 for one much faster and better, down to −1.</summary>
    public double Merit =>
        0.5 * Math.Clamp((Prior.HandleSeconds - HandleSeconds) / Prior.HandleSeconds, -1, 1)
        + 0.5 * Math.Clamp((SolvedAtFirst - Prior.SolvedAtFirst) / (1 - Prior.SolvedAtFirst), -1, 1);

    /// <summary>An agent's record in a category.</summary>
    public static AgentRecord Of(ImmutableDictionary<Category, AgentRecord> records, Category category) =>
        records.GetValueOrDefault(category, Prior);
}
