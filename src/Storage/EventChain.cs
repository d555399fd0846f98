using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CampusCare.Storage;

/// <summary>Computes the hashes of a ticket's events; docs/storage.md gives the byte layout for third parties.</summary>
internal static class EventChain
{
    /// <summary>Bytes of the salt that keeps the hash of a short personal text from being guessed.</summary>
    public const int SaltSize = 16;

    private const byte LayoutVersion = 1;

    // What a header holds beside its three texts: version, previous hash, 3 lengths, seq, at, payload hash, personal flag and hash.
    private const int FixedSize = 1 + EventHash.Size + 3 * sizeof(int) + 2 * sizeof(long) + EventHash.Size + 1 + EventHash.Size;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Hash of a personal text: SHA-256(salt ‖ UTF-8 text).</summary>
    public static EventHash PersonalHash(ReadOnlySpan<byte> salt, string personal) => Digest(salt, personal);

    /// <summary>Hash of an event whose predecessor has the hash <paramref name="previous"/>.</summary>
    public static EventHash Hash(
        EventHash previous, string ticketId, long seq, string campus, long atMicros, string type, string payload, EventHash? personalHash)
    {
        var size = FixedSize + Utf8.GetMaxByteCount(ticketId.Length + campus.Length + type.Length);
        var rented = ArrayPool<byte>.Shared.Rent(size);
        var header = new HeaderWriter(rented);
        header.Write(LayoutVersion);
        header.Write(previous);
        header.Write(ticketId);
        header.Write(seq);
        header.Write(campus);
        header.Write(atMicros);
        header.Write(type);
        header.Write(Digest([], payload));
        header.Write(personalHash is null ? (byte)0 : (byte)1);
        if (personalHash is { } hash)
            header.Write(hash);
        Span<byte> digest = stackalloc byte[EventHash.Size];
        SHA256.HashData(header.Written, digest);
        ArrayPool<byte>.Shared.Return(rented);
        return new EventHash(digest);
    }

    private static EventHash Digest(ReadOnlySpan<byte> prefix, string text)
    {
        var rented = ArrayPool<byte>.Shared.Rent(prefix.Length + Utf8.GetMaxByteCount(text.Length));
        prefix.CopyTo(rented);
        var length = prefix.Length + Utf8.GetBytes(text, rented.AsSpan(prefix.Length));
        Span<byte> digest = stackalloc byte[EventHash.Size];
        SHA256.HashData(rented.AsSpan(0, length), digest);
        ArrayPool<byte>.Shared.Return(rented);
        return new EventHash(digest);
    }

    /// <summary>Fixed-size parts as they are (integers big-endian), texts as a 4-byte length and UTF-8: no two headers read alike.</summary>
    private ref struct HeaderWriter(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;
        private int _at;

        public readonly ReadOnlySpan<byte> Written => _buffer[.._at];

        public void Write(byte value) => _buffer[_at++] = value;

        public void Write(long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(_buffer[_at..], value);
            _at += sizeof(long);
        }

        public void Write(EventHash value)
        {
            value.CopyTo(_buffer[_at..]);
            _at += EventHash.Size;
        }

        public void Write(string value)
        {
            var length = Utf8.GetBytes(value, _buffer[(_at + sizeof(int))..]);
            BinaryPrimitives.WriteInt32BigEndian(_buffer[_at..], length);
            _at += sizeof(int) + length;
        }
    }
}
