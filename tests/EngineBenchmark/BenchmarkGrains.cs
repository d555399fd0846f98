using System.Collections.Immutable;

namespace CampusCare.EngineBenchmark;

/// <summary>A message of the size that ours have: about half a kilobyte.</summary>
[GenerateSerializer]
[Immutable]
[Alias("benchmark.message")]
public sealed record Message(
    [property: Id(0)] string Id,
    [property: Id(1)] string Text,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] ImmutableArray<string> Tags);

[Alias("benchmark.ping")]
public interface IPingGrain : IGrainWithStringKey
{
    [Alias("Ping")]
    Task Ping();

    [Alias("Echo")]
    Task<Message> Echo(Message message);

    /// <summary>Calls another grain, as a ticket calls its queue.</summary>
    [Alias("Relay")]
    Task Relay(IPingGrain to);

    /// <summary>Waits a turn before it answers.</summary>
    [Alias("PingLater")]
    Task PingLater();
}

public sealed class PingGrain : Grain, IPingGrain
{
    public Task Ping() => Task.CompletedTask;

    public Task<Message> Echo(Message message) => Task.FromResult(message);

    public async Task Relay(IPingGrain to) => await to.Ping();

    public async Task PingLater() => await Task.Yield();
}
