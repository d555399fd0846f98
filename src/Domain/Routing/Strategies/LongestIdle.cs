namespace CampusCare.Domain.Routing.Strategies;

/// <summary>Who has got nothing new for the longest time: fair, and blind to everything else.</summary>
internal sealed class LongestIdle : IStrategy
{
    public static readonly LongestIdle Instance = new();

    // Equal scores go to the longest idle.
    public double Score(Demand demand, Candidate agent) => 0;
}
