namespace CampusCare.Domain.Routing.Strategies;

/// <summary>Who has the most room: shares of the capacity, so that a desk of two with one taken counts as half full.</summary>
internal sealed class LeastLoaded : IStrategy
{
    public static readonly LeastLoaded Instance = new();

    public double Score(Demand demand, Candidate agent) => -agent.Load;
}
