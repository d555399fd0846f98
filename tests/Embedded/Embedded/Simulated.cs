using CampusCare.Embedded.Simulation;

namespace CampusCare.Embedded.Tests.Embedded;

/// <summary>Runs a test in virtual time.</summary>
internal static class Simulated
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(30);

    public static GrainSimulation Create(int seed, ClusterSettings settings, Action<SimulationOptions>? configure = null) => new(seed, options =>
    {
        options.Grains.GrainAssemblies.Add(typeof(Simulated).Assembly);
        options.Reminders = settings.Reminders;
        options.ConfigureServices = (services, _) => services.AddTestServices(settings);
        configure?.Invoke(options);
    });

    public static void Run(int seed, ClusterSettings settings, Func<GrainSimulation, Task> main, Action<SimulationOptions>? configure = null)
    {
        using var simulation = Create(seed, settings, configure);
        simulation.Run(() => main(simulation));
    }

    /// <summary>Lets time pass: in steps, because a delay reaches 49 days only.</summary>
    public static async Task Passes(this GrainSimulation simulation, TimeSpan time)
    {
        for (; time > LongestStep; time -= LongestStep)
            await Task.Delay(LongestStep, simulation.Time);
        await Task.Delay(time, simulation.Time);
    }
}
