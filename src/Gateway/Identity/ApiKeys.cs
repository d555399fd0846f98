using System.Security.Cryptography;
using System.Text;
using CampusCare.Gateway.UseCases;

namespace CampusCare.Gateway.Identity;

/// <summary>
/// What a key looks like: <c>cck_campus_id_secret</c>. The beginning says to people and scanners what it is, and to us
/// where to look; the secret has 256 bits, so that its SHA-256 is all that need be kept.
/// </summary>
internal static class ApiKeys
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "cck_";

    /// <summary>Length of a key's id.</summary>
    public const int IdLength = 10;

    private const int SecretLength = 52;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567"; // 5 bits each, no underscore

    /// <summary>Whether a bearer token is one of these.</summary>
    public static bool IsKey(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A new key of a campus.</summary>
    public static (string Id, string Key) Make(string campus)
    {
        var id = RandomNumberGenerator.GetString(Letters, IdLength);
        return (id, $"{Prefix}{campus}_{id}_{RandomNumberGenerator.GetString(Letters, SecretLength)}");
    }

    /// <summary>The campus and the id of a key; null for what can't be one.</summary>
    public static (string Campus, string Id)? Read(string key) =>
        key.Split('_') is ["cck", var campus, { Length: IdLength } id, { Length: SecretLength }] && Check.IsSlug(campus) ? (campus, id) : null;

    /// <summary>What is kept of a key.</summary>
    public static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
