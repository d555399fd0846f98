using System.Net;

namespace CampusCare.Telemetry;

/// <summary>The configuration section <c>Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Metrics";

    /// <summary>Where <c>/metrics</c> can be read, as <c>127.0.0.1:9464</c>: a port of its own, as figures are none of the customers' business. Nowhere unless set.</summary>
    public string? Listen { get; set; }

    /// <summary>The address; null for nowhere.</summary>
    /// <exception cref="ArgumentException">It isn't an IP address with a port.</exception>
    public IPEndPoint? Address => string.IsNullOrEmpty(Listen) ? null
        : IPEndPoint.TryParse(Listen, out var address) && address.Port > 0 ? address
        : throw new ArgumentException($"{Section}:{nameof(Listen)} is '{Listen}': it must be an IP address with a port, as 127.0.0.1:9464.");
}
