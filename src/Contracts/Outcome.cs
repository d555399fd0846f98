using CampusCare.Domain;

namespace CampusCare.Contracts;

/// <summary>What a command led to: a value, or a named refusal. Exactly one of the two is set.</summary>
[GenerateSerializer, Immutable, Alias("Outcome`1")]
public sealed record Outcome<T>([property: Id(0)] T? Value, [property: Id(1)] Refusal? Refusal) where T : class
{
    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(null, refusal);
}

/// <summary>A "no": what kind, what happened and what to do, and the request's field when one is to blame.</summary>
[GenerateSerializer, Immutable, Alias("Refusal")]
public sealed record Refusal([property: Id(0)] RefusalCode Code, [property: Id(1)] string Detail, [property: Id(2)] string? Field = null);
