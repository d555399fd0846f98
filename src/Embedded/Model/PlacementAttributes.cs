namespace Orleans.Placement;

/// <summary>Says on which silo a new activation belongs. In one process there is no choice, so it has no effect.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class PlacementAttribute : Attribute;

/// <summary>Any silo.</summary>
public sealed class RandomPlacementAttribute : PlacementAttribute;

/// <summary>The silo that the grain's key hashes to.</summary>
public sealed class HashBasedPlacementAttribute : PlacementAttribute;

/// <summary>The caller's silo.</summary>
public sealed class PreferLocalPlacementAttribute : PlacementAttribute;

/// <summary>The silo with the fewest activations of some that are asked.</summary>
public sealed class ActivationCountBasedPlacementAttribute : PlacementAttribute;

/// <summary>The silo with the most processor and memory to spare.</summary>
public sealed class ResourceOptimizedPlacementAttribute : PlacementAttribute;
