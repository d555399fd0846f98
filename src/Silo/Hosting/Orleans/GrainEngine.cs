using System.Net;
using System.Text.Json;
using CampusCare.Grains;
using CampusCare.Storage;
using CampusCare.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace CampusCare.Silo.Hosting;

/// <summary>The engine of this build: Microsoft Orleans.</summary>
public static class GrainEngine
{
    /// <summary>Told at start.</summary>
    public const string Name = "Orleans";

    // A silo that is gone is declared dead after two missed probes, a second apart, by two others (one in a pair):
    // calls to its grains go on within five seconds. Longer garbage collections than that are seen as death, so
    // servers run with the concurrent collector.
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(1);
    private const int MissedProbes = 2;

    internal static void AddGrainEngine(this IHostApplicationBuilder builder)
    {
        var cluster = builder.Configuration.GetSection(SiloClusterOptions.Section).Get<SiloClusterOptions>() ?? new SiloClusterOptions();
        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        builder.UseOrleans(silo =>
        {
            if (Collector.IsSet(builder.Configuration)) silo.AddActivityPropagation();
            if (cluster.Mode == ClusterMode.PostgreSql) JoinCluster(silo, cluster, storage);
            else silo.UseLocalhostClustering(cluster.SiloPort, cluster.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId).UseInMemoryReminderService();
            silo.AddAdoNetGrainStorage(StateStores.Main, (OptionsBuilder<AdoNetGrainStorageOptions> store) => store.Configure<StorageDatabase>((options, database) =>
            {
                options.Invariant = database.Provider == StorageProvider.PostgreSql ? "Npgsql" : "System.Data.SQLite";
                options.DataSource = database.Writes;
                options.GrainStorageSerializer = new StateSerializer();
            }));
        });
    }

    private static void JoinCluster(ISiloBuilder silo, SiloClusterOptions cluster, StorageOptions storage)
    {
        var connection = string.IsNullOrEmpty(cluster.ConnectionString) ? storage.ConnectionString : cluster.ConnectionString;
        silo.Configure<ClusterOptions>(options =>
        {
            options.ClusterId = cluster.ClusterId;
            options.ServiceId = cluster.ServiceId;
        });
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
        if (string.IsNullOrEmpty(cluster.AdvertisedAddress)) silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort);
        else silo.ConfigureEndpoints(IPAddress.Parse(cluster.AdvertisedAddress), cluster.SiloPort, cluster.GatewayPort);
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = ProbePeriod;
            options.NumMissedProbesLimit = MissedProbes;
        });
    }
}

/// <summary>Stores states as the Embedded engine does: the same JSON, from the same source generation.</summary>
internal sealed class StateSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, StateJson.StoreOptions));

    public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input, StateJson.StoreOptions);
}
