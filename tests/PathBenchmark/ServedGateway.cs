using System.Security.Cryptography;
using CampusCare.Client;
using CampusCare.ClientKit;
using Npgsql;

namespace CampusCare.PathBenchmark;

/// <summary>CampusCare as operators run it (<c>serve</c>), in a process of its own, on PostgreSQL.</summary>
internal sealed class ServedGateway : IAsyncDisposable
{
    public const string Campus = "path";

    private const int Customers = 200;
    private const int SignInsAtOnce = 16;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private readonly PrivatePostgres _postgres;
    private readonly ServerProcess _server;
    private readonly NpgsqlDataSource _database;
    private readonly DirectoryInfo _folder;
    private readonly GatewayClient _gateway;
    private string[] _tokens = [];

    private ServedGateway(PrivatePostgres postgres, ServerProcess server, NpgsqlDataSource database, DirectoryInfo folder, Uri url)
    {
        (_postgres, _server, _database, _folder) = (postgres, server, database, folder);
        _gateway = new GatewayClient(url, SignInsAtOnce * 4);
    }

    public static async Task<ServedGateway> Start(string program, PrivatePostgres postgres, int chatsEach)
    {
        var folder = Directory.CreateTempSubdirectory("campuscare-path-");
        var campuses = Path.Combine(folder.FullName, "campuses.json");
        await BenchCampus.Write(campuses, [BenchCampus.Plan(Campus, PathRun.Agents, chatsEach), .. Seats.Campuses.Select(campus => BenchCampus.Plan(campus, Seats.Agents, Seats.ChatsEach))]);
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var connection = await postgres.Create("campuscare_served");
        var server = ServerProcess.Start(program, ["serve", "--urls", url.ToString()], Environment(campuses, connection));
        var gateway = new ServedGateway(postgres, server, NpgsqlDataSource.Create(connection), folder, url);
        await server.Until(() => gateway._gateway.IsReady(), PathRun.StartTimeout);
        await gateway.BringAgents(Campus, PathRun.Agents);
        gateway._tokens = await gateway.SignIn(Campus, Customers);
        return gateway;
    }

    public GatewayClient Client => _gateway;

    public NpgsqlDataSource Database => _database;

    /// <summary>Contacts, posted and assigned.</summary>
    public Task<Figure> Measure(PathSize size, int connections)
    {
        var run = $"{connections}-{Guid.NewGuid():n}"[..12];
        return HttpLoad.Measure(
            $"CampusCare over HTTP, journal on PostgreSQL, {connections} at once", _gateway.Gateway, size, connections,
            (http, i) => http.Post(
                $"/api/v1/campuses/{Campus}/tickets", $"Authorization: Bearer {_tokens[i % _tokens.Length]}\r\nIdempotency-Key: {run}-{i}\r\n",
                $$"""{"text":"{{Texts.Of(i)}}","channel":"web"}"""),
            _server.Id, _postgres, () => Settled(Campus, "state in ('waiting', 'offered')", 0));
    }

    /// <summary>Waits until so many tickets of a campus are in the asked state.</summary>
    public async Task Settled(string campus, string condition, long count)
    {
        var patience = Task.Delay(PathRun.SettleTimeout);
        await using var command = _database.CreateCommand($"select count(*) from tickets where campus = $1 and {condition}");
        command.Parameters.AddWithValue(campus);
        while ((long)(await command.ExecuteScalarAsync())! != count)
        {
            if (patience.IsCompleted) throw new InvalidOperationException($"{campus}: not all tickets were assigned in time. {_server.LastWords}");
            await Task.Delay(LookAgain);
        }
    }

    /// <summary>Customers' tokens.</summary>
    public async Task<string[]> SignIn(string campus, int count)
    {
        var tokens = new string[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = SignInsAtOnce }, async (i, stop) =>
            tokens[i] = (await _gateway.SignIn(new Person(campus, "Customer", $"customer-{i}", $"同学{i}", "Student"), stop)).Yes.Value);
        return tokens;
    }

    /// <summary>Agents sit down and close their windows: for the grace time after that they get tickets, and nobody pays for pushes to pages.</summary>
    public async Task BringAgents(string campus, int count) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = SignInsAtOnce }, async (i, stop) =>
        {
            var token = (await _gateway.SignIn(new Person(campus, "Agent", BenchCampus.AgentId(i), BenchCampus.AgentId(i)), stop)).Yes.Value;
            await using var agent = new AgentClient(_gateway.Gateway, token);
            await agent.Start(stop);
            _ = (await agent.SetStatus("available", null, stop)).Yes;
        });

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Dictionary<string, string> Environment(string campuses, string connection) => new(
        new[] { Campus }.Concat(Seats.Campuses).Select(static campus => KeyValuePair.Create($"Identity__CampusKeys__{campus}", Secret())))
    {
        ["DOTNET_ENVIRONMENT"] = "Benchmark",
        ["ASPNETCORE_ENVIRONMENT"] = "Benchmark",
        ["Campuses__File"] = campuses,
        ["Cluster__SiloPort"] = $"{Ports.Free()}",
        ["Cluster__GatewayPort"] = $"{Ports.Free()}",
        // So few customers write more than any real one may; they are counted all the same.
        ["Gateway__RateLimit__PerCustomerPerMinute"] = "1000000",
        ["Identity__DemoIssuer"] = "true",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Storage__ConnectionString"] = connection,
        ["Storage__Provider"] = "PostgreSql",
    };

    private static string Secret() => RandomNumberGenerator.GetHexString(64);
}
