using System.Reflection;

namespace CampusCare.Embedded;

/// <summary>How the embedded engine behaves.</summary>
public sealed class EmbeddedGrainOptions
{
    /// <summary>The assemblies that grain classes are looked for in.</summary>
    public IList<Assembly> GrainAssemblies { get; } = [];

    /// <summary>How long a caller waits for an answer, unless the method says otherwise.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may be idle before it is collected, unless its class says otherwise.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many requests may wait in one activation or observer; one more is refused with LimitExceededException.</summary>
    public int MaxQueuedRequests { get; set; } = 10_000;

    /// <summary>How often a request may be handed on from an ending activation to the next.</summary>
    public int MaxForwards { get; set; } = 2;

    /// <summary>How long an activation may take to activate.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an activation may take to deactivate.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The shortest period of a reminder; above zero.</summary>
    public TimeSpan MinimumReminderPeriod { get; set; } = TimeSpan.FromMinutes(1);
}
