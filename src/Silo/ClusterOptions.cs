using System.ComponentModel.DataAnnotations;

namespace CampusCare.Silo;

/// <summary>How silos find each other.</summary>
public enum ClusterMode
{
    /// <summary>One silo on this machine, gateways in the same process or on localhost.</summary>
    Localhost,

    /// <summary>Any number of silos; PostgreSQL keeps the membership.</summary>
    PostgreSql,
}

/// <summary>The configuration section <c>Cluster</c>; only the Orleans engine reads it.</summary>
public sealed class SiloClusterOptions
{
    public const string Section = "Cluster";

    public ClusterMode Mode { get; set; } = ClusterMode.Localhost;

    /// <summary>Names the deployment; silos with another one are strangers.</summary>
    [Required]
    public string ClusterId { get; set; } = "campuscare";

    /// <summary>Names the data: keep it over deployments.</summary>
    [Required]
    public string ServiceId { get; set; } = "campuscare";

    /// <summary>PostgreSQL for membership and reminders; empty: the journal's (<c>Storage:ConnectionString</c>).</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Silo to silo.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Gateways to silo.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>The address that others reach this silo at; empty: found by itself.</summary>
    public string? AdvertisedAddress { get; set; }
}
