using System.Runtime.InteropServices;

namespace CampusCare.Gateway.Draining;

/// <summary>The process's life: SIGTERM or Ctrl-C drains it and then stops it; a second one stops it at once.</summary>
internal sealed class DrainingLifetime(Drain drain, IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly CancellationTokenSource _now = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private int _heard;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT }) _signals.Add(PosixSignalRegistration.Create(signal, Hear));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }

    private void Hear(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (Interlocked.Increment(ref _heard) == 1) _ = DrainAndStop();
        else _now.Cancel();
    }

    private async Task DrainAndStop()
    {
        try
        {
            await drain.Run(_now.Token);
        }
        finally
        {
            application.StopApplication();
        }
    }
}
