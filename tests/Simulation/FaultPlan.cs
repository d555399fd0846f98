using CampusCare.Contracts;
using CampusCare.Embedded.Simulation;

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
            await Next();
            world.Invariants.Disturbed("…mended");
        }
    }

    /// <summary>The end of all trouble.</summary>
    public void Heal()
    {
        world.Simulation.Heal();
        journal.Failing = 0;
        foreach (var agent in agents.Where(static agent => agent.IsAway)) agent.Arrive();
        world.Invariants.Disturbed("the end of all trouble");
    }

    private async Task Next()
    {
        var simulation = world.Simulation;
        void Tell(string what) => world.Invariants.Disturbed(what);
        switch (world.Random.Next(8))
        {
            case 0:
                var dead = AnySilo();
                Tell($"{dead.Name} killed");
                simulation.Kill(dead);
                simulation.StartSilo();
                break;
            case 1:
                var alone = AnySilo();
                Tell($"{alone.Name} cut off");
                simulation.CutOff(alone);
                await Task.Delay(PartitionTime, world.Time);
                simulation.Heal();
                simulation.StartSilo();
                break;
            case 2:
                var queue = CampusWorld.Queues[world.Random.Next(CampusWorld.Queues.Length)];
                Tell($"queue {queue} lost");
                simulation.LoseActivation(world.Grains.Queue(CampusWorld.Campus, queue));
                break;
            case 3:
                var forgetful = $"a{world.Random.Next(agents.Count)}";
                Tell($"agent {forgetful} lost");
                simulation.LoseActivation(world.Grains.Agent(CampusWorld.Campus, forgetful));
                break;
            case 4:
                Tell("appends fail");
                journal.Failing = 0.3;
                await Task.Delay(BadDiskTime, world.Time);
                journal.Failing = 0;
                break;
            case 5:
                Tell($"{world.LoseGateway()} lost");
                break;
            case 6:
                var gone = agents[world.Random.Next(agents.Count)];
                if (gone.IsAway) break;
                Tell("a person went home without a word");
                gone.Vanish();
                break;
            default:
                var agent = agents[world.Random.Next(agents.Count)];
                if (agent.IsAway) agent.Arrive();
                Tell("a person vanished");
                agent.Vanish();
                await Task.Delay(AwayTime, world.Time);
                agent.Arrive();
                break;
        }
    }

    private VirtualSilo AnySilo() => world.Simulation.Silos[world.Random.Next(world.Simulation.Silos.Count)];
}
