using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Voice;

/// <summary>How browsers reach each other; section <c>Voice</c> of the configuration.</summary>
public sealed class VoiceOptions
{
    public const string Section = "Voice";

    /// <summary>Servers that tell a browser its own address (STUN) or pass sound on (TURN); none: calls connect within one network.</summary>
    public IceServerOptions[] IceServers { get; set; } = [];

    /// <summary>The secret that the TURN servers share: as it is, or <c>env:NAME</c> for a variable.</summary>
    public string? TurnSecret { get; set; }

    /// <summary>How long credentials for TURN servers are good.</summary>
    public TimeSpan CredentialLifetime { get; set; } = TimeSpan.FromHours(2);
}

/// <summary>One server of the section <c>Voice:IceServers</c>.</summary>
public sealed class IceServerOptions
{
    /// <summary>The addresses that say something: a deployment may leave one empty.</summary>
    internal IEnumerable<string> Known => Urls.Where(static url => url.Length > 0);

    /// <summary>Its addresses: <c>stun:host:port</c>, <c>turn:host:port?transport=udp</c>, <c>turns:host:port</c>.</summary>
    public string[] Urls { get; set; } = [];
}

/// <summary>Refuses at the start what would only fail in somebody's call.</summary>
internal sealed class VoiceRules : IValidateOptions<VoiceOptions>
{
    /// <summary>Browsers slow down with more.</summary>
    public const int MaximumServers = 8;

    private static readonly string[] Schemes = ["stun:", "stuns:", "turn:", "turns:"];

    public ValidateOptionsResult Validate(string? name, VoiceOptions options)
    {
        if (options.IceServers.Length > MaximumServers) return ValidateOptionsResult.Fail($"Voice:IceServers has {options.IceServers.Length} servers; at most {MaximumServers}.");
        foreach (var url in options.IceServers.SelectMany(static server => server.Known))
        {
            if (!Schemes.Any(scheme => url.StartsWith(scheme, StringComparison.Ordinal))) return ValidateOptionsResult.Fail($"Voice:IceServers: '{url}' must begin with stun:, stuns:, turn: or turns:.");
            if (url.StartsWith("turn", StringComparison.Ordinal) && IceServers.SecretOf(options) is null)
                return ValidateOptionsResult.Fail($"Voice:IceServers: '{url}' needs Voice:TurnSecret, the static-auth-secret of the TURN server.");
        }
        return options.CredentialLifetime > TimeSpan.Zero && options.CredentialLifetime <= TimeSpan.FromDays(1)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Voice:CredentialLifetime must be more than 0 and at most a day.");
    }
}
