using System.Collections.Immutable;
using System.Text.Json;
using CampusCare.Domain;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>Reads who a member of the staff is from a provider's token, by the names that the configuration gives.</summary>
internal sealed class StaffClaims(IOptions<IdentityOptions> options)
{
    /// <summary>The roles that a provider can give, from the one that may least to the one that may most.</summary>
    public static readonly ImmutableArray<Role> StaffRoles = [Role.Agent, Role.Expert, Role.QualityInspector, Role.Supervisor, Role.CampusAdmin, Role.PlatformAdmin];

    private readonly StaffOptions _staff = options.Value.Staff;

    /// <summary>A staff role by its name; null for any other word.</summary>
    public static Role? StaffRole(string? name) => Caller.TryEnum(name, out Role role) && StaffRoles.Contains(role) ? role : null;

    /// <summary>The caller of a token whose signature, issuer, audience and time were checked; what is missing, in words, otherwise.</summary>
    public (Caller? Caller, string? Fault) Read(JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var claims = payload.RootElement;
        var roles = Texts(Find(claims, _staff.RoleClaim)).Select(OurRole).OfType<Role>().Distinct().OrderDescending().ToImmutableArray();
        if (roles.IsEmpty) return (null, $"The token's role is missing or unknown: the claim '{_staff.RoleClaim}' names none that CampusCare knows.");
        var campus = Texts(Find(claims, _staff.CampusClaim)).FirstOrDefault();
        var id = Texts(Find(claims, _staff.IdClaim)).FirstOrDefault();
        var name = Texts(Find(claims, _staff.NameClaim)).FirstOrDefault();
        var (caller, fault) = Caller.Of(campus, id, name, roles[0], CustomerRole.Student, null, CustomerTier.Standard);
        return (caller is null ? null : caller with { OtherRoles = roles.RemoveAt(0) }, fault);
    }

    private Role? OurRole(string theirs) =>
        _staff.Roles.Count == 0 ? StaffRole(theirs) : StaffRole(_staff.Roles.GetValueOrDefault(theirs));

    // A claim of this very name, dots and all, comes first; then dots lead into objects.
    private static JsonElement? Find(JsonElement claims, string name)
    {
        if (claims.TryGetProperty(name, out var found)) return found;
        foreach (var part in name.Split('.'))
            if (claims.ValueKind != JsonValueKind.Object || !claims.TryGetProperty(part, out claims)) return null;
        return claims;
    }

    private static IEnumerable<string> Texts(JsonElement? claim) => claim switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!),
        _ => [],
    };
}
