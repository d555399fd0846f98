using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CampusCare.Telemetry;

/// <summary>Sends figures and traces by OTLP. All settings are the standard's own variables (<c>OTEL_…</c>); off without an endpoint.</summary>
public static class Collector
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string Sampler = "OTEL_TRACES_SAMPLER";

    /// <summary>One contact in twenty, unless said: what follows from it is traced whole, or not at all.</summary>
    private const double Share = 0.05;

    /// <summary>The hubs' calls, messages between grains, and statements of the database, which hold no values.</summary>
    private static readonly string[] Sources = ["Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Npgsql"];

    /// <summary>Whether there is a collector; without one nothing pays for traces.</summary>
    public static bool IsSet(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Endpoint]);

    internal static void SendToCollector(this OpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(configuration[ServiceName]))
            telemetry.ConfigureResource(static process => process.AddService(Assembly.GetEntryAssembly()?.GetName().Name ?? "CampusCare"));
        telemetry.WithTracing(traces =>
        {
            traces.AddAspNetCoreInstrumentation(static requests => requests.Filter = IsWorthATrace).AddSource(Sources);
            if (string.IsNullOrEmpty(configuration[Sampler])) traces.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(Share)));
        }).UseOtlpExporter();
    }

    // Asked every second by proxies.
    private static bool IsWorthATrace(HttpContext http) => !http.Request.Path.StartsWithSegments("/health");
}
