using CampusCare.ClientKit;

namespace CampusCare.PeakHour;

/// <summary>A demo in a process of its own, on a free port of this machine.</summary>
public sealed class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private readonly ServerProcess _process;

    private DemoProcess(ServerProcess process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <inheritdoc cref="ServerProcess.Id"/>
    public int Id => _process.Id;

    /// <inheritdoc cref="ServerProcess.LastWords"/>
    public string LastWords => _process.LastWords;

    /// <summary>Starts one, in which every contact goes to a person, and waits until it is ready for contacts.</summary>
    /// <param name="program">The program behind ./campuscare.</param>
    /// <param name="data">The folder of its data.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; with its last words.</exception>
    public static async Task<DemoProcess> Start(string program, DirectoryInfo data, CancellationToken stop = default)
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var demo = new DemoProcess(ServerProcess.Start(program, ["demo", "--no-bot", "--urls", url.ToString(), "--data", data.FullName]), url);
        try
        {
            using var gateway = new GatewayClient(url);
            await demo._process.Until(() => gateway.IsReady(stop), StartTimeout, stop);
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc cref="ServerProcess.Stop"/>
    public Task<int> Stop() => _process.Stop();

    /// <inheritdoc cref="ServerProcess.Kill"/>
    public Task Kill() => _process.Kill();

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
