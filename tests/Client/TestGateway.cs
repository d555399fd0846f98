using CampusCare.PeakHour;

namespace CampusCare.Client.Tests;

/// <summary>The whole program in a process of its own, which can be killed and comes back with what it had stored.</summary>
public sealed class TestGateway : IAsyncDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("campuscare-client-");
    private DemoProcess _process = null!;
    private GatewayClient _client = null!;

    static TestGateway() => Environment.SetEnvironmentVariable("Gateway__RateLimit__PerCustomerPerMinute", "0");

    public Uri Url => _process.Url;

    /// <summary>The REST API, on a good network.</summary>
    public GatewayClient Rest => _client;

    public static async Task<TestGateway> Start()
    {
        var gateway = new TestGateway();
        await gateway.Run();
        return gateway;
    }

    /// <summary>SIGKILL, and a new process on the same data, elsewhere: where it is.</summary>
    public async Task<Uri> KillAndRestart()
    {
        await _process.Kill();
        await _process.DisposeAsync();
        _client.Dispose();
        await Run();
        return Url;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task Run()
    {
        _process = await DemoProcess.Start(Path.Combine(AppContext.BaseDirectory, "CampusCare.Cli.dll"), _data);
        _client = new GatewayClient(_process.Url);
    }
}
