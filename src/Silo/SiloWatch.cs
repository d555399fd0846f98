using System.Collections.Concurrent;
using CampusCare.Contracts;
using CampusCare.Grains;
using CampusCare.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CampusCare.Silo;

/// <summary>Tells that silos came or went.</summary>
internal interface IMembershipNews
{
    /// <summary>Something at once, and again at each change: whether a silo died.</summary>
    IAsyncEnumerable<bool> Changes(CancellationToken stop);
}

/// <summary>
/// What a silo that dies leaves undone. Gateways are told that grains forgot them; lines that have somebody waiting, or a
/// clock running, are woken, also when a silo starts: one that ended with its silo would sleep until somebody calls it, and
/// so would whoever waits in it.
/// </summary>
internal sealed partial class SiloWatch(IMembershipNews news, KnownGateways gateways, ITicketReadModel tickets, IGrainFactory grains, TimeProvider time, ILogger<SiloWatch> log) : BackgroundService
{
    /// <summary>How often lines that don't answer yet are called, each time after a <see cref="Pause"/>.</summary>
    public const int MaximumRounds = 10;

    /// <summary>How long a line may take to answer, and the pause before it is called again.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const int MaximumAtOnce = 32;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var died in news.Changes(stoppingToken))
        {
            if (died) gateways.TellOfLoss();
            await WakeAll(stoppingToken);
        }
    }

    private async Task WakeAll(CancellationToken stop)
    {
        IReadOnlyCollection<QueueLoad>? asleep = null;
        for (var round = 0; round < MaximumRounds; round++)
        {
            if (round > 0) await Task.Delay(Pause, time, stop);
            try
            {
                asleep = await Wake(asleep ?? await tickets.BusyQueues(stop), stop);
                if (asleep.Count == 0) return;
            }
            catch (StorageUnavailableException error)
            {
                NotNow(error);
            }
        }
        if (asleep is { Count: > 0 }) StillAsleep(asleep.Count);
    }

    /// <summary>Those that did not answer: their silo may be dead and not yet declared dead.</summary>
    private async Task<IReadOnlyCollection<QueueLoad>> Wake(IReadOnlyCollection<QueueLoad> lines, CancellationToken stop)
    {
        var asleep = new ConcurrentBag<QueueLoad>();
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = MaximumAtOnce, CancellationToken = stop }, async (line, _) =>
        {
            try
            {
                await grains.Queue(line.Campus, line.Queue).PlacesOf([]).WaitAsync(Pause, time, stop);
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or StorageUnavailableException)
            {
                asleep.Add(line);
            }
            catch (InvalidOperationException error)
            {
                // Its campus no longer has it: another try would say the same, and the silo has others to look after.
                NoSuchLine(error, line.Campus, line.Queue);
            }
        });
        return asleep;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Tickets wait in line {Campus}/{Queue}, which can't be woken: give the campus a queue of that name again, or hand them on.")]
    private partial void NoSuchLine(Exception error, string campus, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Lines} lines with somebody in them did not answer; whoever calls them wakes them.")]
    private partial void StillAsleep(int lines);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which lines have somebody in them can't be found out now; it is tried again.")]
    private partial void NotNow(Exception error);
}
