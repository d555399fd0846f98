using CampusCare.Embedded.Runtime;
using Microsoft.Extensions.Hosting;

namespace CampusCare.Embedded;

/// <summary>The running engine, for those who look after it.</summary>
public sealed class EmbeddedGrainHost : IHostedService
{
    private readonly GrainEngine _engine;
    private readonly ReminderService _reminders;

    internal EmbeddedGrainHost(GrainEngine engine, ReminderService reminders)
    {
        _engine = engine;
        _reminders = reminders;
    }

    /// <summary>How many activations are in memory.</summary>
    public int ActivationCount => _engine.Network.Activations.Count();

    /// <summary>Ends the activations that have been idle for <paramref name="age"/>; the task ends when they have.</summary>
    public Task CollectIdleAsync(TimeSpan age)
    {
        var activations = _engine.Network.Activations.Where(activation => activation.DeactivateIfIdle(age)).ToList();
        return Task.WhenAll(activations.Select(activation => activation.Deactivated));
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _reminders.StartAsync(cancellationToken);
        EngineLog.Started(_engine.Log, _engine.Types.Count);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _reminders.StopAsync(cancellationToken);
        await _engine.StopAsync(cancellationToken);
    }
}
