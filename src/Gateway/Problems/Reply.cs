namespace CampusCare.Gateway.Problems;

/// <summary>What a use case led to: a value or a problem. Hubs return it as it is; REST turns it into a response.</summary>
public sealed record Reply<T>(T? Value, Problem? Problem) where T : class
{
    public static implicit operator Reply<T>(T value) => new(value, null);
    public static implicit operator Reply<T>(Problem problem) => new(null, problem);

    /// <summary>The same reply with another value; a problem stays as it is.</summary>
    public Reply<TOther> Map<TOther>(Func<T, TOther> map) where TOther : class =>
        Value is { } value ? map(value) : Problem!;
}

/// <summary>The value of a command that has nothing to tell.</summary>
public sealed record Done
{
    /// <summary>The only one.</summary>
    public static readonly Done Value = new();
}
