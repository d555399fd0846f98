using System.Net;
using CampusCare.ClientKit;
using CampusCare.PeakHour;
using Microsoft.Data.Sqlite;

namespace CampusCare.Cli.Tests;

/// <summary>A real process that is told to stop while people work in it.</summary>
public sealed class DrainTests : IDisposable
{
    private const int Writers = 8;
    private const int EnoughEach = 5;

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll");
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("campuscare-drain-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Every_command_is_answered_and_every_client_is_sent_elsewhere()
    {
        await using var demo = await DemoProcess.Start(Program, _data);
        using var gateway = new GatewayClient(demo.Url);
        var enough = Enumerable.Range(0, Writers).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var rest = Enumerable.Range(0, Writers).Select(i => WriteOverRest(gateway, demo.Url, $"rest-{i}", enough[i])).ToArray();
        await using var page = ClientKit.Hubs.Connection(demo.Url, ClientKit.Hubs.Customer, await Token(gateway, "page"));
        var toldToReconnect = new TaskCompletionSource();
        page.Reconnecting += _ =>
        {
            toldToReconnect.TrySetResult();
            return Task.CompletedTask;
        };
        await page.StartAsync();
        await Task.WhenAll(enough.Select(one => one.Task)).WaitAsync(Bound);

        var ended = demo.Stop();
        await toldToReconnect.Task.WaitAsync(Bound);
        (await ended.WaitAsync(Bound)).ShouldBe(0, demo.LastWords);
        // The network may cut a connection that nobody has taken yet; whatever was done was answered.
        TicketsOf("rest-").ShouldBe((await Task.WhenAll(rest)).Sum(), "taken in, and cut before its answer");
        demo.LastWords.ShouldNotContain("ObjectDisposedException");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_rush_goes_home_before_the_gateway_does(bool underWay)
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        await using var demo = ServerProcess.Start(Program, ["demo", "--rush", "--urls", url.ToString(), "--data", _data.FullName]);
        await demo.Until(() => Task.FromResult(demo.LastWords.Contains("Ctrl-C stops", StringComparison.Ordinal)), Bound * 3);
        if (underWay) await demo.Until(() => SomebodyWorks(url), Bound);
        (await demo.Stop()).ShouldBe(0, demo.LastWords);
        // What clients hear when their gateway is gone. An engine that stops may have words of its own.
        foreach (var fault in ClientFaults) demo.LastWords.ShouldNotContain(fault);
    }

    private static readonly string[] ClientFaults =
        ["Unhandled", "HubException", "HttpRequestException", "WebSocketException", "IOException", "ObjectDisposedException", "InvalidOperationException"];

    private static async Task<bool> SomebodyWorks(Uri url)
    {
        using var gateway = new GatewayClient(url);
        var supervisor = (await gateway.SignIn(new("north", "Supervisor", "boss", "主管"))).Yes.Value;
        var agents = (await gateway.Send<Colleague[]>(HttpMethod.Get, "api/v1/campuses/north/agents", supervisor, null, null, default)).Yes;
        return agents.Any(agent => agent.RoutingState == "working");
    }

    private sealed record Colleague(string AgentId, string RoutingState);

    /// <summary>Writes without a pause until nobody listens any more.</summary>
    /// <returns>How many contacts were answered as taken in.</returns>
    private static async Task<int> WriteOverRest(GatewayClient gateway, Uri url, string who, TaskCompletionSource enough)
    {
        var token = await Token(gateway, who);
        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        for (int i = 0, taken = 0; ; i++)
        {
            try
            {
                using var content = new StringContent("""{"text":"外卖一个小时了还没到"}""", System.Text.Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync("api/v1/campuses/north/tickets", content);
                answer.StatusCode.ShouldBeOneOf(HttpStatusCode.Created, HttpStatusCode.TooManyRequests);
                if (answer.StatusCode == HttpStatusCode.Created) taken++;
                if (i == EnoughEach) enough.SetResult();
            }
            catch (HttpRequestException)
            {
                return taken;
            }
        }
    }

    private int TicketsOf(string customers)
    {
        using var connection = new SqliteConnection($"Data Source={_data.GetFiles("*.db").Single().FullName};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from tickets where customer_id like $customers || '%'";
        command.Parameters.AddWithValue("$customers", customers);
        return Convert.ToInt32(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<string> Token(GatewayClient gateway, string who) => (await gateway.SignIn(new("north", "Customer", who, who, "Student"))).Yes.Value;
}
