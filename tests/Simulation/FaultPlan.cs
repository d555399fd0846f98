using CampusCare.Contracts;
using CampusCare.Embedded.Simulation;
using Orleans;

namespace CampusCare.Simulation;

/// <summary>What goes wrong, and when.</summary>
internal sealed class FaultPlan(CampusWorld world, TruthJournal journal, List<SimulatedAgent> agents)
{
    private static readonly TimeSpan PartitionTime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BadDiskTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AwayTime = TimeSpan.FromSeconds(15);

    /// <summary>How many faults struck.</summary>
    public int Count { get; private set; }

    /// <summary>One fault after the other, until nobody listens.</summary>
    public async Task Strike()
    {
        while (true)
        {
            await Task.Delay(world.Exponential(world.Options.FaultEvery), world.Time);
            Count++;
            world.Invariants.Disturbed();
            await Next();
            world.Invariants.Disturbed();
        }
    }

    /// <summary>The end of all trouble.</summary>
    public void Heal()
    {
        world.Simulation.Heal();
        journal.Failing = 0;
        world.Invariants.Disturbed();
    }

    private async Task Next()
    {
        var simulation = world.Simulation;
        switch (world.Random.Next(6))
        {
            case 0:
                simulation.Kill(AnySilo());
                simulation.StartSilo();
                break;
            case 1:
                simulation.CutOff(AnySilo());
                await Task.Delay(PartitionTime, world.Time);
                simulation.Heal();
                simulation.StartSilo();
                break;
            case 2:
                string[] queues = ["delivery", "food", "safety", "general"];
                simulation.LoseActivation(world.Grains.Queue(CampusWorld.Campus, queues[world.Random.Next(queues.Length)]));
                break;
            case 3:
                simulation.LoseActivation(world.Grains.Agent(CampusWorld.Campus, $"a{world.Random.Next(agents.Count)}"));
                break;
            case 4:
                journal.Failing = 0.3;
                await Task.Delay(BadDiskTime, world.Time);
                journal.Failing = 0;
                break;
            default:
                var agent = agents[world.Random.Next(agents.Count)];
                agent.Vanish();
                await Task.Delay(AwayTime, world.Time);
                agent.Arrive();
                break;
        }
    }

    private VirtualSilo AnySilo() => world.Simulation.Silos[world.Random.Next(world.Simulation.Silos.Count)];
}
