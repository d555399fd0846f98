using CampusCare.Domain;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>A token and its end.</summary>
public sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>The built-in issuer: signs tokens with the keys of the configuration, as a sign-in service and the campus apps would.</summary>
public sealed class TokenIssuer
{
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningKeys _keys;
    private readonly TimeProvider _time;
    private readonly TimeSpan _lifetime;

    /// <summary>An issuer with these keys.</summary>
    public TokenIssuer(IOptions<IdentityOptions> options, TimeProvider time)
    {
        _keys = new SigningKeys(options);
        _time = time;
        _lifetime = options.Value.TokenLifetime;
    }

    /// <summary>A token for this caller; null when no key fits (a campus without one).</summary>
    /// <param name="caller">Who the token will speak for.</param>
    /// <param name="lifetime">Until when from now; null for the configured time.</param>
    public IssuedToken? Issue(Caller caller, TimeSpan? lifetime = null)
    {
        if (_keys.For(caller.Role, caller.Campus) is not { } key) return null;
        var now = _time.GetUtcNow();
        var expires = now + (lifetime ?? _lifetime);
        var claims = new Dictionary<string, object>
        {
            [Claims.Subject] = caller.Id,
            [Claims.Campus] = caller.Campus,
            [Claims.Role] = caller.Role.ToString(),
            [Claims.Name] = caller.Name,
        };
        if (caller.IsCustomer) claims[Claims.Kind] = caller.Kind.ToString();
        if (caller.Tier != CustomerTier.Standard) claims[Claims.Tier] = caller.Tier.ToString();
        if (caller.Phone is { } phone) claims[Claims.Phone] = phone;
        var token = Handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            IssuedAt = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
        return new IssuedToken(token, DateTimeOffset.FromUnixTimeSeconds(expires.ToUnixTimeSeconds()));
    }
}
