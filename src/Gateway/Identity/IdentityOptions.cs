namespace CampusCare.Gateway.Identity;

/// <summary>Who is believed; section <c>Identity</c> of the configuration.</summary>
public sealed class IdentityOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Identity";

    /// <summary>The shortest key of a campus app, in bytes of UTF-8.</summary>
    public const int MinimumKeyBytes = 32;

    /// <summary>Where staff sign in.</summary>
    public StaffOptions Staff { get; set; } = new();

    /// <summary>By campus: the one secret that its app signs its customers' tokens with, where keys need no id and never change.</summary>
    public Dictionary<string, string> CampusKeys { get; set; } = new(StringComparer.Ordinal);

    /// <summary>By campus and key id: the secrets that its app signs its customers' tokens with. Several hold side by side while they are changed.</summary>
    public Dictionary<string, Dictionary<string, CampusKeyOptions>> CustomerKeys { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Whether the built-in issuer gives a token to anybody, in place of a sign-in service. Refused in Production.</summary>
    public bool DemoIssuer { get; set; }

    /// <summary>The built-in issuer's private key: P-256, PKCS #8, Base64. Made anew at each start unless given.</summary>
    public string? DemoKey { get; set; }

    /// <summary>How long the built-in issuer's tokens last.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(12);
}

/// <summary>An OpenID provider, and how its tokens say who somebody is.</summary>
public sealed class StaffOptions
{
    /// <summary>The provider's address; <c>/.well-known/openid-configuration</c> beneath it describes the rest.</summary>
    public string? Authority { get; set; }

    /// <summary>For whom the provider makes access tokens that we take: their <c>aud</c>.</summary>
    public string Audience { get; set; } = "campuscare";

    /// <summary>The public client (code flow with PKCE) that the staff's pages are at the provider.</summary>
    public string ClientId { get; set; } = "campuscare-pages";

    /// <summary>What the pages ask the provider for.</summary>
    public string Scope { get; set; } = "openid profile";

    /// <summary>The claim that holds the roles, one or a list; dots lead into objects (<c>realm_access.roles</c>).</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>The claim that holds the campus.</summary>
    public string CampusClaim { get; set; } = "campus";

    /// <summary>The claim that holds the agent's id.</summary>
    public string IdClaim { get; set; } = "sub";

    /// <summary>The claim that holds the name that customers see.</summary>
    public string NameClaim { get; set; } = "name";

    /// <summary>By the provider's name of a role: ours. Empty: the provider uses our names. A name that isn't listed gives nothing.</summary>
    public Dictionary<string, string> Roles { get; set; } = new(StringComparer.Ordinal);
}

/// <summary>A key of a campus app. The secret is given here, by the environment, or by the file that is named.</summary>
public sealed class CampusKeyOptions
{
    /// <summary>The secret itself (HMAC-SHA256).</summary>
    public string? Secret { get; set; }

    /// <summary>A file that holds the secret; white space around it doesn't count.</summary>
    public string? File { get; set; }

    /// <summary>From when on tokens signed with it are believed; always, unless said.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>From when on they no longer are; never, unless said.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>The secret; null when neither is given, or the file can't be read.</summary>
    internal string? Read()
    {
        if (File is null) return Secret;
        try
        {
            return System.IO.File.ReadAllText(File).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
