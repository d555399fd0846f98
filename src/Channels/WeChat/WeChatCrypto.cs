using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CampusCare.Channels.WeChat;

/// <summary>
/// The signature and the encryption of WeChat's message push: SHA-1 over the sorted parts, and AES-256-CBC with the
/// first 16 bytes of the key as initial vector, over 16 random bytes, the length (big endian), the message and the app's
/// id, padded to blocks of 32 as PKCS#7 does.
/// </summary>
public sealed class WeChatCrypto
{
    private const int RandomBytes = 16, LengthBytes = 4, PaddingBlock = 32, VectorBytes = 16;

    /// <summary>The length of an EncodingAESKey: 32 bytes in base 64, without the sign at the end.</summary>
    public const int KeyLength = 43;

    private readonly string _token;
    private readonly string _appId;
    private readonly byte[]? _key;

    /// <summary>Of one account; without an EncodingAESKey it takes plain messages only.</summary>
    public WeChatCrypto(string token, string appId, string? encodingAesKey)
    {
        (_token, _appId) = (token, appId);
        if (encodingAesKey is not null) _key = Convert.FromBase64String(encodingAesKey + "=");
    }

    /// <summary>Whether messages come encrypted; then plain ones are not believed.</summary>
    public bool Encrypts => _key is not null;

    /// <summary>Whether this is 43 letters that make 32 bytes.</summary>
    public static bool IsKey(string key) =>
        key.Length == KeyLength && Convert.TryFromBase64String(key + "=", new byte[KeyLength], out var bytes) && bytes == 32;

    /// <summary>The signature of a request, in hex; <paramref name="encrypted"/> takes part when there is one.</summary>
    public string Sign(string timestamp, string nonce, string? encrypted = null)
    {
        string[] parts = encrypted is null ? [_token, timestamp, nonce] : [_token, timestamp, nonce, encrypted];
        Array.Sort(parts, StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(parts))));
    }

    /// <summary>Whether a signature fits; takes the same time whatever is wrong with it.</summary>
    public bool Fits(string signature, string timestamp, string nonce, string? encrypted = null) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(timestamp, nonce, encrypted)));

    /// <summary>The message; null when it is not for this app, or not encrypted with its key.</summary>
    public byte[]? Decrypt(string encrypted)
    {
        var bytes = new byte[encrypted.Length];
        if (_key is null || !Convert.TryFromBase64String(encrypted, bytes, out var length) || length == 0 || length % VectorBytes != 0) return null;
        using var aes = Aes.Create();
        aes.Key = _key;
        var plain = aes.DecryptCbc(bytes.AsSpan(0, length), _key.AsSpan(0, VectorBytes), PaddingMode.None);
        var padding = plain[^1];
        if (padding is 0 or > PaddingBlock || padding > plain.Length) return null;
        var content = plain.AsSpan(0, plain.Length - padding);
        if (content.Length < RandomBytes + LengthBytes) return null;
        var size = BinaryPrimitives.ReadUInt32BigEndian(content[RandomBytes..]);
        var rest = content[(RandomBytes + LengthBytes)..];
        if (size > rest.Length) return null;
        return rest[(int)size..].SequenceEqual(Encoding.UTF8.GetBytes(_appId)) ? rest[..(int)size].ToArray() : null;
    }

    /// <summary>An encrypted message, in base 64. <paramref name="random"/>: 16 bytes that nobody can guess.</summary>
    public string Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> random)
    {
        var app = Encoding.UTF8.GetBytes(_appId);
        var length = RandomBytes + LengthBytes + message.Length + app.Length;
        var padding = PaddingBlock - length % PaddingBlock;
        var plain = new byte[length + padding];
        random.CopyTo(plain);
        BinaryPrimitives.WriteUInt32BigEndian(plain.AsSpan(RandomBytes), (uint)message.Length);
        message.CopyTo(plain.AsSpan(RandomBytes + LengthBytes));
        app.CopyTo(plain.AsSpan(RandomBytes + LengthBytes + message.Length));
        plain.AsSpan(length).Fill((byte)padding);
        using var aes = Aes.Create();
        aes.Key = _key!;
        return Convert.ToBase64String(aes.EncryptCbc(plain, _key.AsSpan(0, VectorBytes), PaddingMode.None));
    }
}
