using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace CampusCare.Gateway.Tests.Identity;

/// <summary>Somebody else's OpenID provider: documents and keys over HTTP, and tokens as it would make them.</summary>
internal sealed class TestProvider : IAsyncDisposable
{
    private static readonly RSA Stranger = RSA.Create(2048);

    private readonly WebApplication _app;
    private readonly List<RsaSecurityKey> _published = [];

    private TestProvider(WebApplication app) => _app = app;

    /// <summary>Its address, and the issuer of its tokens.</summary>
    public string Issuer { get; private set; } = null!;

    /// <summary>How often its keys were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>Whether it answers at all.</summary>
    public bool IsDown { get; set; }

    /// <summary>The key that signs now.</summary>
    public RsaSecurityKey Key { get; private set; } = null!;

    public static async Task<TestProvider> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var provider = new TestProvider(builder.Build());
        provider.Roll();
        provider._app.MapGet("/.well-known/openid-configuration", () => provider.IsDown
            ? Results.StatusCode(503)
            : Results.Json(new { issuer = provider.Issuer, jwks_uri = provider.Issuer + "/keys", authorization_endpoint = provider.Issuer + "/a", token_endpoint = provider.Issuer + "/t" }));
        provider._app.MapGet("/keys", () =>
        {
            provider.Asked++;
            return Results.Json(new { keys = provider._published.Select(key => new { kty = "RSA", use = "sig", kid = key.KeyId, n = Number(key.Rsa, rsa => rsa.Modulus), e = Number(key.Rsa, rsa => rsa.Exponent) }) });
        });
        await provider._app.StartAsync();
        provider.Issuer = provider._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return provider;
    }

    /// <summary>A new key signs from now on; the one before stays published beside it, unless <paramref name="alone"/>.</summary>
    public void Roll(bool alone = false)
    {
        if (alone) _published.Clear();
        Key = NewKey();
        _published.Add(Key);
    }

    /// <summary>A key that the provider never published, under an id of its own.</summary>
    public static RsaSecurityKey Strange() => new(Stranger) { KeyId = Guid.NewGuid().ToString("n") };

    private static RsaSecurityKey NewKey() => new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("n") };

    public string Token(Dictionary<string, object> claims, string audience = "care-api", string? issuer = null, RsaSecurityKey? key = null) =>
        Tokens.Sign(new SigningCredentials(key ?? Key, SecurityAlgorithms.RsaSha256), claims, issuer ?? Issuer, audience);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Number(RSA key, Func<RSAParameters, byte[]?> part) => Base64UrlEncoder.Encode(part(key.ExportParameters(includePrivateParameters: false)));
}
