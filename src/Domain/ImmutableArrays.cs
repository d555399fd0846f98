using System.Collections.Immutable;

namespace CampusCare.Domain;

/// <summary>An array that was never set counts as empty: stored JSON of an older version leaves new members out.</summary>
public static class ImmutableArrays
{
    /// <summary>The array, or an empty one.</summary>
    public static ImmutableArray<T> OrEmpty<T>(this ImmutableArray<T> array) => array.IsDefault ? [] : array;
}
