using CampusCare.Silo.Hosting;
using Npgsql;

namespace CampusCare.Cluster.Tests;

/// <summary>Silos and a gateway on a database of their own, configured as deploy/compose.yaml does.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly string _database = $"cluster_{Guid.NewGuid():n}";
    private readonly string _server;
    private readonly List<ServerProcess> _processes = [];

    private Deployment(string server) => _server = server;

    /// <summary>Where the gateway listens.</summary>
    public Uri Gateway { get; private set; } = null!;

    public List<ServerProcess> Silos { get; } = [];

    /// <summary>Why there can't be one here; null when there can.</summary>
    public static string? WhyNot =>
        GrainEngine.Name != "Orleans" ? "only the Orleans engine runs in more than one process"
        : Server is null ? "CAMPUSCARE_TEST_POSTGRES names no PostgreSQL server"
        : null;

    private static string? Server => Environment.GetEnvironmentVariable("CAMPUSCARE_TEST_POSTGRES");

    public static async Task<Deployment> Start(int silos)
    {
        var deployment = new Deployment(Server!);
        await deployment.Sql(deployment._server, $"create database {deployment._database}");
        // All at once: they may come up in any order.
        for (var i = 0; i < silos; i++) deployment.StartSilo();
        await deployment.StartGateway();
        await deployment.Silos[0].Until(async () => await deployment.Active() == silos, StartTimeout);
        return deployment;
    }

    public async ValueTask DisposeAsync()
    {
        _processes.Reverse();
        foreach (var process in _processes) await process.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await Sql(_server, $"drop database {_database} with (force)");
    }

    private void StartSilo()
    {
        var silo = Run("CampusCare.Silo.dll", new()
        {
            ["Cluster__SiloPort"] = $"{Ports.Free()}",
            ["Cluster__GatewayPort"] = $"{Ports.Free()}",
            ["Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["Campuses__File"] = Path.Combine(AppContext.BaseDirectory, "campuses.json"),
        });
        Silos.Add(silo);
    }

    private async Task StartGateway()
    {
        Gateway = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var process = Run("CampusCare.Gateway.dll", new()
        {
            ["ASPNETCORE_URLS"] = Gateway.ToString(),
            ["ASPNETCORE_ENVIRONMENT"] = "Test",
            ["Identity__CampusKeys__north"] = new string('n', 48),
            ["Identity__DemoIssuer"] = "true",
        });
        using var client = new GatewayClient(Gateway);
        await process.Until(() => client.IsReady(), StartTimeout);
    }

    private ServerProcess Run(string program, Dictionary<string, string> environment)
    {
        var connection = new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ConnectionString;
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Test",
            ["Logging__LogLevel__Default"] = "Warning",
            ["Storage__Provider"] = "PostgreSql",
            ["Storage__ConnectionString"] = connection,
            ["Storage__MaxConnections"] = "20",
            ["Cluster__Mode"] = "PostgreSql",
        }) environment[key] = value;
        var process = ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, program), [], environment);
        _processes.Add(process);
        return process;
    }

    /// <summary>How many silos the membership table calls active.</summary>
    private async Task<long> Active()
    {
        const int active = 3; // Orleans.Runtime.SiloStatus.Active
        var connection = new NpgsqlConnectionStringBuilder(_server) { Database = _database }.ConnectionString;
        return (long)(await Sql(connection, $"select count(*) from orleansmembership where status = {active}"))!;
    }

    private async Task<object?> Sql(string connection, string text)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(text);
        return await command.ExecuteScalarAsync();
    }
}
