using CampusCare.Embedded.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CampusCare.Embedded.Simulation;

/// <summary>
/// The embedded engine in virtual time: several silos and their clients on one thread, where one seed decides every
/// interleaving, delay and fault, and waiting takes no time. Code within it must wait for nothing else than grains, and
/// timers of <see cref="Time"/>; what escapes to another thread is reported, because it could not be replayed.
/// </summary>
public sealed class GrainSimulation : IDisposable
{
    private readonly SimulationOptions _options;
    private readonly VirtualTime _time;
    private readonly VirtualTurnScheduler _turns;
    private readonly VirtualDirectory _directory = new();
    private readonly VirtualNetwork _network;
    private readonly GrainEngine _engine;
    private readonly ReminderService _reminders;
    private readonly List<ServiceProvider> _services = [];
    private bool _started;

    /// <summary>Sets up the silos; nothing runs before <see cref="Run"/>, which must be called on the same thread.</summary>
    public GrainSimulation(int seed, Action<SimulationOptions> configure)
    {
        _options = new SimulationOptions();
        configure(_options);
        Random = new Random(seed);
        _time = new VirtualTime(_options.Start);
        _turns = new VirtualTurnScheduler(Random.Next());
        var none = new ServiceCollection().BuildServiceProvider();
        _services.Add(none);
        _engine = new GrainEngine(none, _options.Grains, _time, _turns, NullLogger<GrainEngine>.Instance);
        _reminders = new ReminderService(_engine, _options.Reminders);
        _network = new VirtualNetwork(_engine, _options, _directory, Random.Next());
        _engine.Network = _network;
        for (var i = 0; i < _options.Silos; i++)
            StartSilo();
    }

    /// <summary>Called after every turn, to check what must always hold.</summary>
    public Action? AfterTurn { get; set; }

    /// <summary>Chance for the simulated world: the same in every run with this seed.</summary>
    public Random Random { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => _time;

    /// <summary>The grains, seen by clients.</summary>
    public IGrainFactory Grains => _engine.Factory;

    /// <summary>The silos that are alive.</summary>
    public IReadOnlyList<VirtualSilo> Silos => [.. _directory.Silos.Select(silo => new VirtualSilo(silo))];

    /// <summary>How many turns were taken.</summary>
    public long Turns => _turns.Turns;

    /// <summary>A number that two runs share when they took the same turns in the same order.</summary>
    public ulong Digest => _turns.Digest;

    /// <summary>Runs the simulation until <paramref name="main"/>, a client, has ended; its exception comes out here.</summary>
    /// <exception cref="InvalidOperationException">It waits for something that never comes, or something escaped.</exception>
    public void Run(Func<Task> main)
    {
        var outside = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (!_started)
            {
                _started = true;
                RunUntil(new VirtualClient(_engine).Start(() => _reminders.StartAsync(CancellationToken.None)));
            }

            RunUntil(new VirtualClient(_engine).Start(main));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
        }
    }

    /// <summary>A client of its own, that can vanish.</summary>
    public VirtualClient StartClient() => new(_engine);

    /// <summary>Starts another silo.</summary>
    public VirtualSilo StartSilo()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_time).AddSingleton(_engine).AddSingleton(_reminders).AddGrainServices();
        services.AddSingleton<ILoggerFactory, NullLoggerFactory>().AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        _options.ConfigureServices(services, _services.Count - 1);
        var provider = services.BuildServiceProvider();
        var silo = new GrainSilo(_engine, provider, $"silo {_services.Count - 1}");
        _services.Add(provider);
        _directory.Add(silo);
        return new(silo);
    }

    /// <summary>Kills the silo: all in it is lost between two turns, and the others notice after a while.</summary>
    public void Kill(VirtualSilo silo)
    {
        Lose(silo.Silo);
        After(_options.DeathNoticedAfter, () => _directory.Forget(silo.Silo));
    }

    /// <summary>Loses the activations of this grain, wherever they are; the next call makes a new one.</summary>
    public void LoseActivation(IAddressable grain)
    {
        foreach (var activation in _network.Activations.Where(activation => activation.GrainId == grain.GetGrainId()).ToList())
        {
            activation.Silo.Forget(activation);
            _network.Break(activation.Lose());
        }
    }

    /// <summary>How many activations the grain has: more than one only in a partition.</summary>
    public int CountActivations(IAddressable grain) => _network.Activations.Count(activation => activation.GrainId == grain.GetGrainId());

    /// <summary>
    /// Cuts the silos off from the others and from all clients. After a while each side takes the other for dead, and
    /// grains of the other side get a second activation on this one.
    /// </summary>
    public void CutOff(params VirtualSilo[] silos)
    {
        _directory.CutOff(silos.Select(silo => silo.Silo));
        After(_options.DeathNoticedAfter, _directory.NoticeCutOff);
    }

    /// <summary>Joins both sides again. The silos that were cut off learn that they count as dead, and die.</summary>
    public void Heal()
    {
        foreach (var silo in _directory.Heal())
        {
            Lose(silo);
            _directory.Forget(silo);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reminders.Dispose();
        _engine.Dispose();
        foreach (var provider in _services)
            provider.Dispose();
    }

    private void Lose(GrainSilo silo)
    {
        if (!_directory.IsAlive(silo))
            return;
        _directory.Remove(silo);
        foreach (var activation in silo.Activations.ToList())
            _network.Break(activation.Lose());
    }

    private void RunUntil(Task end)
    {
        var turnsNow = 0;
        while (!end.IsCompleted)
        {
            if (_turns.TakeTurn())
            {
                AfterTurn?.Invoke();
                if (++turnsNow > _options.MaxTurnsPerInstant)
                    throw new InvalidOperationException($"{turnsNow} turns were taken, and no time has passed.");
            }
            else if (_time.Advance())
            {
                turnsNow = 0;
            }
            else
            {
                throw new InvalidOperationException("The simulation waits for something that never comes.");
            }
        }

        end.GetAwaiter().GetResult();
    }

    private void After(TimeSpan wait, Action action) =>
        _time.CreateTimer(static action => ((Action)action!)(), action, wait, Timeout.InfiniteTimeSpan);
}
