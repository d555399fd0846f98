using CampusCare.Grains;

namespace CampusCare.Simulation;

/// <summary>An endpoint that is often down.</summary>
internal sealed class SimulatedProductTeam(Random random) : IProductTeam
{
    private const double Up = 0.6;

    public bool IsThere => true;

    public Task<bool> Tell(ProductEscalation escalation) => Task.FromResult(random.NextDouble() < Up);
}
