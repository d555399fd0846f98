namespace CampusCare.Domain.Routing.Strategies;

/// <summary>Each in turn: who was served by this queue the longest time ago.</summary>
internal sealed class RoundRobin : IStrategy
{
    public static readonly RoundRobin Instance = new();

    public double Score(Demand demand, Candidate agent) => -agent.LastTurn;
}
