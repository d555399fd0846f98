using CampusCare.Domain;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>A token and its end.</summary>
public sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt);

/// <summary>For demos and tests: makes tokens as the sign-in service of staff and the apps of campuses would.</summary>
internal sealed class TokenIssuer(CampusKeys campuses, BuiltInIssuer staff, IOptions<IdentityOptions> options, TimeProvider time)
{
    internal static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token for this caller; null when no key fits (a campus without one).</summary>
    /// <param name="caller">Who the token will speak for.</param>
    /// <param name="lifetime">Until when from now; null for the configured time.</param>
    /// <param name="home">The address that the gateway was reached at, without a path.</param>
    public IssuedToken? Issue(Caller caller, TimeSpan? lifetime = null, string home = BuiltInIssuer.Home)
    {
        var now = time.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + (lifetime ?? options.Value.TokenLifetime)).ToUnixTimeSeconds());
        var token = caller.IsCustomer ? Customer(caller, now, expires) : staff.Sign(home, StaffClaimsOf(caller), now, expires);
        return token is null ? null : new IssuedToken(token, expires);
    }

    private string? Customer(Caller caller, DateTimeOffset now, DateTimeOffset expires)
    {
        if (campuses.Newest(caller.Campus) is not { } key) return null;
        var claims = new Dictionary<string, object>
        {
            [Claims.Subject] = caller.Id,
            [Claims.Campus] = caller.Campus,
            [Claims.Role] = caller.Role.ToString(),
            [Claims.Name] = caller.Name,
            [Claims.Kind] = caller.Kind.ToString(),
        };
        if (caller.Tier != CustomerTier.Standard) claims[Claims.Tier] = caller.Tier.ToString();
        if (caller.Phone is { } phone) claims[Claims.Phone] = phone;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            IssuedAt = now.UtcDateTime,
            Expires = expires.UtcDateTime,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    private Dictionary<string, object> StaffClaimsOf(Caller caller)
    {
        var names = options.Value.Staff;
        var roles = caller.OtherRoles.Insert(0, caller.Role).Select(NameOf).ToArray();
        return new()
        {
            [names.IdClaim] = caller.Id,
            [names.CampusClaim] = caller.Campus,
            [names.RoleClaim] = roles.Length == 1 ? roles[0] : roles,
            [names.NameClaim] = caller.Name,
        };
    }

    private string NameOf(Role role) =>
        options.Value.Staff.Roles.FirstOrDefault(entry => StaffClaims.StaffRole(entry.Value) == role).Key ?? role.ToString();
}
