using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.SessionAffinity;

namespace CampusCare.Cli.Cluster;

/// <summary>The door in front of the gateways: one address, WebSockets too, to whoever is ready and has least to do.</summary>
internal static class ProxyProcess
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    private const string MissedProbes = "2";
    private const string Gateways = "gateways";

    /// <summary>Serves until SIGTERM; gateways that come and go are found in the cluster's folder.</summary>
    public static async Task<int> Run(ClusterFolder folder, CancellationToken stop)
    {
        var state = folder.Read();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null; // The gateways have limits of their own.
            kestrel.ListenLocalhost(state.Proxy.Port);
        });
        builder.Services.AddRouting();
        builder.Services.AddReverseProxy().LoadFromMemory([Route()], [Cluster(state)]);
        await using var proxy = builder.Build();
        proxy.MapReverseProxy();
        await proxy.StartAsync(stop);
        await Follow(folder, state, proxy.Services.GetRequiredService<InMemoryConfigProvider>(), proxy.Lifetime.ApplicationStopping);
        await proxy.WaitForShutdownAsync(CancellationToken.None);
        return 0;
    }

    private static async Task Follow(ClusterFolder folder, ClusterState known, InMemoryConfigProvider config, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookAgain);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (folder.Find() is not { } now || now.Of(MemberKind.Gateway).SequenceEqual(known.Of(MemberKind.Gateway))) continue;
                known = now;
                config.Update([Route()], [Cluster(now)]);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    // Gateways name themselves by the address that they were asked at.
    private static RouteConfig Route() => new()
    {
        RouteId = "all",
        ClusterId = Gateways,
        Match = new RouteMatch { Path = "{**all}" },
        Transforms = [new Dictionary<string, string> { ["RequestHeaderOriginalHost"] = "true" }],
    };

    // Browsers negotiate first: what they do next has to come to the same gateway.
    private static ClusterConfig Cluster(ClusterState state) => new()
    {
        ClusterId = Gateways,
        LoadBalancingPolicy = LoadBalancingPolicies.LeastRequests,
        SessionAffinity = new SessionAffinityConfig
        {
            Enabled = true,
            Policy = SessionAffinityConstants.Policies.HashCookie,
            FailurePolicy = SessionAffinityConstants.FailurePolicies.Redistribute,
            AffinityKeyName = "CampusCare-Gateway",
        },
        HealthCheck = new HealthCheckConfig
        {
            Active = new ActiveHealthCheckConfig { Enabled = true, Path = "/health/ready", Interval = ProbePeriod, Timeout = ProbeTimeout, Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures },
            Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate, ReactivationPeriod = TryAgain },
        },
        Metadata = new Dictionary<string, string> { [ConsecutiveFailuresHealthPolicyOptions.ThresholdMetadataName] = MissedProbes },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromMinutes(2) },
        Destinations = state.Of(MemberKind.Gateway).ToDictionary(static gateway => gateway.Name, static gateway => new DestinationConfig { Address = gateway.Url.ToString() }),
    };
}
