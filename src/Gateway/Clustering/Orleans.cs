using System.Net;
using CampusCare.Gateway.Live;
using CampusCare.Telemetry;
using Orleans.Configuration;

namespace CampusCare.Gateway.Clustering;

/// <summary>How a stand-alone gateway reaches the grains: as an Orleans client; the section <c>Cluster</c> is the silos' own.</summary>
internal static class Grains
{
    private const string PostgreSql = "Npgsql";

    /// <summary>Between attempts to find a silo: gateway, silos and database may start in any order.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How often the silos that take connections are looked up: a silo that stands still keeps its connections open, and what
    /// goes out over them is lost, until the others' word that it is dead is read.
    /// </summary>
    private static readonly TimeSpan LookUp = TimeSpan.FromSeconds(3);

    /// <summary>Why this build can't run as a process of its own; null when it can.</summary>
    public static string? WhyNot => null;

    /// <summary>Adds what reaches the grains.</summary>
    public static void AddGrainClient(this WebApplicationBuilder builder)
    {
        var cluster = builder.Configuration.GetSection("Cluster");
        builder.Host.UseOrleansClient(client =>
        {
            client.UseConnectionRetryFilter(WaitForSilo);
            if (Collector.IsSet(builder.Configuration)) client.AddActivityPropagation();
            client.AddGatewayCountChangedHandler(static services => (_, silos) =>
            {
                if (silos.NumberOfConnectedGateways < silos.PreviousNumberOfConnectedGateways) services.GetRequiredService<Renewals>().SiloLost();
            });
            client.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster["ClusterId"] ?? "campuscare";
                options.ServiceId = cluster["ServiceId"] ?? "campuscare";
            });
            client.Configure<Orleans.Configuration.GatewayOptions>(static options => options.GatewayListRefreshPeriod = LookUp);
            if (string.Equals(cluster["Mode"], "PostgreSql", StringComparison.OrdinalIgnoreCase))
                client.UseAdoNetClustering(options =>
                {
                    options.Invariant = PostgreSql;
                    options.ConnectionString = cluster["ConnectionString"] is { Length: > 0 } own ? own : builder.Configuration["Storage:ConnectionString"];
                });
            else
                client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, cluster.GetValue("GatewayPort", 30_000)));
        });
    }

    private static async Task<bool> WaitForSilo(Exception error, CancellationToken stop)
    {
        await Console.Error.WriteLineAsync($"No silo yet: {error.Message} Trying again.");
        await Task.Delay(TryAgain, stop);
        return true;
    }
}
