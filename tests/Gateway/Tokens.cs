using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Tests;

/// <summary>Tokens as somebody else would make them, honest or not.</summary>
internal static class Tokens
{
    private static readonly ECDsa Staff = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The built-in issuer's key in tests, so that they can sign what it wouldn't.</summary>
    public static string StaffKey { get; } = Convert.ToBase64String(Staff.ExportPkcs8PrivateKey());

    /// <summary>A customer's token, as a campus app signs it; or whatever else the app would like to claim.</summary>
    public static string Sign(string key, string campus, string role, string sub, bool withEnd = true, string? keyId = null, TimeSpan? lifetime = null) =>
        Sign(
            new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)) { KeyId = keyId }, SecurityAlgorithms.HmacSha256),
            new() { ["sub"] = sub, ["campus"] = campus, ["role"] = role, ["name"] = sub }, null, null, withEnd, lifetime);

    /// <summary>A token of staff, signed with the built-in issuer's key.</summary>
    public static string SignStaff(string campus, object role, string sub, bool withEnd = true, string issuer = "http://localhost/demo/openid", string audience = "campuscare", string without = "")
    {
        var claims = new Dictionary<string, object> { ["sub"] = sub, ["campus"] = campus, ["role"] = role, ["name"] = sub };
        claims.Remove(without);
        var key = new ECDsaSecurityKey(Staff);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint())[..16];
        return Sign(new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256), claims, issuer, audience, withEnd, null);
    }

    public static string Sign(SigningCredentials key, Dictionary<string, object> claims, string? issuer, string? audience, bool withEnd = true, TimeSpan? lifetime = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            Expires = withEnd ? DateTime.UtcNow + (lifetime ?? TimeSpan.FromHours(1)) : null,
            SigningCredentials = key,
        });

    public static string Unsigned(string campus, string role, string sub) =>
        new JsonWebTokenHandler().CreateToken($$"""{"sub":"{{sub}}","campus":"{{campus}}","role":"{{role}}","exp":{{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}}""");
}
