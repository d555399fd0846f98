namespace CampusCare.Embedded.Tests.Grains;

/// <summary>Tells of its life.</summary>
[Alias("tests.life")]
public interface ILifeGrain : IGrainWithStringKey
{
    [Alias("Touch")]
    Task Touch();

    /// <summary>Asks to be deactivated, then waits at the gate.</summary>
    [Alias("Leave")]
    Task Leave(string gate);

    [Alias("DelayDeactivation")]
    Task DelayDeactivation(TimeSpan time);

    /// <summary>Which activation this is: the first is 1.</summary>
    [Alias("Generation")]
    Task<int> Generation();
}

public sealed class LifeGrain(Probe probe) : Grain, ILifeGrain
{
    private int _generation;

    private string Name => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Tell($"{Name} activates");
        _generation = probe.Times($"{Name} activates");
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        probe.Tell($"{Name} deactivates: {reason.ReasonCode}");
    }

    public Task Touch()
    {
        probe.Tell($"{Name} touched in {_generation}");
        return Task.CompletedTask;
    }

    public async Task Leave(string gate)
    {
        DeactivateOnIdle();
        probe.Tell($"{Name} leaves");
        await probe.Gate(gate);
    }

    public new Task DelayDeactivation(TimeSpan time)
    {
        base.DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task<int> Generation() => Task.FromResult(_generation);
}

/// <summary>Fails to activate, the first time.</summary>
[Alias("tests.stubborn")]
public interface IStubbornGrain : IGrainWithStringKey
{
    [Alias("Hello")]
    Task<string> Hello();
}

public sealed class StubbornGrain(Probe probe) : Grain, IStubbornGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Tell("stubborn tried");
        return probe.Times("stubborn tried") == 1
            ? throw new FormatException("not in the mood")
            : Task.CompletedTask;
    }

    public Task<string> Hello() => Task.FromResult("hello");
}

/// <summary>Fails, in several ways.</summary>
[Alias("tests.failing")]
public interface IFailingGrain : IGrainWithStringKey
{
    [Alias("FailAtOnce")]
    Task FailAtOnce();

    [Alias("FailLater")]
    Task<int> FailLater();

    [Alias("Hello")]
    Task<string> Hello();
}

public sealed class FailingGrain : Grain, IFailingGrain
{
    public Task FailAtOnce() => throw new FormatException("at once");

    public async Task<int> FailLater()
    {
        await Task.Yield();
        throw new FormatException("later");
    }

    public Task<string> Hello() => Task.FromResult("hello");
}
