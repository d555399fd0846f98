namespace CampusCare.Embedded.Tests.Grains;

/// <summary>Sets timers.</summary>
[Alias("tests.timer")]
public interface ITimerGrain : IGrainWithStringKey
{
    /// <summary>Tells "name" at each tick, for ever.</summary>
    [Alias("Tick")]
    Task Tick(string name);

    /// <summary>Tells "name" at each tick, while this call waits at the gate.</summary>
    [Alias("TickDuring")]
    Task TickDuring(string name, string gate, bool interleave);

    /// <summary>Throws at each tick after telling "name".</summary>
    [Alias("TickAndFail")]
    Task TickAndFail(string name);

    /// <summary>Tells "name" when a tick begins, which then waits at the gate.</summary>
    [Alias("TickSlowly")]
    Task TickSlowly(string name, string gate);

    /// <summary>Tells "name" at the first tick and moves the second a year away.</summary>
    [Alias("TickAndPostpone")]
    Task TickAndPostpone(string name);

    /// <summary>Disposes the timer at its third tick.</summary>
    [Alias("TickThrice")]
    Task TickThrice(string name);

    [Alias("Look")]
    Task Look();

    [Alias("Leave")]
    Task Leave();
}

public sealed class TimerGrain(Probe probe) : Grain, ITimerGrain
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Tell($"{this.GetPrimaryKeyString()} deactivates");
        return Task.CompletedTask;
    }

    public Task Tick(string name)
    {
        this.RegisterGrainTimer(
            static (state, _) =>
            {
                state.probe.Tell(state.name);
                return Task.CompletedTask;
            },
            (probe, name),
            Soon,
            Soon);
        return Task.CompletedTask;
    }

    public async Task TickDuring(string name, string gate, bool interleave)
    {
        using var timer = this.RegisterGrainTimer(
            _ =>
            {
                probe.Tell(name);
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(Soon, Soon) { Interleave = interleave });
        probe.Tell($"{name} set");
        await probe.Gate(gate);
    }

    public Task TickAndFail(string name)
    {
        this.RegisterGrainTimer(
            () =>
            {
                probe.Tell(name);
                throw new FormatException("a failing tick");
            },
            Soon,
            Soon);
        return Task.CompletedTask;
    }

    public Task TickSlowly(string name, string gate)
    {
        this.RegisterGrainTimer(
            async _ =>
            {
                probe.Tell(name);
                await probe.Gate(gate);
            },
            new GrainTimerCreationOptions(Soon, Soon) { Interleave = true });
        return Task.CompletedTask;
    }

    public Task TickAndPostpone(string name)
    {
        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(
            () =>
            {
                probe.Tell(name);
                timer!.Change(TimeSpan.FromDays(30), TimeSpan.FromDays(30));
                return Task.CompletedTask;
            },
            Soon,
            Soon);
        return Task.CompletedTask;
    }

    public Task TickThrice(string name)
    {
        var left = 3;
        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(
            () =>
            {
                probe.Tell(name);
                if (--left == 0)
                {
                    timer!.Dispose();
                    probe.Tell($"{name} disposed");
                }

                return Task.CompletedTask;
            },
            Soon,
            Soon);
        return Task.CompletedTask;
    }

    public Task Look() => Task.CompletedTask;

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
