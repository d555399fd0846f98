namespace CampusCare.Gateway;

/// <summary>The gateway's limits; section <c>Gateway</c> of the configuration.</summary>
public sealed class GatewayOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway";

    /// <summary>The largest request body, in bytes; more is answered 413.</summary>
    public int MaxRequestBytes { get; set; } = 64 * 1024;

    /// <summary>The largest message from a hub's client, in bytes; more closes the connection.</summary>
    public int MaxHubMessageBytes { get; set; } = 64 * 1024;

    /// <summary>How long a grain may take to answer before the caller hears 503.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many pushes may wait for a slow client. What comes then is not kept for it: once it has taken what waits, it is
    /// shown where everything stands.
    /// </summary>
    public int MaxPendingPushes { get; set; } = 64;

    /// <summary>How long a client may take nothing at all before its connection is closed; it resumes by seq.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a customer may ask.</summary>
    public RateLimitOptions RateLimit { get; set; } = new();

    /// <summary>The folder of the web pages; null for <c>wwwroot</c> beside the program.</summary>
    public string? WebRoot { get; set; }
}

/// <summary>Section <c>Gateway:RateLimit</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Contacts and messages of one customer in any minute, through this process; 0 for no limit.</summary>
    public int PerCustomerPerMinute { get; set; } = 60;
}
