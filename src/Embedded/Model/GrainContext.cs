using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>An activation: one grain, alive in memory.</summary>
public interface IGrainContext
{
    /// <summary>A reference to the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>Who the grain is.</summary>
    GrainId GrainId { get; }

    /// <summary>The object, once it was constructed.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Ends when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation once its running requests have ended.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

/// <summary>What the engine offers to grains.</summary>
public interface IGrainRuntime
{
    /// <summary>Makes references to grains.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>Makes grain timers.</summary>
    ITimerRegistry TimerRegistry { get; }

    /// <summary>The services of the process.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <summary>The clock.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>See <see cref="Grain.DeactivateOnIdle"/>.</summary>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>See <see cref="Grain.DelayDeactivation"/>.</summary>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);
}

/// <summary>A reference to a grain or an observer: what callers hold instead of the object.</summary>
public abstract class GrainReference : IAddressable, IEquatable<GrainReference>
{
    /// <summary>Who it refers to.</summary>
    public abstract GrainId GrainId { get; }

    internal abstract object Cast(Type interfaceType);

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => $"GrainReference:{GrainId}";

    /// <summary>Same target.</summary>
    public static bool operator ==(GrainReference? left, GrainReference? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Other target.</summary>
    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);
}

internal static class RuntimeContext
{
    /// <summary>The activation whose turn is running on this thread, if any.</summary>
    public static IGrainContext? Current => TaskScheduler.Current as IGrainContext;
}
