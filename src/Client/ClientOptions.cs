namespace CampusCare.Client;

/// <summary>How a connection is carried.</summary>
public enum Transport
{
    /// <summary>One WebSocket, both ways.</summary>
    WebSockets,

    /// <summary>An event stream down, a request for each word up.</summary>
    ServerSentEvents,

    /// <summary>One request after the other that waits for news, a request for each word up.</summary>
    LongPolling,
}

/// <summary>Where the gateway is, who comes, and how patiently.</summary>
public sealed record ClientOptions
{
    /// <summary>The gateway's address, http or https.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>Gives the bearer token. Asked for before each (re)connection, so that one that is over can be replaced.</summary>
    public required Func<CancellationToken, ValueTask<string>> Token { get; init; }

    /// <summary>One transport; without it, at each (re)connection, the first that works: WebSocket, Server-Sent Events, long polling.</summary>
    public Transport? Transport { get; init; }

    /// <summary>Where what was written and not yet acknowledged survives the process; in memory when nothing is said.</summary>
    public IOutboxStore Outbox { get; init; } = new MemoryOutboxStore();

    /// <summary>Waits between tries to connect, and between tries to send; the last one repeats.</summary>
    public IReadOnlyList<TimeSpan> Backoff { get; init; } = [.. new[] { 0.5, 1, 2, 4, 8 }.Select(TimeSpan.FromSeconds)];

    /// <summary>Of a wait, this part at most is cut off by chance: a thousand clients that lost one gateway must not come back in one instant.</summary>
    public double Jitter { get; init; } = 0.4;

    /// <summary>
    /// After so long without a sign of life, or with a call unanswered, a connection counts as lost, and one that isn't there
    /// yet as failed. More than twice the server's 15 seconds.
    /// </summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>What time it is.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The chance in waits.</summary>
    public Random Chance { get; init; } = Random.Shared;

    /// <summary>Options with a token that stays the same.</summary>
    public static ClientOptions For(Uri gateway, string token) => new() { Gateway = gateway, Token = _ => ValueTask.FromResult(token) };

    internal TimeSpan Wait(int tries) => Backoff[Math.Min(tries, Backoff.Count - 1)] * (1 - Jitter * Chance.NextDouble());
}
