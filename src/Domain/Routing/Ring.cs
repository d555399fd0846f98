using System.Collections.Immutable;

namespace CampusCare.Domain.Routing;

/// <summary>
/// One step by which a waiting ticket becomes less choosy. A ring replaces the one before it; it does not add to it.
/// </summary>
/// <param name="After">Waiting time at which the ring begins.</param>
/// <param name="LowerLevelsBy">How many levels less are enough; never below 1.</param>
/// <param name="Without">Skills that are no longer needed (say, membership in the pod of quick responders).</param>
/// <param name="Queues">Sibling queues whose agents are asked too.</param>
/// <param name="Region">Whether the other campuses of the region are asked too.</param>
public sealed record Ring(
    TimeSpan After, int LowerLevelsBy = 0, ImmutableArray<string> Without = default, ImmutableArray<string> Queues = default, bool Region = false)
{
    /// <summary>Most rings of a queue.</summary>
    public const int Maximum = 6;

    /// <summary>What is wrong with a queue's rings; null when nothing is.</summary>
    public static string? Fault(IReadOnlyList<Ring> rings)
    {
        if (rings.Count > Maximum) return $"A queue has at most {Maximum} rings, not {rings.Count}.";
        for (var i = 0; i < rings.Count; i++)
        {
            if (rings[i].After <= (i == 0 ? TimeSpan.Zero : rings[i - 1].After)) return $"Ring {i + 1} must begin later than the one before it.";
            if (rings[i].LowerLevelsBy is < 0 or > 4) return $"Ring {i + 1} lowers levels by 0 to 4.";
        }
        return null;
    }

    /// <summary>The ring of a waiting time: 0 before the first, else 1 for the first and so on.</summary>
    public static int At(IReadOnlyList<Ring> rings, TimeSpan waited)
    {
        var ring = 0;
        while (ring < rings.Count && waited >= rings[ring].After) ring++;
        return ring;
    }

    /// <summary>What a ticket demands in a ring.</summary>
    public static Demand Relax(Demand asked, IReadOnlyList<Ring> rings, int ring)
    {
        if (ring == 0) return asked;
        var relaxed = rings[ring - 1];
        return asked with
        {
            OnlyAgent = null,
            Hard = [.. asked.Hard
                .Where(need => relaxed.Without.IsDefault || !relaxed.Without.Contains(need.Skill))
                .Select(need => need with { Level = Math.Max(1, need.Level - relaxed.LowerLevelsBy) })],
        };
    }
}

/// <summary>What a ticket demands at one moment of its waiting, and after how much waiting that changes next.</summary>
public readonly record struct Stage(Demand Demand, int Ring, TimeSpan? NextChange)
{
    /// <summary>
    /// The stage after a waiting time. For its first <paramref name="patience"/> a ticket waits for
    /// <paramref name="lastAgent"/> alone (null: for nobody in particular); a ring ends that early.
    /// </summary>
    public static Stage At(Demand asked, string? lastAgent, TimeSpan patience, IReadOnlyList<Ring> rings, TimeSpan waited)
    {
        var ring = Routing.Ring.At(rings, waited);
        TimeSpan? next = ring < rings.Count ? rings[ring].After : null;
        if (lastAgent is null || waited >= patience || ring > 0) return new Stage(Routing.Ring.Relax(asked, rings, ring), ring, next);
        return new Stage(asked with { OnlyAgent = lastAgent }, 0, next is null || patience < next ? patience : next);
    }
}
