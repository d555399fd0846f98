using Microsoft.Extensions.DependencyInjection;

namespace CampusCare.Embedded.Simulation;

/// <summary>What is simulated, and how unkind the world is. All chances are per message, from 0 to 1.</summary>
public sealed class SimulationOptions
{
    /// <summary>How the engine behaves, and the assemblies of the grains.</summary>
    public EmbeddedGrainOptions Grains { get; } = new();

    /// <summary>Adds what grains find in their services; called once for each silo, with its number.</summary>
    public Action<IServiceCollection, int> ConfigureServices { get; set; } = static (_, _) => { };

    /// <summary>How many silos there are at the start.</summary>
    public int Silos { get; set; } = 1;

    /// <summary>When the simulation begins.</summary>
    public DateTimeOffset Start { get; set; } = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The reminders; what outlives a simulation is given to the next one.</summary>
    public IReminderTable Reminders { get; set; } = new MemoryReminderTable();

    /// <summary>The least time that a message takes from one machine to another.</summary>
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromMicroseconds(100);

    /// <summary>The most time that a message takes from one machine to another, when it isn't held up.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The chance that a message is held up on its way.</summary>
    public double HeldUp { get; set; }

    /// <summary>How long a message that is held up takes at most.</summary>
    public TimeSpan MaxHoldUp { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The chance that a call that nobody waits for is lost.</summary>
    public double HintLost { get; set; }

    /// <summary>The chance that a call that nobody waits for arrives twice.</summary>
    public double HintRepeated { get; set; }

    /// <summary>The chance that a call is lost; the caller times out.</summary>
    public double CallLost { get; set; }

    /// <summary>The chance that the answer to a call is lost; the caller times out, though the callee did it.</summary>
    public double AnswerLost { get; set; }

    /// <summary>How long the others take to notice that a silo has died; until then calls to its grains fail.</summary>
    public TimeSpan DeathNoticedAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many turns may be taken without time passing, before it counts as going round in circles.</summary>
    public int MaxTurnsPerInstant { get; set; } = 10_000_000;
}
