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

    /// <summary>How often who may ask.</summary>
    public RateLimitOptions RateLimit { get; set; } = new();

    /// <summary>What is refused when there is more work than can be done.</summary>
    public OverloadOptions Overload { get; set; } = new();

    /// <summary>How the process goes.</summary>
    public DrainOptions Drain { get; set; } = new();

    /// <summary>The folder of the web pages; null for <c>wwwroot</c> beside the program.</summary>
    public string? WebRoot { get; set; }
}

/// <summary>Section <c>Gateway:RateLimit</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>Contacts and messages of one customer in any minute, through this process; 0 for no limit.</summary>
    public int PerCustomerPerMinute { get; set; } = 60;

    /// <summary>Signals of one person's calls in any minute, through this process; 0 for no limit.</summary>
    public int SignalsPerMinute { get; set; } = 600;

    /// <summary>Requests of one caller to the API in any minute, through this process; 0 for no limit.</summary>
    public int PerCallerPerMinute { get; set; } = 6_000;

    /// <summary>Requests of all callers of one campus to the API in any minute, through this process; 0 for no limit.</summary>
    public int PerCampusPerMinute { get; set; } = 600_000;

    /// <summary>Requests without a token to the API from one address (IPv6: one network) in any minute, through this process; 0 for no limit.</summary>
    public int PerAddressPerMinute { get; set; } = 6_000;
}

/// <summary>Section <c>Gateway:Overload</c>. What is in work: requests and hub calls of this process that were not answered yet.</summary>
public sealed class OverloadOptions
{
    /// <summary>With more in work, history, search and lists are refused, and wallboards are pushed every five seconds; 0 for never.</summary>
    public int OverviewsAbove { get; set; } = 256;

    /// <summary>With more in work, reading single tickets and places is refused too; 0 for never.</summary>
    public int LooksAbove { get; set; } = 512;
}

/// <summary>Section <c>Gateway:Drain</c>: what happens between SIGTERM and the end.</summary>
public sealed class DrainOptions
{
    /// <summary>How long the process only says that it is not ready, so that balancers notice; it serves on meanwhile.</summary>
    public TimeSpan Announced { get; set; } = TimeSpan.Zero;

    /// <summary>How many hub connections are closed in a second.</summary>
    public int ClosesPerSecond { get; set; } = 1_000;

    /// <summary>How long draining may take in all; what is left then is cut.</summary>
    public TimeSpan AtMost { get; set; } = TimeSpan.FromSeconds(15);
}
