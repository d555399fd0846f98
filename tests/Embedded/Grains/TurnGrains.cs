using Orleans.Concurrency;

namespace CampusCare.Embedded.Tests.Grains;

/// <summary>Waits at gates of the probe, in every way that requests can meet.</summary>
[Alias("tests.gated")]
public interface IGatedGrain : IGrainWithStringKey
{
    /// <summary>Tells "name begins", waits for the gate, tells "name ends".</summary>
    [Alias("Enter")]
    Task Enter(string name, string gate);

    [AlwaysInterleave]
    [Alias("EnterInterleaving")]
    Task EnterInterleaving(string name, string gate);

    [ReadOnly]
    [Alias("EnterReading")]
    Task EnterReading(string name, string gate);

    [OneWay]
    [Alias("EnterOneWay")]
    Task EnterOneWay(string name, string gate);

    /// <summary>Throws after the gate, with nobody listening.</summary>
    [OneWay]
    [Alias("FailOneWay")]
    Task FailOneWay(string name);

    [AlwaysInterleave]
    [Alias("Look")]
    Task Look();
}

/// <summary>Takes one request at a time.</summary>
public class GatedGrain(Probe probe) : Grain, IGatedGrain
{
    public async Task Enter(string name, string gate)
    {
        probe.Tell($"{name} begins");
        await probe.Gate(gate);
        probe.Tell($"{name} ends");
    }

    public Task EnterInterleaving(string name, string gate) => Enter(name, gate);

    public Task EnterReading(string name, string gate) => Enter(name, gate);

    public Task EnterOneWay(string name, string gate) => Enter(name, gate);

    public Task FailOneWay(string name)
    {
        probe.Tell($"{name} begins");
        throw new InvalidOperationException("Nobody hears this.");
    }

    public Task Look() => Task.CompletedTask;
}

[Alias("tests.gated.reentrant")]
public interface IReentrantGatedGrain : IGatedGrain;

/// <summary>Takes requests whenever they come.</summary>
[Reentrant]
public sealed class ReentrantGatedGrain(Probe probe) : GatedGrain(probe), IReentrantGatedGrain;

[Alias("tests.gated.worker")]
public interface IGatedWorkerGrain : IGatedGrain;

/// <summary>Takes requests in as many activations as it may have.</summary>
[StatelessWorker(4)]
public sealed class GatedWorkerGrain(Probe probe) : GatedGrain(probe), IGatedWorkerGrain;

/// <summary>Counts, and sees whether two turns ever overlap.</summary>
[Alias("tests.counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    /// <summary>Adds one across an await, as code does that relies on having its activation for itself.</summary>
    [Alias("Add")]
    Task Add();

    /// <summary>Adds many at once within one request, each across several awaits.</summary>
    [Alias("AddMany")]
    Task AddMany(int count);

    [Alias("Total")]
    ValueTask<int> Total();

    /// <summary>
    /// Stands still in a turn while another thread ends what a continuation of this grain waits for; whether the
    /// continuation ran meanwhile.
    /// </summary>
    [Alias("IsOverrun")]
    Task<bool> IsOverrun();

    /// <summary>How often a turn began while another was running.</summary>
    [Alias("Overlaps")]
    ValueTask<int> Overlaps();
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _total;
    private int _turns;
    private int _overlaps;

    public async Task Add()
    {
        var before = _total;
        Turn();
        await Task.Yield();
        Turn();
        _total = before + 1;
    }

    public async Task AddMany(int count)
    {
        await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            await Task.Yield();
            Turn();
            _total++;
            await Task.Yield();
            Turn();
        }));
    }

    public async Task<bool> IsOverrun()
    {
        var (source, ran) = (new TaskCompletionSource(), false);
        var continuation = source.Task.ContinueWith(
            _ => ran = true, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Current);
        var other = new Thread(source.SetResult);
        other.Start();
        other.Join();
        var overrun = ran;
        await continuation;
        return overrun;
    }

    public ValueTask<int> Total() => new(_total);

    public ValueTask<int> Overlaps() => new(_overlaps);

    private void Turn()
    {
        if (Interlocked.Increment(ref _turns) != 1)
            _overlaps++;
        Thread.SpinWait(50);
        Interlocked.Decrement(ref _turns);
    }
}

/// <summary>Calls another, who calls back.</summary>
[Alias("tests.cycle")]
public interface ICycleGrain : IGrainWithStringKey
{
    /// <summary>Calls <paramref name="other"/>, which calls this one, which is busy waiting.</summary>
    [ResponseTimeout("00:00:01")]
    [Alias("CallAround")]
    Task CallAround(ICycleGrain other);

    [ResponseTimeout("00:00:01")]
    [Alias("CallBack")]
    Task CallBack(ICycleGrain caller);

    [Alias("Hello")]
    Task<string> Hello();

    [AlwaysInterleave]
    [Alias("HelloInterleaving")]
    Task<string> HelloInterleaving();

    /// <summary>Calls <paramref name="other"/>, which calls the interleaving method of this one.</summary>
    [Alias("CallAroundInterleaving")]
    Task<string> CallAroundInterleaving(ICycleGrain other);

    [Alias("CallBackInterleaving")]
    Task<string> CallBackInterleaving(ICycleGrain caller);
}

public sealed class CycleGrain : Grain, ICycleGrain
{
    public Task CallAround(ICycleGrain other) => other.CallBack(this.AsReference<ICycleGrain>());

    public Task CallBack(ICycleGrain caller) => caller.Hello();

    public Task<string> Hello() => Task.FromResult($"hello from {this.GetPrimaryKeyString()}");

    public Task<string> HelloInterleaving() => Hello();

    // A grain may hand itself over where its interface is asked for.
    public Task<string> CallAroundInterleaving(ICycleGrain other) => other.CallBackInterleaving(this);

    public Task<string> CallBackInterleaving(ICycleGrain caller) => caller.HelloInterleaving();
}
