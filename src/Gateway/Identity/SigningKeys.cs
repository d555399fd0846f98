using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>
/// The keys that tokens are signed with. Which key a token must fit follows from what it claims to be: a staff role
/// needs the staff key, a customer the key of the very campus that the token names. So no campus app can make staff,
/// nor customers of another campus.
/// </summary>
internal sealed class SigningKeys(IOptions<IdentityOptions> options)
{
    private readonly SymmetricSecurityKey? _staff = Key(options.Value.StaffKey);

    private readonly FrozenDictionary<string, SymmetricSecurityKey> _campuses =
        options.Value.CampusKeys.ToFrozenDictionary(key => key.Key, key => Key(key.Value)!, StringComparer.Ordinal);

    /// <summary>The key for a role and a campus; null when nobody may speak so.</summary>
    public SymmetricSecurityKey? For(Role role, string campus) =>
        role == Role.Customer ? _campuses.GetValueOrDefault(campus) : _staff;

    /// <summary>The key that a token must be signed with; null when it claims nothing that we could believe.</summary>
    public SymmetricSecurityKey? For(JsonWebToken token) =>
        Caller.RoleOf(token) is { } role && Caller.Text(token, Claims.Campus) is { } campus ? For(role, campus) : null;

    private static SymmetricSecurityKey? Key(string? secret) => secret is null ? null : new(Encoding.UTF8.GetBytes(secret));
}
