using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Tests;

/// <summary>Tokens as somebody else would make them, honest or not.</summary>
internal static class Tokens
{
    public static string Sign(string key, string campus, string role, string sub, bool withEnd = true) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object> { ["sub"] = sub, ["campus"] = campus, ["role"] = role, ["name"] = sub },
            Expires = withEnd ? DateTime.UtcNow.AddHours(1) : null,
            SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)), SecurityAlgorithms.HmacSha256),
        });

    public static string Unsigned(string campus, string role, string sub) =>
        new JsonWebTokenHandler().CreateToken($$"""{"sub":"{{sub}}","campus":"{{campus}}","role":"{{role}}","exp":{{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}}""");
}
