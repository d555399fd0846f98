using System.Collections.Immutable;

namespace Orleans.Runtime;

/// <summary>Values that travel with calls, from caller to callee and on, and never back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<ImmutableDictionary<string, object>?> Current = new();

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Keys => Current.Value?.Keys ?? [];

    /// <summary>The values with their names.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Current.Value ?? [];

    internal static ImmutableDictionary<string, object>? Values
    {
        get => Current.Value;
        set => Current.Value = value;
    }

    /// <summary>The value of this name, or null.</summary>
    public static object? Get(string key) => Current.Value?.GetValueOrDefault(key);

    /// <summary>Sets a value for the calls from here on. The value should be immutable.</summary>
    public static void Set(string key, object value) =>
        Current.Value = (Current.Value ?? ImmutableDictionary<string, object>.Empty).SetItem(key, value);

    /// <summary>Removes a value; whether it was there.</summary>
    public static bool Remove(string key)
    {
        if (Current.Value is not { } values || !values.ContainsKey(key))
            return false;
        Current.Value = values.Remove(key) is { IsEmpty: false } rest ? rest : null;
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear() => Current.Value = null;
}
