namespace CampusCare.Embedded.Tests.Embedded;

/// <summary>Keeps to its times.</summary>
public interface IClockGrain : IGrainWithStringKey
{
    Task Touch();

    Task TickEvery(TimeSpan time, bool keepAlive);

    /// <summary>Ticks with a callback that takes longer than the period.</summary>
    Task TickSlowly(TimeSpan time, TimeSpan takes);

    Task Keep(TimeSpan time);

    [ResponseTimeout("00:00:05")]
    Task Hang();

    Task HangLonger();
}

public sealed class ClockGrain(Probe probe, TimeProvider time) : Grain, IClockGrain
{
    private string Name => this.GetPrimaryKeyString();

    private string Now => time.GetUtcNow().ToString("HH:mm:ss.f", System.Globalization.CultureInfo.InvariantCulture);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Tell($"{Name} ends at {Now}: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task Touch() => Task.CompletedTask;

    public Task TickEvery(TimeSpan period, bool keepAlive)
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(period, period) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task TickSlowly(TimeSpan period, TimeSpan takes)
    {
        this.RegisterGrainTimer(
            async token =>
            {
                await Tick();
                await Task.Delay(takes, time, token);
            },
            period,
            period);
        return Task.CompletedTask;
    }

    public Task Keep(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    public Task Hang() => Task.Delay(Timeout.InfiniteTimeSpan, time);

    public Task HangLonger() => Task.Delay(Timeout.InfiniteTimeSpan, time);

    private Task Tick()
    {
        probe.Tell($"{Name} ticks at {Now}");
        return Task.CompletedTask;
    }
}

/// <summary>Never gets ready.</summary>
public interface ISleepyGrain : IGrainWithStringKey
{
    Task Touch();
}

public sealed class SleepyGrain(TimeProvider time) : Grain, ISleepyGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);

    public Task Touch() => Task.CompletedTask;
}

/// <summary>Leaves the simulation.</summary>
public interface IEscapingGrain : IGrainWithStringKey
{
    /// <summary>Waits for another thread, which comes back when the gate is open.</summary>
    Task Escape(string gate);
}

public sealed class EscapingGrain(Probe probe) : Grain, IEscapingGrain
{
    public async Task Escape(string gate) => await Task.Run(() => probe.Gate(gate));
}
