using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>
/// The keys of campus apps. A customer's token must fit a key of the very campus that it names: so no campus app can
/// speak for customers of another campus, nor for staff, who have no such keys at all.
/// </summary>
internal sealed class CampusKeys(IOptions<IdentityOptions> options, TimeProvider time)
{
    private readonly FrozenDictionary<string, CampusKey[]> _campuses = All(options.Value)
        .GroupBy(static key => key.Campus, StringComparer.Ordinal)
        .ToFrozenDictionary(static keys => keys.Key, static keys => keys.ToArray(), StringComparer.Ordinal);

    /// <summary>The keys that a token may be signed with: the one that it names, or, when it names none, any of its campus that holds now.</summary>
    public IEnumerable<CampusKey> For(JsonWebToken token)
    {
        if (Caller.RoleOf(token) != Role.Customer || Caller.Text(token, Claims.Campus) is not { } campus) return [];
        var now = time.GetUtcNow();
        return _campuses.GetValueOrDefault(campus, []).Where(key => key.Holds(now) && (token.Kid is not { Length: > 0 } kid || key.Key.KeyId is null || key.Key.KeyId == kid));
    }

    /// <summary>The key to sign with: the one that began to hold last; null for a campus without one.</summary>
    public SymmetricSecurityKey? Newest(string campus)
    {
        var now = time.GetUtcNow();
        return _campuses.GetValueOrDefault(campus, []).Where(key => key.Holds(now)).MaxBy(static key => key.From)?.Key;
    }

    private static IEnumerable<CampusKey> All(IdentityOptions options)
    {
        foreach (var (campus, secret) in options.CampusKeys) yield return new(campus, Key(secret, null), DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        foreach (var (campus, keys) in options.CustomerKeys)
            foreach (var (id, key) in keys)
                yield return new(campus, Key(key.Read()!, id), key.NotBefore ?? DateTimeOffset.MinValue, key.Expires ?? DateTimeOffset.MaxValue);
    }

    private static SymmetricSecurityKey Key(string secret, string? id) => new(Encoding.UTF8.GetBytes(secret)) { KeyId = id };
}

/// <summary>A key of a campus app, from when on and until when it is believed.</summary>
internal sealed record CampusKey(string Campus, SymmetricSecurityKey Key, DateTimeOffset From, DateTimeOffset Until)
{
    public bool Holds(DateTimeOffset now) => From <= now && now < Until;
}
