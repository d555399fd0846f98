using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace CampusCare.Telemetry;

/// <summary>Shows a process's meters in the text format of Prometheus, and sends them, with traces, to a collector.</summary>
public static class TelemetryServices
{
    private const string OrleansMeter = "Microsoft.Orleans";

    /// <summary>Label sets of one instrument; what comes beyond is counted under <c>otel_metric_overflow</c>.</summary>
    public const int LabelSets = 2_000;

    /// <summary>All meters of ours, those of Orleans and of the runtime, and those of Kestrel.</summary>
    private static readonly string[] Meters = ["CampusCare.*", OrleansMeter, "System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting"];

    /// <summary>What is worth a look of Orleans' hundred instruments.</summary>
    private static readonly string[] OfOrleans =
    [
        "orleans-catalog-activations", "orleans-catalog-activation-created", "orleans-catalog-activation-failed-to-activate",
        "orleans-messaging-rejected", "orleans-messaging-expired", "orleans-messaging-pings-reply-missed",
        "orleans-gateway-connected-clients", "orleans-client-connected-gateways", "orleans-scheduler-long-running-turns",
        "orleans-storage-read-errors", "orleans-storage-write-errors", "orleans-reminders-active",
    ];

    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] LongSeconds = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800];

    /// <summary>
    /// Opens <c>/metrics</c> where <c>Metrics:Listen</c> says, and sends to the collector that <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
    /// names; each only when it is set. A process that has both silo and gateway does it once.
    /// </summary>
    public static IServiceCollection AddCampusCareTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var address = new MetricsOptions { Listen = configuration[$"{MetricsOptions.Section}:{nameof(MetricsOptions.Listen)}"] }.Address;
        var sends = Collector.IsSet(configuration);
        if ((address is null && !sends) || services.Any(static service => service.ServiceType == typeof(Once))) return services;
        services.AddSingleton<Once>();
        var telemetry = services.AddOpenTelemetry().WithMetrics(metrics =>
        {
            metrics.AddMeter(Meters).AddView(Shape);
            if (address is not null) metrics.AddPrometheusExporter();
        });
        if (sends) telemetry.SendToCollector(configuration);
        if (address is null) return services;
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<MetricsDoor>(provider, address));
        services.AddHostedService(static provider => provider.GetRequiredService<MetricsDoor>());
        return services;
    }

    private static MetricStreamConfiguration? Shape(Instrument instrument)
    {
        if (instrument.Meter.Name == OrleansMeter && !OfOrleans.Contains(instrument.Name)) return MetricStreamConfiguration.Drop;
        return instrument.Name switch
        {
            "campuscare.queue.wait" => new ExplicitBucketHistogramConfiguration { Boundaries = LongSeconds, CardinalityLimit = LabelSets },
            "campuscare.journal.commit.duration" => new ExplicitBucketHistogramConfiguration { Boundaries = Seconds, CardinalityLimit = LabelSets },
            "campuscare.journal.batch.size" => new ExplicitBucketHistogramConfiguration { Boundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512], CardinalityLimit = LabelSets },
            _ => new MetricStreamConfiguration { CardinalityLimit = LabelSets },
        };
    }

    private sealed class Once;
}
