using System.Text;
using CampusCare.Gateway.UseCases;
using Microsoft.Extensions.Options;

namespace CampusCare.Gateway.Identity;

/// <summary>Who is believed; section <c>Identity</c> of the configuration.</summary>
public sealed class IdentityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Identity";

    /// <summary>The shortest key of either kind, in bytes of UTF-8.</summary>
    public const int MinimumKeyBytes = 32;

    /// <summary>The secret that staff tokens are signed with (HMAC-SHA256).</summary>
    public string? StaffKey { get; set; }

    /// <summary>By campus: the secret that its app signs its customers' tokens with (HMAC-SHA256).</summary>
    public Dictionary<string, string> CampusKeys { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Whether <c>POST /demo/tokens</c> gives a token to anybody. Refused in Production.</summary>
    public bool DemoIssuer { get; set; }

    /// <summary>How long the built-in issuer's tokens last.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(12);
}

/// <summary>Stops a start with keys that protect nothing.</summary>
internal sealed class IdentityRules(IHostEnvironment environment) : IValidateOptions<IdentityOptions>
{
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        var faults = new List<string>();
        if (!Strong(options.StaffKey)) faults.Add($"Identity:StaffKey must have at least {IdentityOptions.MinimumKeyBytes} bytes.");
        foreach (var (campus, key) in options.CampusKeys)
        {
            if (!Check.IsSlug(campus)) faults.Add($"Identity:CampusKeys:{campus}: a campus id has 1–32 of a–z, 0–9 and dash.");
            if (!Strong(key)) faults.Add($"Identity:CampusKeys:{campus} must have at least {IdentityOptions.MinimumKeyBytes} bytes.");
            if (key == options.StaffKey) faults.Add($"Identity:CampusKeys:{campus} must differ from Identity:StaffKey: its app could make staff tokens.");
        }
        if (options.DemoIssuer && environment.IsProduction()) faults.Add("Identity:DemoIssuer gives tokens to anybody; it can't be on in Production.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static bool Strong(string? key) => key is not null && Encoding.UTF8.GetByteCount(key) >= IdentityOptions.MinimumKeyBytes;
}
