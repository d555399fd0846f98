using System.Diagnostics;
using System.Runtime.InteropServices;
using CampusCare.ClientKit;

namespace CampusCare.PeakHour;

/// <summary>A demo in a process of its own, on a free port, with data that is thrown away.</summary>
public sealed class OwnDemo : IAsyncDisposable
{
    private const int Sigterm = 15;

    private const int LinesKept = 40;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly DirectoryInfo _data;
    private readonly Queue<string> _lastLines = new();

    private OwnDemo(Process process, DirectoryInfo data, Uri url) => (_process, _data, Url) = (process, data, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Starts one and waits until it is ready for contacts.</summary>
    /// <param name="program">The program behind ./campuscare: a dll, run by the same dotnet as this process.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; with its last words.</exception>
    public static async Task<OwnDemo> Start(string program, CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("campuscare-peak-");
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet", [program, "demo", "--port", url.Port.ToString(), "--data", data.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var demo = new OwnDemo(Process.Start(start)!, data, url);
        demo._process.OutputDataReceived += (_, line) => demo.Keep(line.Data);
        demo._process.ErrorDataReceived += (_, line) => demo.Keep(line.Data);
        demo._process.BeginOutputReadLine();
        demo._process.BeginErrorReadLine();
        try
        {
            await demo.Ready(stop);
            return demo;
        }
        catch
        {
            await demo.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _ = Kill(_process.Id, Sigterm);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopTimeout);
        }
        catch (TimeoutException)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private async Task Ready(CancellationToken stop)
    {
        using var gateway = new GatewayClient(Url);
        var began = Stopwatch.GetTimestamp();
        while (!await gateway.IsReady(stop))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > StartTimeout)
                throw new InvalidOperationException($"the demo did not start:{Environment.NewLine}{LastWords()}");
            await Task.Delay(AskAgain, stop);
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept) _lastLines.Dequeue();
        }
    }

    private string LastWords()
    {
        lock (_lastLines) return string.Join(Environment.NewLine, _lastLines);
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
