using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CampusCare.Channels.Webhook;

/// <summary>
/// Signs bodies, in and out: <c>v1=</c> and the HMAC-SHA-256, in hex, of the timestamp, a dot, and the body. With several
/// secrets there are several signatures, separated by commas, and any one that fits is enough: so secrets can be changed
/// without a minute in which nothing is believed.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Seconds since 1970 at which the body was signed.</summary>
    public const string TimestampHeader = "CampusCare-Timestamp";

    /// <summary>The signatures.</summary>
    public const string SignatureHeader = "CampusCare-Signature";

    /// <summary>How far the signer's clock may be from ours.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Signatures that are looked at; more are not read.</summary>
    public const int MaximumSignatures = 8;

    private const string Version = "v1=";

    /// <summary>The header's value.</summary>
    public static string Sign(ImmutableArray<byte[]> secrets, long timestamp, ReadOnlySpan<byte> body)
    {
        var signatures = new List<string>();
        foreach (var secret in secrets) signatures.Add(Version + Convert.ToHexStringLower(Hash(secret, timestamp, body)));
        return string.Join(',', signatures);
    }

    /// <summary>Null when one of the signatures fits and the time is near, else what is wrong.</summary>
    public static InboundFault? Fault(ImmutableArray<byte[]> secrets, string timestamp, string signatures, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var at)) return InboundFault.Unsigned;
        var fits = false;
        foreach (var secret in secrets)
        {
            var right = Hash(secret, at, body);
            foreach (var signature in signatures.Split(',', MaximumSignatures, StringSplitOptions.TrimEntries))
                fits |= Fits(signature, right);
        }
        if (!fits) return InboundFault.Unsigned;
        return Math.Abs((decimal)at - now.ToUnixTimeSeconds()) <= (decimal)Window.TotalSeconds ? null : InboundFault.Stale;
    }

    private static bool Fits(string signature, byte[] right)
    {
        if (!signature.StartsWith(Version, StringComparison.Ordinal) || signature.Length != Version.Length + 2 * right.Length) return false;
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.FromHexString(signature.AsSpan(Version.Length), given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, right);
    }

    private static byte[] Hash(byte[] secret, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}.")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
