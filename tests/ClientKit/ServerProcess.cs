using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CampusCare.ClientKit;

/// <summary>One of our programs in a process of its own, as operators start, stop and lose it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private const int LinesKept = 60;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private ServerProcess(Process process) => _process = process;

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>The last lines that it wrote.</summary>
    public string LastWords
    {
        get
        {
            lock (_lastLines) return string.Join(Environment.NewLine, _lastLines);
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="program">Its dll, run by the same dotnet as this process.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public static ServerProcess Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var server = new ServerProcess(Process.Start(start)!);
        server._process.OutputDataReceived += (_, line) => server.Keep(line.Data);
        server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until something holds, while the process lives.</summary>
    /// <exception cref="InvalidOperationException">It ended, or took longer; with its last words.</exception>
    public async Task Until(Func<Task<bool>> holds, TimeSpan atMost, CancellationToken stop = default)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > atMost)
                throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[0]} did not start:{Environment.NewLine}{LastWords}");
            await Task.Delay(AskAgain, stop);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> Ended()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as Ctrl-C does, and waits.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="TimeoutException">It went on; then it was killed.</exception>
    public async Task<int> Stop()
    {
        if (!_process.HasExited) _ = Signal(_process.Id, Sigterm);
        try
        {
            return await Ended().WaitAsync(StopTimeout);
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
