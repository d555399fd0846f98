using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Orleans.Runtime;

/// <summary>A key or name that is part of an identity.</summary>
[GenerateSerializer, Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    [Id(0)]
    private readonly string? _value;

    private IdSpan(string value) => _value = value;

    /// <summary>Whether it is empty.</summary>
    public bool IsDefault => string.IsNullOrEmpty(_value);

    /// <summary>Wraps the text.</summary>
    public static IdSpan Create(string id) => new(id);

    /// <summary>A hash that is the same on every machine and in every run.</summary>
    public uint GetUniformHashCode() => StableHash.Compute(Encoding.UTF8.GetBytes(ToString()));

    /// <inheritdoc/>
    public bool Equals(IdSpan other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value);

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc/>
    public override string ToString() => _value ?? "";

    /// <summary>Same text.</summary>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Other text.</summary>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}

/// <summary>The stored name of a grain class.</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>
{
    [Id(0)]
    private readonly IdSpan _value;

    /// <summary>Wraps the name.</summary>
    public GrainType(IdSpan id) => _value = id;

    /// <summary>The name.</summary>
    public IdSpan Value => _value;

    /// <summary>Whether it is empty.</summary>
    public bool IsDefault => _value.IsDefault;

    /// <summary>Wraps the name.</summary>
    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new(IdSpan.Create(value));
    }

    /// <inheritdoc cref="IdSpan.GetUniformHashCode"/>
    public uint GetUniformHashCode() => _value.GetUniformHashCode();

    /// <inheritdoc/>
    public bool Equals(GrainType other) => _value.Equals(other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(GrainType other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public override string ToString() => _value.ToString();

    /// <summary>Same name.</summary>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Other name.</summary>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}

/// <summary>Who a grain is: its class and its key, written "class/key".</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainId : IEquatable<GrainId>, IComparable<GrainId>
{
    [Id(0)]
    private readonly GrainType _type;

    [Id(1)]
    private readonly IdSpan _key;

    /// <summary>Joins class and key.</summary>
    public GrainId(GrainType type, IdSpan key)
    {
        _type = type;
        _key = key;
    }

    /// <summary>The class.</summary>
    public GrainType Type => _type;

    /// <summary>The key.</summary>
    public IdSpan Key => _key;

    /// <summary>Whether it names nobody.</summary>
    public bool IsDefault => _type.IsDefault && _key.IsDefault;

    /// <summary>Joins class and key.</summary>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    /// <summary>Joins class and key.</summary>
    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(type, IdSpan.Create(key));
    }

    /// <summary>Joins class and key.</summary>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads "class/key".</summary>
    /// <exception cref="ArgumentException">The text has no slash.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var id) ? id : throw new ArgumentException($"Unable to parse \"{value}\" as a grain id");

    /// <summary>Reads "class/key"; false when the text has no slash.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/') ?? -1;
        result = slash < 0
            ? default
            : new(new GrainType(IdSpan.Create(value![..slash])), IdSpan.Create(value[(slash + 1)..]));
        return slash >= 0;
    }

    /// <inheritdoc cref="IdSpan.GetUniformHashCode"/>
    public uint GetUniformHashCode() => unchecked((_type.GetUniformHashCode() * 31) + _key.GetUniformHashCode());

    /// <inheritdoc/>
    public bool Equals(GrainId other) => _key.Equals(other._key) && _type.Equals(other._type);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_type, _key);

    /// <inheritdoc/>
    public int CompareTo(GrainId other) => (_type, _key).CompareTo((other._type, other._key));

    /// <inheritdoc/>
    public override string ToString() => $"{_type}/{_key}";

    /// <summary>Same grain.</summary>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Other grain.</summary>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
