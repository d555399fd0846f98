using System.Buffers.Binary;

namespace CampusCare.Storage;

/// <summary>A SHA-256 digest in a ticket's hash chain; prints as 64 lower-case hex digits.</summary>
public readonly record struct EventHash
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <param name="digest">Exactly 32 bytes.</param>
    public EventHash(ReadOnlySpan<byte> digest)
    {
        if (digest.Length != Size)
            throw new ArgumentException($"A hash has {Size} bytes, not {digest.Length}.", nameof(digest));
        _a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        _b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>What stands before the first event of every ticket: 32 zero bytes.</summary>
    public static EventHash None => default;

    /// <summary>Writes the 32 bytes to <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    /// <summary>The 32 bytes in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads the 64 hex digits that <see cref="ToString"/> writes.</summary>
    public static EventHash Parse(string hex) => new(Convert.FromHexString(hex));

    /// <inheritdoc/>
    public override string ToString() => Convert.ToHexStringLower(ToArray());
}
