using System.Security.Cryptography;
using System.Text;
using CampusCare.Gateway.Identity;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Voice;

/// <summary>What a page needs to connect a call.</summary>
/// <param name="IceServers">As a browser's RTCPeerConnection takes them.</param>
/// <param name="ExpiresAt">When the credentials end; null when there are none.</param>
public sealed record VoiceSetup(IceServer[] IceServers, DateTimeOffset? ExpiresAt);

/// <summary>A server that helps browsers to reach each other.</summary>
/// <param name="Urls">Its addresses.</param>
/// <param name="Username">For TURN: when the credential ends, and for whom it is.</param>
/// <param name="Credential">For TURN.</param>
public sealed record IceServer(string[] Urls, string? Username = null, string? Credential = null);

/// <summary>
/// The configured servers, with a credential for one person and a short time where they pass sound on: an HMAC-SHA1 of
/// its end and the person, by the secret that the TURN server knows too (coturn's use-auth-secret). Nothing is kept.
/// </summary>
internal sealed class IceServers(IOptions<VoiceOptions> options, TimeProvider time)
{
    private const string Variable = "env:";

    /// <summary>For this caller.</summary>
    public VoiceSetup For(Caller caller)
    {
        var until = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + options.Value.CredentialLifetime).ToUnixTimeSeconds());
        var servers = options.Value.IceServers.Where(static server => server.Known.Any()).Select(server => Of(server, caller, until)).ToArray();
        return new VoiceSetup(servers, servers.Any(static server => server.Credential is not null) ? until : null);
    }

    /// <summary>The secret, if there is one.</summary>
    internal static string? SecretOf(VoiceOptions options)
    {
        var written = options.TurnSecret;
        var secret = written?.StartsWith(Variable, StringComparison.Ordinal) == true ? Environment.GetEnvironmentVariable(written[Variable.Length..]) : written;
        return string.IsNullOrEmpty(secret) ? null : secret;
    }

    private IceServer Of(IceServerOptions server, Caller caller, DateTimeOffset until)
    {
        string[] urls = [.. server.Known];
        if (!urls.Any(static url => url.StartsWith("turn", StringComparison.Ordinal))) return new IceServer(urls);
        // The server logs the name: a hash says who it was to us alone.
        var who = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Campus}/{caller.Role}/{caller.Id}"))[..8]);
        var username = $"{until.ToUnixTimeSeconds()}:{who}";
        return new IceServer(urls, username, CredentialOf(username, SecretOf(options.Value)!));
    }

    // SHA-1 is what TURN servers of this scheme compute; as a keyed hash it is sound.
#pragma warning disable CA5350
    internal static string CredentialOf(string username, string secret) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(username)));
#pragma warning restore CA5350
}
