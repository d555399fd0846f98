using System.Diagnostics;
using System.Runtime.InteropServices;
using CampusCare.ClientKit;

namespace CampusCare.PeakHour;

/// <summary>A demo in a process of its own, on a free port of this machine.</summary>
public sealed class DemoProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const int LinesKept = 40;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private DemoProcess(Process process, Uri url) => (_process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The last lines that it wrote.</summary>
    public string LastWords
    {
        get
        {
            lock (_lastLines) return string.Join(Environment.NewLine, _lastLines);
        }
    }

    /// <summary>Starts one and waits until it is ready for contacts.</summary>
    /// <param name="program">The program behind ./campuscare: a dll, run by the same dotnet as this process.</param>
    /// <param name="data">The folder of its data.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; with its last words.</exception>
    public static async Task<DemoProcess> Start(string program, DirectoryInfo data, CancellationToken stop = default)
    {
        var url = new Uri($"http://127.0.0.1:{Ports.Free()}");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, "demo", "--urls", url.ToString(), "--data", data.FullName])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var demo = new DemoProcess(Process.Start(start)!, url);
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

    /// <summary>Asks it to stop, as Ctrl-C does, and waits.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It went on; then it was killed.</exception>
    public async Task<int> Stop()
    {
        if (!_process.HasExited) _ = Signal(_process.Id, Sigterm);
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopTimeout);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            await Kill();
            throw;
        }
    }

    /// <summary>Ends it where it stands (SIGKILL).</summary>
    public Task Kill()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await Stop();
        _process.Dispose();
    }

    private async Task Ready(CancellationToken stop)
    {
        using var gateway = new GatewayClient(Url);
        var began = Stopwatch.GetTimestamp();
        while (!await gateway.IsReady(stop))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > StartTimeout)
                throw new InvalidOperationException($"the demo did not start:{Environment.NewLine}{LastWords}");
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

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int pid, int signal);
}
