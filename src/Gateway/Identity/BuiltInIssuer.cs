using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Identity;

/// <summary>
/// An OpenID provider for demos and tests, in the gateway's own process: it believes anybody who says who they are.
/// Its tokens are checked as those of any other provider: by its documents, signature, issuer and audience.
/// </summary>
internal sealed class BuiltInIssuer(IOptions<IdentityOptions> options) : IDocumentRetriever
{
    /// <summary>Where it lives on the gateway; the issuer is this path on whatever address the gateway is reached at.</summary>
    public const string Path = "/demo/openid";

    /// <summary>What its addresses begin with when nobody asked over HTTP.</summary>
    public const string Home = "http://localhost";

    private readonly ECDsaSecurityKey _key = Key(options.Value.DemoKey);
    private readonly StaffOptions _staff = options.Value.Staff;

    /// <summary>Whether a text is a key that can be used.</summary>
    public static bool IsKey(string text)
    {
        try
        {
            return Key(text).KeySize == 256;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return false;
        }
    }

    /// <summary>Whether an issuer's name is ours, on whatever address.</summary>
    public static bool IsOurs(string issuer) => issuer.EndsWith(Path, StringComparison.Ordinal);

    /// <summary>Signs an access token.</summary>
    /// <param name="home">The address that the gateway was reached at, without a path.</param>
    /// <param name="claims">Who it speaks for, in the claims that the configuration names.</param>
    /// <param name="from">Issued at.</param>
    /// <param name="until">Expires at.</param>
    public string Sign(string home, IDictionary<string, object> claims, DateTimeOffset from, DateTimeOffset until) =>
        TokenIssuer.Handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = home + Path,
            Audience = _staff.Audience,
            Claims = claims,
            IssuedAt = from.UtcDateTime,
            Expires = until.UtcDateTime,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256),
        });

    /// <summary>What the provider says of itself.</summary>
    public OpenIdDocument Document(string home)
    {
        var issuer = home + Path;
        return new(issuer, $"{issuer}/authorize", $"{issuer}/token", $"{issuer}/jwks");
    }

    /// <summary>The public half of the key.</summary>
    public OpenIdKeys Keys()
    {
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(_key);
        return new([new(key.Kty, key.Crv, key.X, key.Y, key.KeyId)]);
    }

    /// <summary>The documents for the gateway itself, which needs no network to reach its own process.</summary>
    Task<string> IDocumentRetriever.GetDocumentAsync(string address, CancellationToken cancel) => Task.FromResult(
        address.EndsWith("/jwks", StringComparison.Ordinal)
            ? JsonSerializer.Serialize(Keys(), GatewayHost.Json.GetTypeInfo<OpenIdKeys>())
            : JsonSerializer.Serialize(Document(Home), GatewayHost.Json.GetTypeInfo<OpenIdDocument>()));

    private static ECDsaSecurityKey Key(string? text)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!string.IsNullOrEmpty(text)) key.ImportPkcs8PrivateKey(Convert.FromBase64String(text), out _);
        var made = new ECDsaSecurityKey(key);
        made.KeyId = Base64UrlEncoder.Encode(made.ComputeJwkThumbprint())[..16];
        return made;
    }
}
